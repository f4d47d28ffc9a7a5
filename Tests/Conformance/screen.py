"""What is on the screen while somebody speaks, read from terminals inside tmux.

Every screen that is seen has to be one of those in the snapshot, in its order; KUGEL_RECORD=1 writes the
snapshots anew.
"""

import os
import pathlib
import re
import shlex
import subprocess
import time

from checks import Checks, holds, same
from service import binary, clean_environment
from sound_server import DEVICE, SoundServer, missing
from steady import undisturbed

TMUX = "/usr/bin/tmux"
SNAPSHOTS = pathlib.Path(__file__).parent / "Screens"
PROMPT = "it is over"
# One terminal at a time is watched while snapshots are recorded, so that no screen is missed.
RECORDS = os.environ.get("KUGEL_RECORD") == "1"
check = Checks("screen")


class Terminals:
    """A tmux server of its own; each terminal runs one `kugel`. Use it in a `with`."""

    def __init__(self, server):
        self.server = server
        self.environment = clean_environment() | server.environment | {
            "XDG_STATE_HOME": str(server.folder / "state")}
        self.opened = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server")

    def tmux(self, *words):
        return subprocess.run(
            [TMUX, "-S", str(self.server.folder / "tmux"), "-f", "/dev/null", *words],
            env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=60).stdout

    def open(self, name, width, *words, term="", height=12, alone=RECORDS, text=""):
        """Runs `kugel` with these words and this text from a pipe; the screen goes on showing its end."""
        program = shlex.join([binary(), *words])
        pipe = f"printf %s {shlex.quote(text)} | " if text else ""
        shell = f"{pipe}{'TERM=' + term if term else ''} {program}; printf '{PROMPT}'; sleep 60"
        self.tmux("new-session", "-d", "-s", name, "-x", str(width), "-y", str(height), shell)
        self.opened[name] = []
        if alone:
            self.watch()

    def resize(self, name, width):
        self.tmux("resize-window", "-t", name, "-x", str(width))

    def watch(self, seconds=60, react=lambda name, screen: None):
        """Every different screen of each terminal in its order, until all have ended."""
        until = time.monotonic() + seconds
        waiting = {name for name, seen in self.opened.items() if not (seen and PROMPT in seen[-1])}
        while waiting and time.monotonic() < until:
            for name in sorted(waiting):
                screen = read(self.tmux("capture-pane", "-p", "-e", "-t", name))
                seen = self.opened[name]
                if not seen or seen[-1] != screen:
                    seen.append(screen)
                    react(name, screen)
                if PROMPT in screen:
                    waiting.remove(name)
            time.sleep(0.01)
        same(sorted(waiting), [], "terminals that did not end")
        return self.opened


def read(screen):
    """What tmux tells of a screen, as text: « » around what is in reverse, ‹ › around what is dim."""
    text, style = "", ""
    for part in re.split(r"(\x1b\[[0-9;]*m)", screen):
        if not part.startswith("\x1b"):
            text += part
            continue
        codes = part[2:-1].split(";")
        for code in codes:
            wanted = {"7": "«", "2": "‹", "0": "", "": "", "27": "", "22": ""}.get(code)
            if wanted is None or wanted == style:
                continue
            text += {"«": "»", "‹": "›", "": ""}[style] + wanted
            style = wanted
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))


def follows(name, seen):
    """Compares screens with those of a snapshot, of which a busy machine may show only some."""
    file = SNAPSHOTS / f"{name}.txt"
    if RECORDS:
        SNAPSHOTS.mkdir(exist_ok=True)
        file.write_text("\n----\n".join(seen) + "\n")
    known = file.read_text()[:-1].split("\n----\n")
    at = 0
    for screen in seen:
        later = [index for index in range(at, len(known)) if known[index] == screen]
        holds(later, f"no screen of {file.name} from the {at + 1}th on is\n{screen}\n")
        at = later[0]
    same(seen[-1], known[-1], f"last screen of {file.name}")
    holds(len(set(seen)) * 2 >= len(set(known)), f"{len(seen)} of {len(known)} screens were seen")


def shape(screen):
    """A screen with everything that depends on time made equal."""
    screen = re.sub(r"\[[#.]+\]", "[bar]", screen)
    screen = re.sub(r"broke off (once|\d+ times)", "broke off N times", screen)
    return re.sub(r"\d+(\.\d+|:\d\d)?", "N", screen)


def in_order(shapes):
    return [one for index, one in enumerate(shapes) if index == 0 or shapes[index - 1] != one]


WORDS = "one two three four five six seven eight nine ten eleven twelve."
SLOW = ["-s", "0.5", "-e", "tone", "-a", DEVICE, "--queue", "mix"]


@check
def copied_text():
    """Text that is copied to the terminal stays there whole: no line is drawn over it"""
    def work():
        with SoundServer() as server, Terminals(server) as terminals:
            for name, more in (("tee", []), ("tee-karaoke", ["-i"])):
                terminals.open(name, 80, "stream", "--tee", *more, *SLOW, text=WORDS)
            for name, seen in terminals.watch().items():
                holds(WORDS in seen[-1], f"{name} ends with {seen[-1]!r}")
                for screen in seen:
                    holds("in hand" not in screen and "«" not in screen, f"{name} shows {screen!r}")
    undisturbed(work)


