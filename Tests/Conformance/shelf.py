"""Voices that cannot be used, caches and folders that cannot be written, and what is asked for meanwhile: who speaks,
and what is said."""

import json
import os
import pathlib
import pty
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

import natural
from checks import Checks, Skipped, holds, same
from natural import VOICE, Shelf, home, quiet, shelf, voice_file
from service import binary

check = Checks("voices")


def events(place, *words, **variables):
    """Who spoke, and what was told."""
    done = place.run("say", "--events", "-", "-o", place.path / "o.wav", "--force", *words, "--", "Hallo", **variables)
    same(done.returncode, 0, f"exit of {words} ({done.stderr.strip()})")
    return json.loads(done.stdout.splitlines()[0])["engine"], done.stderr


def at_terminal(place, *words, seconds=60, until=None):
    """What a command shows at a terminal, and its exit; with `until` it is interrupted once that was seen."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(binary(), [binary(), *map(str, words)], place.environment | {"TERM": "xterm"})
    shown, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 1 << 16)
            except OSError:
                break
        if until and until in shown:
            os.kill(child, signal.SIGINT)
            until = None
    else:
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)
    return shown.decode(), status


BROKEN = {"none": None, "empty": b"", "text": b"no model", "page": b"<!DOCTYPE html><html>", "cut": "half"}


def break_voice(place, name, how):
    """A better voice than the one that is there, which cannot be used."""
    data = how if how != "half" else voice_file().read_bytes()[:1_000_000]
    (place.voices / f"{name}.onnx").write_bytes(voice_file().read_bytes()[:1000] if data is None else data)
    if data is not None:
        shutil.copy(voice_file(".onnx.json"), place.voices / f"{name}.onnx.json")


@check
def passed_over():
    """A voice that cannot be used is passed over for the next one, or for espeak-ng; that is said, once."""
    for name, how in BROKEN.items():
        with home() as place:
            break_voice(place, "en_US-abc-high", how)
            engine, told = events(place)
            same(engine, "piper", f"{name}: engine")
            same(told.count("en_US-abc-high is passed over"), 1, f"{name}: told ({told})")
            listed = place.run("voices", "-e", "piper").stdout
            holds("cannot be used" in listed, f"{name}: {listed}")
            doctor = place.run("doctor").stdout
            holds("en_US-abc-high cannot be used" in doctor, f"{name}: {doctor}")
            # Whoever names it is told why.
            asked = place.run("say", "-v", "en_US-abc-high", "-o", place.path / "x.wav", "Hi")
            holds(asked.returncode not in (0, 70) and asked.returncode < 128, f"{name}: exit {asked.returncode}")
            holds("kugel voices" in asked.stderr, f"{name}: {asked.stderr}")
            for end in (".onnx", ".onnx.json"):
                (place.voices / (VOICE + end)).unlink()
            same(events(place)[0], "espeak", f"{name}: engine without another")
            shown, status = at_terminal(place, "say", "-o", place.path / "t.wav", "Hi")
            holds(status == 0 and shown.count("en_US-abc-high is passed over") == 1, f"{name}: {status} {shown}")


@check
def who():
    """What is asked for decides who speaks: voice, number, language, pace, pitch, also in the configuration."""
    with home() as place:
        for words, engine in (
                ((), "piper"), (("-v", "joe"), "piper"), (("-v", "en_US-joe"), "piper"), (("-v", "en"), "piper"),
                (("-v", "en-gb"), "espeak"), (("-v", "German"), "espeak"), (("-v", "de"), "espeak"),
                (("-v", "11778"), "espeak"), (("-l", "de"), "espeak"), (("-s", "1.5"), "piper"),
                (("-s", "2.4"), "espeak"), (("-x", "pitch=80"), "espeak")):
            same(events(place, *words)[0], engine, f"{words}")
        number = json.loads(place.run("voices", "-e", "piper", "--json").stdout)[0]["id"]
        same(events(place, "-v", str(number))[0], "piper", "by number")
        done = place.run("say", "-v", "joe", "-o", place.path / "x.wav", "Hi", KUGEL_ONNXRUNTIME="/nowhere.so")
        same(done.returncode, 69, "exit of a voice without the library")
        holds("nstall it: " in done.stderr, done.stderr)
        same(events(place, "-v", "en", KUGEL_ONNXRUNTIME="/nowhere.so")[0], "espeak", "without the library")
        script = place.path / "play"
        script.write_text("@voice anna = joe\n@voice bob = German\nanna: Hello.\nbob: Hallo.\n")
        done = place.run("multi", script, "-o", place.path / "play.wav")
        same(done.returncode, 0, f"exit of multi ({done.stderr.strip()})")


@check
def configured():
    """Folders of voices in the configuration reach every command, and disturb no other engine."""
    with home(voices=False) as place:
        folder = place.path / "elsewhere"
        folder.mkdir()
        quiet(place, "elsewhere/en_US-here-medium")
        (place.path / "config" / "kugel").mkdir(parents=True)
        (place.path / "config" / "kugel" / "config").write_text(f"set = voices={folder}\n")
        same(events(place)[0], "piper")
        same(events(place, "-e", "espeak")[0], "espeak")
        for words in (("voices", "-e", "piper"), ("voices",), ("doctor",)):
            done = place.run(*words)
            holds("here" in done.stdout.lower(), f"{words}: {done.stdout}{done.stderr}")
        done = place.run("say", "-e", "espeak", "-x", "voices=/x", "-o", place.path / "n.wav", "Hi")
        same(done.returncode, 64, "exit for an engine that takes no such option")
    with home(voices=False) as place:
        empty = place.run("voices", "-e", "piper")
        holds("kugel voices -e piper --available" in empty.stderr, f"{empty.stdout}{empty.stderr}")
        folder = str(voice_file().parent)
        same(place.run("voices", "-e", "piper", "-x", f"voices={folder}").stdout.count(VOICE), 1, "by option")
        same(place.run("voices", "-e", "piper", KUGEL_VOICES=folder).stdout.count(VOICE), 1, "by the environment")


@check
def doctor():
    """`doctor` says who speaks, and looks at library, voices and cache."""
    with home() as place:
        text = place.run("doctor").stdout
        holds("by default piper speaks" in text and natural.libraries_[0] in text and VOICE in text, text)
        without = place.run("doctor", KUGEL_ONNXRUNTIME="/nowhere.so")
        holds("by default espeak speaks" in without.stdout and "nstall it: " in without.stdout, without.stdout)
        unwritable = place.run("doctor", XDG_CACHE_HOME="/proc/nowhere").stdout
        holds("start slowly" in unwritable, unwritable)
        place.run("say", "-o", place.path / "o.wav", "Hi")
        holds("1 prepared voice in" in place.run("doctor").stdout, "the cache is not told of")


@check
def swept():
    """What is kept prepared goes with its voice: touched, fetched anew, removed, or prepared by another library."""
    with home(voices=False) as place:
        cache = place.path / "cache" / "kugel" / "piper"

        def kept():
            place.say("Hi.")
            return sorted(p.name for p in cache.iterdir())

        def add(name=VOICE):
            place.voices.mkdir(parents=True, exist_ok=True)
            for end in (".onnx", ".onnx.json"):
                shutil.copy(voice_file(end), place.voices / (name + end))

        add()
        first = kept()
        os.utime(place.voices / f"{VOICE}.onnx")
        touched = kept()
        holds(len(touched) == 1 and touched != first, f"touched: {first} {touched}")
        if len(natural.libraries_) > 1:
            place.environment["KUGEL_ONNXRUNTIME"] = natural.libraries_[1]
            same(len(kept()), 1, "kept for two libraries")
        (cache / "0123-1.0.0-1").mkdir()
        (cache / "0123-1.0.0-1" / "plan").write_text("format = 1\n")
        os.utime(place.voices / f"{VOICE}.onnx")
        same(len(kept()), 1, "kept by another kugel")
        same(place.run("voices", "-e", "piper", "--remove", "en_us-joe").returncode, 0, "exit for a beginning")
        same(list(cache.iterdir()), [], "kept of a removed voice")


@check
def flipped():
    """A prepared file that was written to is made again, though its length and its time are as before."""
    with home() as place:
        voice = quiet(place, "v")
        before = place.say(natural.TEXT, "-v", voice)
        kept = next((place.path / "cache" / "kugel" / "piper").iterdir())
        for name in ("front.ort", "vocoder.ort"):
            path = kept / name
            times = path.stat()
            with open(path, "r+b") as file:
                file.seek(times.st_size // 2)
                file.write(b"\x3f" * 4096)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
            after = place.say(natural.TEXT, "-v", voice)
            holds(max(abs(a - b) for a, b in zip(before, after)) < 10 and len(before) == len(after), f"{name} was used")


@check
def unwritable():
    """Without a cache the catalogue is read and voices are fetched all the same."""
    with shelf() as (_, url, _), home(voices=False) as place:
        file = place.path / "file"
        file.write_text("no folder")
        words = ("voices", "-e", "piper", "--url", url)
        for cache in ("/proc/nowhere", str(file)):
            done = place.run(*words, "--available", XDG_CACHE_HOME=cache)
            holds(done.returncode == 0 and VOICE in done.stdout, f"{cache}: {done.stdout}{done.stderr}")
        same(place.run(*words, "--get", VOICE, XDG_CACHE_HOME="/proc/nowhere").returncode, 0, "exit of --get")


@check
def stopped():
    """Ctrl-C ends a fetch at once, says how it goes on, and it does; two at once fetch it once."""
    with shelf() as (_, url, model), home(voices=False) as place:
        words = ("voices", "-e", "piper", "--url", url, "--get", VOICE)
        Shelf.slow = True
        began = time.monotonic()
        shown, status = at_terminal(place, *words, until=b"%, 5 MB")
        holds(time.monotonic() - began < 20, "it took long")
        same(status, 130, f"exit ({shown})")
        holds("To go on: kugel voices -e piper --get" in shown.splitlines()[-1], shown)
        holds(not (place.voices / f"{VOICE}.onnx").exists(), "installed")
        before = len(Shelf.asked)
        Shelf.slow = False
        children = [subprocess.Popen([binary(), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                     env=place.environment) for _ in range(2)]
        told = [child.communicate(timeout=60)[1] for child in children]
        same([child.returncode for child in children], [0, 0], f"exits ({told})")
        models = [r for p, r in Shelf.asked[before:] if p == f"real/{model}"]
        holds(len(models) == 1 and models[0], f"the model was asked for {models}")
        same([p.name for p in place.voices.iterdir() if p.name.startswith(".")], [], "left over")
    with shelf() as (_, url, model), home(voices=False) as place:
        # What is told behind the bar begins a line.
        Shelf.breaks = {model: 99}
        shown, status = at_terminal(place, "voices", "-e", "piper", "--url", url, "--get", VOICE)
        line = next(line for line in shown.splitlines() if "kugel:" in line and "MB, licence" not in line)
        holds(status != 0 and line.split("\x1b[K")[-1].startswith("kugel:"), repr(shown[-400:]))


@check
def full():
    """Where there is no room nothing is begun, and a disk that becomes full is told."""
    if os.geteuid() != 0:
        raise Skipped("a small disk is mounted by root")
    with shelf() as (_, url, model), home(voices=False) as place:
        disk = place.path / "disk"
        disk.mkdir()
        try:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", disk], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            raise Skipped("nothing can be mounted here") from None
        try:
            done = place.run("voices", "-e", "piper", "--url", url, "--get", VOICE, XDG_DATA_HOME=str(disk))
            same(done.returncode, 73, f"exit ({done.stderr})")
            holds("MB are free" in done.stderr and str(disk) in done.stderr, done.stderr)
            holds(not any(p.endswith(".onnx") for p, _ in Shelf.asked), "the model was fetched")
        finally:
            subprocess.run(["umount", disk], check=True)


@check
def refused():
    """`--add` takes voices only, and names the file that it was given."""
    with home(voices=False) as place:
        model = place.path / "other.onnx"
        natural.echo(model)
        data = model.read_bytes().replace(b"input_lengths", b"inpuT_lengths")
        model.write_bytes(data)
        shutil.copy(voice_file(".onnx.json"), f"{model}.json")
        done = place.run("voices", "-e", "piper", "--add", model)
        same(done.returncode, 65, f"exit ({done.stderr})")
        holds("no voice of Piper" in done.stderr and str(model) in done.stderr, done.stderr)
        holds(".part" not in done.stderr, done.stderr)
        bare = place.path / "bare.onnx"
        shutil.copy(voice_file(), bare)
        done = place.run("voices", "-e", "piper", "--add", bare)
        holds(str(bare) in done.stderr and ".part" not in done.stderr, done.stderr)
        same(list(place.voices.glob("*")), [], "added")


@check
def frozen():
    """A service that keeps voices and does not answer, or has not that one, costs a moment, and the voice is loaded."""
    with home() as place:
        def speak():
            began = time.monotonic()
            done = place.run("say", "-e", "piper", "-o", place.path / "f.wav", "--force", "Hello there.")
            same(done.returncode, 0, f"exit ({done.stderr.strip()})")
            holds(len(natural.samples(place.path / "f.wav")) > 5_000, "silent")
            return time.monotonic() - began, done.stderr

        speak()
        ordinary = speak()[0]
        server = subprocess.Popen([binary(), "serve", "-e", "piper", "--socket"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True, env=place.environment)
        try:
            server.stdout.readline()
            server.send_signal(signal.SIGSTOP)
            seconds, told = speak()
            holds("does not speak" in told, told)
            holds(seconds < ordinary + 6, f"{seconds:.1f} s, {ordinary:.1f} s without")
            server.send_signal(signal.SIGCONT)
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)
        # Another folder: it has not the voice that is asked for.
        folder = place.path / "other" / "kugel" / "voices"
        folder.mkdir(parents=True)
        for end in (".onnx", ".onnx.json"):
            os.symlink(voice_file(end), folder / ("en_US-another-medium" + end))
        other = subprocess.Popen([binary(), "serve", "-e", "piper", "--socket"], stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, text=True,
                                 env=place.environment | {"XDG_DATA_HOME": str(place.path / "other")})
        try:
            other.stdout.readline()
            seconds, told = speak()
            holds("does not speak" in told and seconds < ordinary + 6, f"{seconds:.1f} s: {told}")
        finally:
            other.send_signal(signal.SIGTERM)
            other.communicate(timeout=60)
        # One that listens and never answers.
        with socket.socket(socket.AF_UNIX) as silent:
            path = place.path / "kugel" / "piper.socket"
            path.parent.mkdir(exist_ok=True)
            path.unlink(missing_ok=True)
            silent.bind(str(path))
            silent.listen()
            seconds, told = speak()
            holds("does not answer" in told and seconds < ordinary + 6, f"{seconds:.1f} s: {told}")


@check
def programs():
    """Programs that speak are engines: espeak-ng, flite and the project's own tool; each is started once for a text."""
    python = os.path.join(os.path.dirname(os.sys.executable), "python")
    commands = {
        "espeak-ng": (["-x", "command=espeak-ng --stdin --stdout"], "espeak-ng"),
        "flite": (["-x", "shell=yes", "-x", 'command=flite -t "$(cat)" -o /dev/stdout'], "flite"),
        "piper": (["-x", f"command={python} -m piper -m {voice_file()} -f -"], python),
        "piper, bare": (
            ["-x", "rate=22050", "-x", f"command={python} -m piper -m {voice_file()} --output-raw"], python),
    }
    notes = []
    with home(voices=False) as place:
        for name, (words, program) in commands.items():
            if not shutil.which(program):
                notes.append(f"{name} is not installed")
                continue
            done = place.run("say", "-e", "command", *words, "-o", place.path / "c.wav", "--force",
                             "Hello there. How are you?")
            same(done.returncode, 0, f"exit of {name} ({done.stderr.strip()})")
            length = len(natural.samples(place.path / "c.wav")) / 24_000
            holds(1 < length < 4, f"{name}: {length:.1f} s")
            notes.append(f"{name} {length:.1f} s")
        starts = place.path / "starts"
        counted = f"sh -c 'echo x >> {starts}; exec espeak-ng --stdin --stdout'"
        same(place.run("say", "-e", "command", "-x", f"command={counted}", "-o", place.path / "c.wav", "--force",
                       "Hello.").returncode, 0, "exit")
        same(starts.read_text(), "x\n", "starts for one text")
        began = time.monotonic()
        done = place.run("say", "-e", "command", "-x", "command=sleep 60", "--timeout", "first=1s", "-o",
                         place.path / "n.wav", "Hello.")
        holds(done.returncode == 75 and time.monotonic() - began < 10, f"--timeout: {done.returncode} {done.stderr}")
    return ", ".join(notes)


if __name__ == "__main__":
    natural.libraries_ = natural.libraries()
    check.run(limit=600)
