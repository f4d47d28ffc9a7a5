"""Speakers over a long time: an hour through a sound server, and a session that waits for its next line."""

import contextlib
import os
import statistics
import subprocess
import time

import sound_server
from measure import Failed, Row, milliseconds
from player import THREADS, PacedDevice, cpu, sound
from wire import undisturbed

# The thread with which PulseAudio's library speaks to its server.
CLIENT = "threaded-ml"


def stretch(command, environment, names=()):
    """CPU of an hour in time, from ten seconds amid the sound."""
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1.5)
        before, begin = cpu(process, names), time.monotonic()
        time.sleep(10)
        after, end = cpu(process, names), time.monotonic()
        if process.poll() is not None or not after or not set(names) <= set(after):
            raise Failed(f"{command[0]} does not play")
    finally:
        process.terminate()
        process.wait()
    return (sum(after.values()) - sum(before.values())) * 3600 / (end - begin)


def server(kugel, scratch, rounds=5):
    """kugel's making of the sound is left out, as aplay has it in a file."""
    what = "an hour through PulseAudio, CPU with its client thread"
    if missing := sound_server.missing():
        yield Row("player", what, f"skipped: no {missing[0]}")
        return
    words, raw = sound(kugel, scratch)
    ours, peers = [], []
    # Other programs would show as wakes that cost more, of three processes that hand sound on.
    with undisturbed() as allowed, sound_server.SoundServer() as place:
        environment = os.environ | place.environment
        for _ in range(rounds):
            ours.append(stretch([kugel, "say", "-q", "-e", "tone", "-f", words], environment, (*THREADS, CLIENT)))
            peers.append(stretch(["aplay", "-q", "-f", "S16_LE", "-r", "24000", raw], environment))
    ours, peer = statistics.median(ours), statistics.median(peers)
    what += " (SCHED_RR)" if allowed else ""
    yield Row("player", what, f"{ours:.2f} s", f"aplay {peer:.2f} s", f"{ours / peer:.2f}x", "1.3x")


@contextlib.contextmanager
def session(kugel, environment, *options):
    process = subprocess.Popen(
        [kugel, "session", "-q", "-e", "espeak", *options], env=environment, stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0)
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait()


def wakes(process):
    """How often its threads have slept so far."""
    count = 0
    for thread in os.scandir(f"/proc/{process.pid}/task"):
        with open(f"{thread.path}/status") as file:
            count += next(int(line.split()[1]) for line in file if line.startswith("voluntary_ctxt_switches"))
    return count


def between_turns(kugel, scratch, seconds=6):
    device = PacedDevice(scratch, speed=1)
    with session(kugel, device.environment, "-a", "paced") as process:
        process.stdin.write(b"Hello.\n\n")
        time.sleep(2.5)
        before, begin = wakes(process), time.monotonic()
        time.sleep(seconds)
        after, end = wakes(process), time.monotonic()
    rate = (after - before) / (end - begin)
    yield Row("player", "wakes a second between two turns, silence keeps the device warm", f"{rate:.1f}", "", "", "10")


def next_turn(kugel, _, rounds=9):
    """From a line's end to the first sample of its turn, amid the silence that keeps the device warm."""
    taken = []
    with sound_server.SoundServer(latency=5) as place, session(kugel, os.environ | place.environment) as process:
        process.stdin.write(b"Hello.\n\n")
        place.await_sound()
        place.heard()
        for turn in range(rounds):
            # Anywhere between two looks at the device.
            time.sleep(0.037 * turn)
            with place.recording.open("rb") as recording:
                recording.seek(place.mark())
                begin = time.perf_counter()
                process.stdin.write(b"Hello.\n\n")
                while not any(recording.read()):
                    if time.perf_counter() - begin > 10:
                        raise Failed("the next turn was not heard")
                    time.sleep(0.0005)
                taken.append(time.perf_counter() - begin)
            place.heard(place.mark())
    yield Row("player", f"line to first sample in a warm session, p50 of {rounds}",
              milliseconds(statistics.median(taken)))


PARTS = {"server": server, "between turns": between_turns, "next turn": next_turn}
