"""What others call speech: an hour in OpenAI's requests and over ElevenLabs' socket, each beside the same over ours, and
whether a request's sentence follows the one before without a gap."""

import array
import os
import subprocess

from measure import Failed, Row, milliseconds, repeat, run
from openai_service import openai
from sound_server import RATE, SoundServer
from tone import tone
from wire import service, written

# With the tone engine 99 words of 50 ms and one of 60 ms: 5.01 s.
FIVE_SECONDS = " ".join(["a"] * 100) + "."
# What a server needs for a sentence, in seconds.
NEEDED = 0.1


def hour(kugel, scratch, sentences=720):
    """A request for each sentence of five seconds, beside the same over a socket."""
    other, socket = beside(kugel, scratch, "openai", sentences)
    yield from rows(f"{sentences / 12:.0f} min through /v1/audio/speech, {sentences} requests, CPU", other, socket)


def contexts(kugel, scratch, sentences=720):
    """A file, which goes as a growing text does, over ElevenLabs' socket of contexts, with the times of its characters."""
    other, socket = beside(kugel, scratch, "elevenlabs", sentences)
    yield from rows(f"{sentences / 12:.0f} min over ElevenLabs' socket, with times, CPU", other, socket)


def rows(what, other, socket):
    yield Row("endpoint", what, f"{other.cpu:.2f} s", f"over the own socket {socket.cpu:.2f} s",
              f"{other.cpu / socket.cpu:.2f}x", "1.20x")
    yield Row("endpoint", "wall (the server included)", f"{other.wall:.2f} s", f"over the own socket {socket.wall:.2f} s",
              f"{other.wall / socket.wall:.2f}x")


def beside(kugel, scratch, engine, sentences):
    """What the same sound takes over a service's way and over the own socket."""
    text = written(scratch, "requests.txt", "\n".join([FIVE_SECONDS] * sentences))
    paths = [os.path.join(scratch, name) for name in ("other.raw", "socket.raw")]

    def clear(_):
        for path in paths:
            if os.path.exists(path):
                os.remove(path)

    with service(kugel, "tone", "--max-text", "1000000") as address:
        commands = [
            [kugel, "say", "-q", "-e", name, "--url", address, "--voice", "1", "--format", "raw", "-o", path, "-f",
             text] for name, path in zip((engine, "kugel"), paths)]
        measured = repeat(3, *commands, prepare=clear)
        # What was measured must be the same sound.
        sizes = []
        for words, path in zip(commands, paths):
            clear(0)
            run(words)
            sizes.append(os.path.getsize(path))
        clear(0)
    if len(set(sizes)) > 1:
        raise Failed(f"the two received {sizes} bytes of sound")
    return measured


def longest_silence(sound):
    """Seconds of the longest run of zeros."""
    longest = run_of = 0
    for sample in array.array("h", sound):
        run_of = 0 if sample else run_of + 1
        longest = max(longest, run_of)
    return longest / RATE


def gaps(kugel, _, sentences=20):
    """At a device that plays in time."""
    text = " ".join(f"Sentence number {n} goes on." for n in range(sentences))
    with openai(delay=NEEDED) as served, SoundServer() as server:
        since = server.mark()
        subprocess.run(
            [kugel, "say", "-q", "-e", "openai", "--url", served.address, "-v", "af_bella", text],
            env=os.environ | server.environment, check=True, stdin=subprocess.DEVNULL, timeout=120)
        heard = server.heard(since)
    spoken = tone(text).strip(b"\0")
    # A millisecond at the ends may have been as good as silent.
    if len(heard) < len(spoken) - 2 * RATE // 1000:
        raise Failed(f"{len(heard)} of {len(spoken)} bytes were heard")
    least = longest_silence(spoken)
    silence = longest_silence(heard)
    yield Row("endpoint", f"{sentences} sentences, {milliseconds(NEEDED)} of work for each: the longest silence heard",
              milliseconds(silence), f"in what was made {milliseconds(least)}", f"{milliseconds(silence - least)} more",
              "none")
    yield Row("endpoint", "sound heard", f"{len(heard) / 2 / RATE:.2f} s", f"made {len(spoken) / 2 / RATE:.2f} s")


PARTS = {"hour": hour, "contexts": contexts, "gaps": gaps}
