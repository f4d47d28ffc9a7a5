"""Time to the first sample at a paced device, and the CPU of playing; espeak-ng, aplay and ffplay are the peers."""

import os
import statistics
import subprocess
import time

from measure import Failed, Row, milliseconds, repeat

SENTENCE = "The quick brown fox jumps over the lazy dog near the old stone bridge."
PULSE = """load-module module-null-sink sink_name=kugel norewinds=1 rate=24000 channels=1 format=s16le
load-module module-native-protocol-unix socket={run}/native auth-anonymous=1
set-default-sink kugel
"""
ALSA = """pcm_type.pulse {{ lib "/usr/lib/x86_64-linux-gnu/alsa-lib/libasound_module_pcm_pulse.so" }}
pcm.!default {{ type pulse server "unix:{run}/native" device "kugel" }}
pcm.null {{ type null }}
ctl.!default {{ type null }}
"""


class SoundServer:
    """A null sink that plays in time; what it hears is read from its monitor."""

    def __init__(self, run):
        with open(f"{run}/pulse.pa", "w") as file:
            file.write(PULSE.format(run=run))
        with open(f"{run}/alsa.conf", "w") as file:
            file.write(ALSA.format(run=run))
        names = ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH")
        self.env = {**os.environ, **{name: run for name in names}, "SDL_AUDIODRIVER": "pulseaudio",
                    "PULSE_SERVER": f"unix:{run}/native", "ALSA_CONFIG_PATH": f"{run}/alsa.conf"}
        self.server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no",
             "--high-priority=no", "--disable-shm=yes", f"--file={run}/pulse.pa"],
            env=self.env, stderr=subprocess.DEVNULL)
        while not os.path.exists(f"{run}/native"):
            time.sleep(0.01)
        self.recorder = subprocess.Popen(
            ["parec", "-d", "kugel.monitor", "--format=s16le", "--rate=24000", "--channels=1", "--raw",
             "--latency-msec=5"], env=self.env, stdout=subprocess.PIPE, bufsize=0)
        self.recorder.stdout.read(4800)

    def first_sound(self, command):
        """Seconds from the start of the command to the first sample that is not silent; ends the command."""
        begin = time.perf_counter()
        child = subprocess.Popen(command, shell=isinstance(command, str), env=self.env, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        while not any(os.read(self.recorder.stdout.fileno(), 4096)):
            if time.perf_counter() - begin > 10:
                raise Failed(f"no sound from {command}")
        taken = time.perf_counter() - begin
        # The next command must not be answered with what is left of this one.
        silent = 0
        while child.poll() is None or silent < 24_000:
            silent = 0 if any(block := os.read(self.recorder.stdout.fileno(), 4096)) else silent + len(block)
        return taken

    def close(self):
        for child in (self.recorder, self.server):
            child.terminate()
            child.wait()


def first_sound(kugel, run, rounds=7):
    server = SoundServer(run)
    try:
        commands = {
            "kugel": [kugel, "say", "-q", "-e", "espeak", SENTENCE],
            "espeak-ng": ["espeak-ng", SENTENCE],
            "espeak-ng | aplay": f"espeak-ng --stdout '{SENTENCE}' | aplay -q",
            "espeak-ng | ffplay": f"espeak-ng --stdout '{SENTENCE}' | ffplay -nodisp -autoexit -loglevel quiet -",
        }
        times = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(server.first_sound(command))
    finally:
        server.close()
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = medians.pop("kugel")
    for index, (name, other) in enumerate(medians.items()):
        yield Row("player", "first sample at the device" if index == 0 else "", milliseconds(ours) if index == 0 else "",
                  f"{name} {milliseconds(other)}", f"{ours / other:.2f}x", "< 1x")


def hour(kugel, run):
    """An hour of sound into a device that takes it at once; what making the sound costs is taken off."""
    words = os.path.join(run, "hour.txt")
    raw = os.path.join(run, "hour.raw")
    with open(words, "w") as file:
        file.write("The clock in the old town was striking one after another. " * 1500)
    with open(os.devnull, "w") as null:
        subprocess.run([kugel, "say", "-q", "-e", "tone", "-f", words, "-o", raw], check=True, stderr=null)
    seconds = os.path.getsize(raw) / 48_000
    played, saved, peer = repeat(
        5, [kugel, "say", "-q", "-e", "tone", "-f", words, "-a", "null"],
        [kugel, "say", "-q", "-e", "tone", "-f", words, "-o", "/dev/null", "--format", "raw"],
        ["aplay", "-q", "-D", "null", "-f", "S16_LE", "-r", "24000", raw])
    scale = 3600 / seconds
    ours = max(0.0, played.cpu - saved.cpu) * scale
    yield Row("player", "an hour played, sped up, CPU", f"{ours:.3f} s", f"aplay {peer.cpu * scale:.3f} s",
              f"{ours / (peer.cpu * scale):.2f}x", "1.2x")
    yield Row("player", "with the making of the sound", f"{played.cpu * scale:.3f} s")


def accept(kugel, _):
    """From the first frame in memory to the first sample that the device took, as the program tells."""
    result = subprocess.run([kugel, "_play", "2000"], check=True, capture_output=True, text=True).stdout.split()
    yield Row("player", "first frame to first sample, p50 of 2000", f"{float(result[0]):.3f} ms")
    yield Row("player", "p99", f"{float(result[1]):.3f} ms", "", "", "1 ms")


PARTS = {"accept": accept, "first sound": first_sound, "hour": hour}
