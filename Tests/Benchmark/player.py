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
                  f"{name} {milliseconds(other)}", f"{ours / other:.2f}x", "0.5x" if name == "espeak-ng" else "1x")


# kugel's threads that play; what makes the sound runs on others.
THREADS = ("sink", "speakers")


def cpu(process, names):
    """CPU seconds of each of the named threads so far; without names of all."""
    seconds = {}
    with contextlib.suppress(OSError):  # a thread, or all of them, may be gone by now
        for thread in os.scandir(f"/proc/{process.pid}/task"):
            with open(f"{thread.path}/comm") as comm, open(f"{thread.path}/schedstat") as used:
                name = comm.read().strip()
                if not names or name in names:
                    seconds[name] = int(used.read().split()[0]) / 1e9
    return seconds


class PacedDevice:
    """A device that plays in time, with the clock of its players quickened as much as it is."""

    SPEED = 10

    def __init__(self, scratch, speed=SPEED):
        here = os.path.dirname(os.path.abspath(__file__))
        library, configuration = os.path.join(scratch, "paced.so"), os.path.join(scratch, "alsa.conf")
        subprocess.run(["cc", "-O2", "-DPIC", "-fPIC", "-shared", "-o", library, f"{here}/paced_device.c", "-lasound"],
                       check=True)
        with open(configuration, "w") as file:
            file.write(f"pcm_type.paced {{ lib \"{library}\" }}\npcm.paced {{ type paced }}\n")
        self.dry = os.path.join(scratch, "dry")
        self.environment = os.environ | {
            "ALSA_CONFIG_PATH": configuration, "LD_PRELOAD": library, "PACED_SPEED": str(speed),
            "PACED_DRY": self.dry}

    def ran_dry(self):
        """Whether it did since the last question."""
        with contextlib.suppress(FileNotFoundError):
            os.remove(self.dry)
            return True
        return False

    def hour(self, command, names=()):
        """CPU of an hour, from a stretch amid the sound; None if the device ran dry, on a busy machine."""
        process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(0.5)
            self.ran_dry()
            before, begin = sum(cpu(process, names).values()), time.monotonic()
            time.sleep(2)
            after, end, dry = cpu(process, names), time.monotonic(), self.ran_dry()
            if process.poll() is not None or not after or not set(names) <= set(after):
                raise Failed(f"{command[0]} does not play")
        finally:
            process.terminate()
            process.wait()
        return None if dry else (sum(after.values()) - before) * 3600 / ((end - begin) * self.SPEED)


def sound(kugel, scratch):
    """More than an hour of it: words, and the same as raw samples of 24 kHz."""
    words, raw = os.path.join(scratch, "hour.txt"), os.path.join(scratch, "hour.raw")
    with open(words, "w") as file:
        file.write("The clock in the old town was striking one after another. " * 1500)
    with open(os.devnull, "w") as null:
        subprocess.run([kugel, "say", "-q", "-e", "tone", "-f", words, "-o", raw], check=True, stderr=null)
    return words, raw


def hour(kugel, scratch, rounds=9):
    """Steps in time with the device; kugel's making of the sound is left out, as aplay has it in a file."""
    device = PacedDevice(scratch)
    words, raw = sound(kugel, scratch)
    ours, peers = [], []
    for _ in range(2 * rounds):
        figures = (device.hour([kugel, "say", "-q", "-e", "tone", "-f", words, "-a", "paced"], THREADS),
                   device.hour(["aplay", "-q", "-D", "paced", "-f", "S16_LE", "-r", "24000", raw]))
        if None not in figures:
            ours.append(figures[0])
            peers.append(figures[1])
        if len(ours) == rounds:
            break
    else:
        raise Failed("the device ran dry again and again: the machine is too busy")
    ours, peer = statistics.median(ours), statistics.median(peers)
    yield Row("player", f"an hour played in time ({device.SPEED}x), CPU of the playing threads", f"{ours:.2f} s",
              f"aplay {peer:.2f} s", f"{ours / peer:.2f}x", "1.2x")


def playing(command):
    """CPU seconds of the playing threads of a command, to its end."""
    process = subprocess.Popen(command)
    seconds = {}
    while process.poll() is None:
        seconds |= cpu(process, THREADS)
        time.sleep(0.002)
    if process.returncode:
        raise Failed(f"{command[0]} ended with {process.returncode}")
    return sum(seconds.values())


def rush(kugel, scratch):
    """Into a device that takes an hour at once: every piece is handed on by itself, nothing waits for time to pass."""
    words, raw = sound(kugel, scratch)
    play = [kugel, "say", "-q", "-e", "tone", "-f", words, "-a", "null"]
    played, peer = repeat(5, play, ["aplay", "-q", "-D", "null", "-f", "S16_LE", "-r", "24000", raw])
    scale = 3600 / (os.path.getsize(raw) / 48_000)
    ours = statistics.median(playing(play) for _ in range(5)) * scale
    yield Row("player", "an hour taken at once, CPU of the playing threads", f"{ours:.3f} s",
              f"aplay {peer.cpu * scale:.3f} s", f"{ours / (peer.cpu * scale):.2f}x")
    yield Row("player", "with the making of the sound", f"{played.cpu * scale:.3f} s")


def accept(kugel, _):
    """From the first frame in memory to the first sample that the device took, as the program tells."""
    result = subprocess.run([kugel, "_play", "2000"], check=True, capture_output=True, text=True).stdout.split()
    yield Row("player", "first frame to first sample, p50 of 2000", f"{float(result[0]):.3f} ms")
    yield Row("player", "p99", f"{float(result[1]):.3f} ms", "", "", "1 ms")


def next_voice(kugel, _, rounds=9):
    """From `kugel skip` to the first sample of whoever waited, on the recording's time line."""
    taken = []
    with SoundServer(latency=5) as server:
        environment = os.environ | server.environment
        say = [kugel, "say", "-q", "-e", "tone"]
        run = {"env": environment, "stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        for _ in range(rounds):
            since = server.mark()
            speaking = subprocess.Popen([*say, "word " * 200], **run)
            server.await_sound(since)
            waiting = subprocess.Popen([*say, "Next please."], **run)
            queue = [kugel, "queue", "--json"]
            while subprocess.run(queue, stdout=subprocess.PIPE, **run).stdout.count(b'"id"') < 2:
                time.sleep(0.01)
            # A whole look of whoever waits.
            time.sleep(0.1)
            at = server.mark()
            subprocess.run([kugel, "skip"], check=True, **run)
            for process in (speaking, waiting):
                process.wait()
            # Two milliseconds of nothing part the voices; a word begins with less.
            sound = server.recording.read_bytes()[at:]
            gap = sound.find(bytes(48 * 2))
            begin = next((i for i in range(gap, len(sound)) if sound[i]), None) if gap >= 0 else None
            if begin is None:
                raise Failed("whoever waited was not heard")
            taken.append(begin / 48_000)
            server.heard(since)
    yield Row("player", f"skip to the next voice's first sample, p50 of {rounds}",
              milliseconds(statistics.median(taken)), "", "", "50 ms")


PARTS = {"next voice": next_voice, "accept": accept, "first sound": first_sound, "hour": hour, "rush": rush}
