"""The commands, and a service with clients, each tried with any build of the program."""

import contextlib
import http.client
import pathlib
import select
import signal
import subprocess
import tempfile
import threading
import urllib.parse

from checks import holds, same
from tone import difference, tone

TEXT = "One two three. Four five, six! Seven <break/> eight? Nine ten eleven twelve."
PLAIN = TEXT.replace("<break/> ", "")
# A sanitizer makes everything many times slower.
LIMIT = 120

SCRIPT = """/set speed=1.1
Hello there, my friend.
And so on.

/wait final
/say A second turn, which is long enough to be stopped in its middle, or so one hopes.
/cancel after 100ms
/mark here
/status
/usage
/say The last one.
/wait heard
"""
PLAY = """@voice ANNA = tone:1
@voice BEN = tone:2, volume -6dB, pan 0.5
ANNA: Hello, Ben.
BEN +(-100ms): Hello! How are you?
[pause 200ms]
ANNA (softly): Well, I hope.
"""


def run(words, environment, *, typed="", status=0):
    """Its output; it has to end with `status`."""
    done = subprocess.run(
        words, input=typed.encode(), capture_output=True, timeout=LIMIT, env=environment)
    same(done.returncode, status, f"exit status, saying {done.stderr.decode()[-400:]!r},")
    return done.stdout


def expect(heard, text):
    parted = difference(heard, tone(text))
    holds(not parted, parted)


def say(kugel, environment):
    raw = ["-o", "-", "--format", "raw"]
    expect(run([kugel, "say", "-e", "tone", *raw, PLAIN], environment), PLAIN)
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("wav", "flac", "opus", "mp3", "au"):
            run([kugel, "say", "-e", "tone", "-o", f"{folder}/a.{ending}", TEXT], environment)
        run([kugel, "say", "-e", "espeak", "-l", "de", "-o", f"{folder}/e.wav",
             "--events", f"{folder}/e.jsonl", "Guten Tag, am 3. Oktober."], environment)


def stream(kugel, environment):
    typed = "\n".join(f"{TEXT} {number}" for number in range(20)) + "\n"
    for engine in ("tone", "espeak"):
        run([kugel, "stream", "-e", engine, "--turn", "line", "-o", "-", "--format", "raw"], environment,
            typed=typed)
    run([kugel, "stream", "-e", "tone", "--tee", "-o", "/dev/null", "--format", "raw"], environment, typed=typed)


def session(kugel, environment):
    with tempfile.TemporaryDirectory() as folder:
        key = key_in(folder)
        for engine in ("tone", "espeak"):
            run([kugel, "session", "-e", engine, "-o", f"{folder}/{engine}.wav"], environment, typed=SCRIPT)


def multi(kugel, environment):
    with tempfile.TemporaryDirectory() as folder:
        play = pathlib.Path(folder) / "play.txt"
        play.write_text(PLAY)
        run([kugel, "multi", str(play), "-o", f"{folder}/play.wav"], environment)
        run([kugel, "multi", "--check", str(play)], environment)


def bench(kugel, environment):
    run([kugel, "bench", "-e", "tone", "-N", "3", "--barge-in", "1", "--json", "-"], environment)


def listings(kugel, environment):
    for words in (["voices"], ["voices", "--json"], ["--version"], ["help", "events"], ["completion", "zsh"],
                  ["say", "--help"]):
        run([kugel, *words], environment)
    run([kugel, "say", "--no-such-option"], environment, status=64)


@contextlib.contextmanager
def serving(kugel, environment, *options):
    process = subprocess.Popen(
        [kugel, "serve", "-q", "--listen", "127.0.0.1:0", *options], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=environment)
    try:
        ready, _, _ = select.select([process.stdout], [], [], 60)
        address = process.stdout.readline().decode().strip() if ready else ""
        holds(address.startswith("http"), "kugel serve did not begin")
        yield address
        process.send_signal(signal.SIGTERM)
        _, talk = process.communicate(timeout=LIMIT)
        same(process.returncode, 0, f"exit status of serve, saying {talk.decode()[-400:]!r},")
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def key_in(folder):
    key = pathlib.Path(folder) / "key"
    key.write_text("ka_sanitize\n")
    key.chmod(0o600)
    return key


def client(kugel, environment, key, address, *words):
    return run(
        [kugel, *words, "-e", "kugel", "--url", address, "--key-file", str(key), "-v", "123", "-l", "en",
         "-o", "-", "--format", "raw"], environment, typed=PLAIN + "\n")


def serve(kugel, environment):
    """Several clients at once, each of its own kind, then the answers to plain requests."""
    with tempfile.TemporaryDirectory() as folder:
        key = key_in(folder)
        for engine in ("tone", "espeak"):
            with serving(kugel, environment, "-e", engine, "--dictionaries", f"{folder}/{engine}.dict") as address:
                works = [["stream"], ["stream", "--turn", "line"], ["stream"], ["say", PLAIN]]
                heard = at_once([
                    lambda words=words: client(kugel, environment, key, address, words[0], *words[1:])
                    for words in works])
                if engine == "tone":
                    for sound in heard:
                        expect(sound, PLAIN)
                requests(address)


def faults(kugel, environment):
    with tempfile.TemporaryDirectory() as folder:
        key = key_in(folder)
        for plan in ("drop-after=3,times=1", "odd-bytes,unknown-frames,jitter=10", "close=1012,times=1"):
            with serving(kugel, environment, "-e", "tone", "--fault", plan) as address:
                expect(client(kugel, environment, key, address, "stream"), PLAIN)


def at_once(works):
    results = [None] * len(works)
    errors = []

    def perform(place):
        try:
            results[place] = works[place]()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=perform, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def requests(address):
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=LIMIT)
    with contextlib.closing(connection):
        for method, path, body in (
                ("GET", "/v1/voices", None), ("GET", "/metrics", None), ("GET", "/ready", None),
                ("GET", "/nowhere", None), ("POST", "/v1/dictionaries", '{"name":"a"}'),
                ("POST", "/v1/tts/generate", '{"text":"One two.","voice_id":123,"language":"en"}')):
            connection.request(method, path, body)
            connection.getresponse().read()


COMMANDS = {
    "say": say, "stream": stream, "session": session, "multi": multi, "bench": bench, "listings": listings,
    "serve": serve, "serve with faults": faults,
}