@check
def status_line():
    """The status line fits any width, goes through its phases, and nothing but the summary stays"""
    def work():
        with SoundServer() as server, Terminals(server) as terminals:
            for width in (100, 60, 40, 20):
                terminals.open(f"status-{width}", width, "say", *SLOW, WORDS)
            for name, seen in terminals.watch().items():
                shapes = [shape(screen) for screen in seen]
                follows(name, in_order([s for s in shapes[:-1] if "speaking" in s] + shapes[-1:]))

    undisturbed(work)


@check
def karaoke():
    """Each word is marked while it is heard, lines break as the terminal is wide, the text stays"""
    def work():
        with SoundServer() as server, Terminals(server) as terminals:
            for width in (80, 24):
                terminals.open(f"karaoke-{width}", width, "say", "-q", "-i", *SLOW, WORDS)
            terminals.open(
                "karaoke-wide", 21, "say", "-q", "-i", *SLOW,
                "漢字 は 全角 です、 한국어 도 wide 😀 as well.")
            terminals.open(
                "karaoke-markdown", 40, "say", "-q", "-i", *SLOW,
                "# A *title*\n\n- **bold** words\n- and `code`\n")
            terminals.open(
                "karaoke-lines", 40, "say", "-q", "--karaoke=line", *SLOW, "First one here. Then two.")
            for name, seen in terminals.watch().items():
                follows(name, [screen for screen in seen[:-1] if "«" in screen] + seen[-1:])

    undisturbed(work)


@check
def resized():
    """A terminal that is made narrower and wider while somebody speaks shows the text once"""
    def work():
        with SoundServer() as server, Terminals(server) as terminals:
            sizes = {"narrow": [26], "wide": [70], "both": [22, 60]}
            for name in sizes:
                terminals.open(name, 44, "say", "-q", "-i", *SLOW, WORDS, alone=False)
            early, late = ("three", "four", "five", "six"), ("seven", "eight", "nine", "ten")
            marks = {name: [early, late] for name in sizes}

            def react(name, screen):
                marked = screen.partition("«")[2]
                if sizes[name] and marked.startswith(marks[name][0]):
                    marks[name].pop(0)
                    terminals.resize(name, sizes[name].pop(0))

            for name, seen in terminals.watch(react=react).items():
                same(sizes[name], [], f"sizes left of {name}")
                last = seen[-1].replace(PROMPT, "")
                same(" ".join(last.split()), WORDS, f"text on the terminal {name}")

    undisturbed(work)


@check
def tab():
    """Tab completes what is clear and lists what could be meant, and the line goes on below the list"""
    with SoundServer() as server, Terminals(server) as terminals:
        terminals.open("tab", 60, "session", "-e", "espeak", "-a", DEVICE, "-q", alone=False)
        keys = [
            ("kugel>", "/ca\t"), ("kugel> /cancel", "\r"), ("nothing to cancel", "/set voice=en-\t"),
            ("voice=en-", "\t"), ("en-gb", "u\t"), ("voice=en-us", "\r"), ("live", "\x04")]

        def react(name, screen):
            if keys and keys[0][0] in screen:
                terminals.tmux("send-keys", "-t", name, "-l", keys.pop(0)[1])

        seen = terminals.watch(react=react)["tab"]
        same(keys, [], "keys that were not typed")
        listing = [screen for screen in seen if "en-gb" in screen and "en-us" in screen]
        holds(listing, f"nothing was listed: {seen[-1]!r}")
        holds(any(screen.endswith("kugel> /set voice=en-") for screen in listing), f"the line is not below {listing[0]!r}")


@check
def messages():
    """A message in the middle does not spoil the line; a dumb terminal gets plain sentences"""
    def work():
        with SoundServer() as server, Terminals(server) as terminals:
            terminals.open("verbose", 60, "say", "-V", "--progress", "always", *SLOW, "One two.")
            terminals.open(
                "dumb", 60, "say", "-q", "-i", *SLOW, "One two. Three four.", term="dumb")
            seen = terminals.watch()
            sentences = [screen for screen in seen["dumb"] if screen.endswith(".")]
            follows("dumb", sentences + seen["dumb"][-1:])
            last = shape(seen["verbose"][-1])
            holds("speaking N" not in last, f"the status line is left over in\n{last}")
            holds("turn N complete" in last and "kugel: spoke N" in last, last)

    undisturbed(work)


@check
def in_step():
    """Without a terminal karaoke is plain sentences, each when it is heard"""
    with SoundServer() as server:
        process = subprocess.Popen(
            [binary(), "say", "-q", "-i", *SLOW, "One two three four. Five six seven eight."],
            stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
            env=clean_environment() | server.environment, text=True)
        with process.stderr as lines:
            told = [(line.rstrip(), time.monotonic()) for line in lines]
        same(process.wait(60), 0, "exit status")
        same([line for line, _ in told], ["One two three four.", "Five six seven eight."], "lines")
        # The first sentence sounds for 1.3 s.
        holds(told[1][1] - told[0][1] > 0.6, "the second came too early")


if __name__ == "__main__":
    lacking = missing() + ([] if os.path.exists(TMUX) else [TMUX])
    if lacking:
        check.listed = []
        print(f"skipped screen: {', '.join(lacking)} is missing")
    check.run()
