"""A sound server of a test's own: one sink that plays in time, recorded sample by sample."""

import os
import pathlib
import signal
import subprocess
import tempfile
import time

PULSEAUDIO, PAREC = "/usr/bin/pulseaudio", "/usr/bin/parec"
PLUGIN = "/usr/lib/x86_64-linux-gnu/alsa-lib/libasound_module_pcm_pulse.so"
# Its sink as an ALSA device; the default one too.
DEVICE = "pulse:kugel"
RATE = 24_000

# Without `norewinds` the monitor loses the first samples.
SCRIPT = """\
load-module module-null-sink sink_name=kugel norewinds=1 rate=24000 channels=1 format=s16le
load-module module-native-protocol-unix socket={folder}/native auth-anonymous=1
set-default-sink kugel
"""
ALSA = f"""\
pcm_type.pulse {{ lib "{PLUGIN}" }}
pcm.pulse {{
  @args [ SINK ]
  @args.SINK {{ type string default "kugel" }}
  type pulse
  server "unix:{{folder}}/native"
  device $SINK
}}
pcm.!default {{ type pulse server "unix:{{folder}}/native" device "kugel" }}
pcm.null {{ type null }}
ctl.!default {{ type null }}
"""


def missing():
    """What has to be installed before a sound server can be started; empty if nothing."""
    return [path for path in (PULSEAUDIO, PAREC, PLUGIN) if not os.path.exists(path)]


class SoundServer:
    """Use it in a `with`."""

    def __init__(self, latency=20):
        """`latency`: milliseconds of sound that the recorder is given at a time."""
        self.latency = latency

    def __enter__(self):
        self.place = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.place.name)
        (self.folder / "pulse.pa").write_text(SCRIPT.format(folder=self.folder))
        (self.folder / "alsa.conf").write_text(ALSA.replace("{folder}", str(self.folder)))
        self.recording = self.folder / "recording"
        self.children = []
        try:
            self.start(
                PULSEAUDIO, "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                "--realtime=no", "--high-priority=no", "--disable-shm=yes",
                f"--file={self.folder}/pulse.pa")
            self.await_that((self.folder / "native").exists, "the sound server did not begin")
            with self.recording.open("wb") as file:
                self.start(
                    PAREC, "-d", "kugel.monitor", "--format=s16le", f"--rate={RATE}",
                    "--channels=1", "--raw", f"--latency-msec={self.latency}", output=file)
            self.await_that(lambda: self.size() > 0, "nothing is recorded")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        self.place.cleanup()

    def stop(self):
        """Ends the server, and with it the recording."""
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
                try:
                    child.wait(5)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()

    @property
    def environment(self):
        """What a program needs to play here and nowhere else."""
        folder = str(self.folder)
        names = ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH")
        return {name: folder for name in names} | {
            "PULSE_SERVER": f"unix:{folder}/native", "SDL_AUDIODRIVER": "pulseaudio",
            "ALSA_CONFIG_PATH": f"{folder}/alsa.conf"}

    def start(self, *words, output=subprocess.DEVNULL):
        child = subprocess.Popen(
            words, env=os.environ | self.environment, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.DEVNULL)
        self.children.append(child)

    @staticmethod
    def await_that(ready, failure, seconds=20):
        until = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > until:
                raise RuntimeError(failure)
            time.sleep(0.01)

    def size(self):
        return self.recording.stat().st_size

    def await_sound(self, since=0):
        """The place of the first sample that is not silent, in bytes, as soon as it is recorded."""
        found = [None]

        def ready():
            sound = self.recording.read_bytes()[since:]
            found[0] = since + len(sound) - len(sound.lstrip(b"\0"))
            return found[0] < since + len(sound)

        self.await_that(ready, "no sound is heard")
        return found[0]

    def mark(self):
        """The place in the recording that is reached now, in bytes."""
        return self.size() // 2 * 2

    def heard(self, since=0):
        """What was heard since `mark()`, up to a second of silence; without the silence around it."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            sound = self.recording.read_bytes()[since:]
            sound = sound[: len(sound) // 2 * 2]
            if len(sound) >= 2 * RATE and not any(sound[-2 * RATE:]):
                break
            time.sleep(0.05)
        return sounding(sound)


def sounding(sound):
    """Without the silence around it."""
    first = len(sound) - len(sound.lstrip(b"\0"))
    last = len(sound.rstrip(b"\0")) + 1
    return sound[first // 2 * 2: last // 2 * 2]
