"""What both trials look at."""

import array
import contextlib
import pathlib
import re
import wave

from bare import MADE, Bare
from checks import Skipped, holds

LIBRARIES = re.compile(r'^LIBRARY\("(.*)", "(.*)"\)$', re.MULTILINE)
ROOT = pathlib.Path(__file__).resolve().parents[2]
USER = "nobody:nogroup"


def made(pattern):
    """The one file of this name that `make` left."""
    found = sorted(MADE.glob(pattern))
    holds(len(found) == 1, f"{MADE}/{pattern} is {len(found)} files; make them: make deb tarball")
    return found[0]


def named_libraries():
    """File and package of each that the program opens late."""
    return LIBRARIES.findall((ROOT / "Sources" / "CLazyLibraries" / "functions.def").read_text())


def speaks(bare, program):
    """One who is not root has it say a word into a file."""
    bare.run(program, "say", "--force", "-o", "/tmp/x.wav", "hello", user=USER)
    with contextlib.closing(wave.open(str(bare.path("/tmp/x.wav")))) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        samples = array.array("h", sound.readframes(sound.getnframes()))
    bare.path("/tmp/x.wav").unlink()
    holds(0.3 < seconds < 3, f"a word takes {seconds} s")
    holds(max(map(abs, samples)) > 2000, "nothing is heard")


def tells_itself(bare, program):
    """Its lines for `--version`."""
    lines = bare.run(program, "--version", user=USER).splitlines()
    holds(re.fullmatch(r"kugel \d+\.\d+\.\d+", lines[0]), f"it calls itself {lines[0]}")
    holds(re.fullmatch(r"commit [0-9a-f]{12}( and changes)?", lines[1]), f"it tells {lines[1]}")
    names = {line.split()[0] for line in lines[2:]}
    holds(names >= {"espeak-ng", "alsa-lib", "libsndfile", "libsoxr", "libwebsockets"}, f"it tells {names}")
    return lines


def run(checks):
    try:
        with Bare() as bare:
            checks.run(bare)
    except Skipped as reason:
        print(f"skipped: {checks.title}: {reason}")
