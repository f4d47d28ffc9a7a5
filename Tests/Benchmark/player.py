"""Time to the first sample at a paced device, and the CPU of playing; espeak-ng, aplay and ffplay are the peers."""

import contextlib
import os
import statistics
import subprocess
import time

from measure import Failed, Row, milliseconds, repeat
from sound_server import SoundServer

SENTENCE = "The quick brown fox jumps over the lazy dog near the old stone bridge."


def time_to_sound(server, command):
    """Seconds from the start of the command to the first sample that is not silent; waits for its end."""
    since = server.mark()
    begin = time.perf_counter()
    child = subprocess.Popen(
        command, shell=isinstance(command, str), env=os.environ | server.environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with server.recording.open("rb") as recording:
        recording.seek(since)
        while not any(recording.read()):
            if time.perf_counter() - begin > 10:
                raise Failed(f"no sound from {command}")
            time.sleep(0.0005)
    taken = time.perf_counter() - begin
    child.wait()
    # The next command must not be answered with what is left of this one.
    server.heard(since)
    return taken


def first_sound(kugel, _, rounds=7):
    with SoundServer(latency=5) as server:
        commands = {
            "kugel": [kugel, "say", "-q", "-e", "espeak", SENTENCE],
            "espeak-ng": ["espeak-ng", SENTENCE],
            "espeak-ng | aplay": f"espeak-ng --stdout '{SENTENCE}' | aplay -q",
            "espeak-ng | ffplay": f"espeak-ng --stdout '{SENTENCE}' | ffplay -nodisp -autoexit -loglevel quiet -",
        }
        times = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(time_to_sound(server, command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = medians.pop("kugel")
    for index, (name, other) in enumerate(medians.items()):
        yield Row("player", "first sample at the device" if index == 0 else "", milliseconds(ours) if index == 0 else "",
                  f"{name} {milliseconds(other)}", f"{ours / other:.2f}x", "< 1x")


def playing(command):
    """CPU seconds of the threads that play: the one that feeds the player, and the player's own."""
    process = subprocess.Popen(command)
    seconds = {}
    while process.poll() is None:
        with contextlib.suppress(OSError):  # a thread, or all of them, may be gone by now
            for thread in os.scandir(f"/proc/{process.pid}/task"):
                with open(f"{thread.path}/comm") as name, open(f"{thread.path}/schedstat") as used:
                    seconds[name.read().strip()] = int(used.read().split()[0]) / 1e9
        time.sleep(0.002)
    if process.returncode:
        raise Failed(f"{command[0]} ended with {process.returncode}")
    return seconds["sink"] + seconds["speakers"]


def hour(kugel, run):
    """An hour of sound into a device that takes it at once; without what making the sound costs."""
    words = os.path.join(run, "hour.txt")
    raw = os.path.join(run, "hour.raw")
    with open(words, "w") as file:
        file.write("The clock in the old town was striking one after another. " * 1500)
    with open(os.devnull, "w") as null:
        subprocess.run([kugel, "say", "-q", "-e", "tone", "-f", words, "-o", raw], check=True, stderr=null)
    seconds = os.path.getsize(raw) / 48_000
    play = [kugel, "say", "-q", "-e", "tone", "-f", words, "-a", "null"]
    played, peer = repeat(5, play, ["aplay", "-q", "-D", "null", "-f", "S16_LE", "-r", "24000", raw])
    scale = 3600 / seconds
    ours = statistics.median(playing(play) for _ in range(5)) * scale
    yield Row("player", "an hour played, sped up, CPU of the playing threads", f"{ours:.3f} s",
              f"aplay {peer.cpu * scale:.3f} s", f"{ours / (peer.cpu * scale):.2f}x", "1.2x")
    yield Row("player", "with the making of the sound", f"{played.cpu * scale:.3f} s")


def accept(kugel, _):
    """From the first frame in memory to the first sample that the device took, as the program tells."""
    result = subprocess.run([kugel, "_play", "2000"], check=True, capture_output=True, text=True).stdout.split()
    yield Row("player", "first frame to first sample, p50 of 2000", f"{float(result[0]):.3f} ms")
    yield Row("player", "p99", f"{float(result[1]):.3f} ms", "", "", "1 ms")


PARTS = {"accept": accept, "first sound": first_sound, "hour": hour}
