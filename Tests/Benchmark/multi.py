"""Many contexts: what twenty of them cost against one, and how soon the twentieth is heard."""

import contextlib
import json
import os
import socket
import statistics
import struct
import subprocess
import time

from measure import Failed, Row, milliseconds, percentile, repeat, run
from wire import SENTENCE, TONES, TURN, port, written

MANY = 20
# Turns of four minutes: 1.3 hours of audio.
TURNS = 20
ROUNDS = 30
# Of published examples; every engine has it.
VOICE = 123


class Contexts:
    """A socket of `/ws/tts/multi`, in the fewest words."""

    def __init__(self, address):
        self.socket = socket.create_connection(("127.0.0.1", int(port(address))))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer, self.place = bytearray(), 0
        # Flushes that were answered, and those whose answer was waited for.
        self.answered = self.awaited = 0
        self.socket.sendall(
            b"GET /ws/tts/multi HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        self.place = self.buffer.index(b"\r\n\r\n") + 4

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def more(self):
        data = self.socket.recv(1 << 18)
        if not data:
            raise Failed("the service has closed the socket")
        self.buffer += data

    def need(self, count):
        while len(self.buffer) - self.place < count:
            if self.place > 1 << 20:
                del self.buffer[:self.place]
                self.place = 0
            self.more()

    def send(self, *frames):
        message = b""
        for frame in frames:
            text = json.dumps(frame).encode()
            # A mask of zeros leaves the text as it is.
            size = struct.pack("!BH", 254, len(text)) if len(text) > 125 else bytes([128 + len(text)])
            message += b"\x81" + size + bytes(4) + text
        self.socket.sendall(message)

    def message(self):
        self.need(10)
        size, head = self.buffer[self.place + 1], 2
        if size == 126:
            size, head = struct.unpack_from("!H", self.buffer, self.place + 2)[0], 4
        elif size == 127:
            size, head = struct.unpack_from("!Q", self.buffer, self.place + 2)[0], 10
        self.need(head + size)
        begin = self.place + head
        self.place = begin + size
        message = self.buffer[begin:self.place]
        if message.startswith(b'{"error"'):
            raise Failed(f"the service says {message.decode()}")
        if not message.startswith(b'{"audio"') and b'"final"' in message:
            self.answered += 1
        return message

    def create(self, count):
        self.send(*({"text": " ", "context_id": f"c{n}", "voice_settings": {"voice_id": VOICE}} for n in range(count)))
        for _ in range(count):
            while b'"context_created"' not in self.message():
                pass

    def finals(self, count):
        """Reads until so many more flushes are answered."""
        self.awaited += count
        while self.answered < self.awaited:
            self.message()

    def heard(self, context):
        """Reads until audio of the context comes; gives the time."""
        mark = f'"context_id":"{context}"'.encode()
        while True:
            message = self.message()
            if message.startswith(b'{"audio"') and mark in message:
                return time.monotonic()


@contextlib.contextmanager
def service(kugel, engine):
    """A fresh server's address and process."""
    child = subprocess.Popen(
        [kugel, "serve", "-q", "-e", engine, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        yield child.stdout.readline().strip(), child.pid
    finally:
        child.terminate()
        child.wait(timeout=10)
        child.stdout.close()


def processor_seconds(process):
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def turn(context, text):
    return {"text": text, "context_id": f"c{context}", "flush": True}


def spoken(kugel, engine, text, contexts):
    """The server's seconds of CPU for the same turns in so many contexts."""
    with service(kugel, engine) as (address, process), Contexts(address) as client:
        client.create(contexts)
        before = processor_seconds(process)
        for _ in range(TURNS // contexts):
            client.send(*(turn(context, text) for context in range(contexts)))
            client.finals(contexts)
        return processor_seconds(process) - before


def served(kugel, _):
    for engine, text in (("tone", " ".join([TONES] * TURN)), ("espeak", " ".join([SENTENCE] * 25))):
        runs = [(spoken(kugel, engine, text, 1), spoken(kugel, engine, text, MANY)) for _ in range(3)]
        one, many = (statistics.median(run[place] for run in runs) for place in (0, 1))
        yield Row(
            "contexts", f"kugel serve, {engine}: the same audio in {MANY} contexts, CPU", f"{many:.2f} s",
            f"in one context {one:.2f} s", f"{many / one:.2f}x", "1.30x")


def script(speakers):
    """Sixty lines for each of twenty names, spoken by so many speakers."""
    lines = [f"@voice v{n} = {n + 1}" for n in range(speakers)]
    lines += [f"v{n % speakers}: {' '.join([TONES] * 4)}" for n in range(60 * MANY)]
    return "\n".join(lines)


def mixed(kugel, scratch):
    paths = [written(scratch, f"{count}.txt", script(count)) for count in (MANY, 1)]
    command = [kugel, "multi", "-q", "-e", "tone", "--format", "raw", "-o"]
    many, one = repeat(3, *([*command, "/dev/null", path] for path in paths))
    yield Row("contexts", f"kugel multi, tone: 1.3 h by {MANY} speakers, CPU", f"{many.cpu:.2f} s",
              f"by one speaker {one.cpu:.2f} s", f"{many.cpu / one.cpu:.2f}x", "1.30x")
    short, long = (
        written(scratch, f"{count} lines.txt", "\n".join(
            ["@voice a = 1", "@voice b = 2", *(f"{'ab'[n % 2]}: This is line {n} of it." for n in range(count))]))
        for count in (500, 10_000))
    (few,), (lots,) = repeat(3, [*command, "/dev/null", short]), repeat(1, [*command, "/dev/null", long])
    with open(long, "rb") as text:
        piped = piped_peak([*command, "-"], text)
    yield Row("contexts", "script of 10,000 lines, peak memory", f"{lots.peak:.1f} MiB",
              f"500 lines {few.peak:.1f} MiB", f"{lots.peak / few.peak:.2f}x")
    yield Row("contexts", "the same through pipes, peak memory", f"{piped:.1f} MiB", "", "", "32 MiB")


def piped_peak(command, text):
    """MiB of a run whose script and sound are pipes."""
    feeder = subprocess.Popen(["cat"], stdin=text, stdout=subprocess.PIPE)
    drain = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    result = run(command, stdin=feeder.stdout, stdout=drain.stdin)
    for process in (feeder, drain):
        (process.stdin or process.stdout).close()
        process.wait()
    if result.status:
        raise Failed(f"kugel multi ended with {result.status}")
    return result.peak


def first_sounds(kugel, _):
    """Of the first and the last of twenty contexts: alone with the engine, while the others speak, and all at once."""
    alone, last, among, together = [], [], [], []
    with service(kugel, "espeak") as (address, _):
        for _ in range(ROUNDS):
            with Contexts(address) as client:
                client.create(MANY)
                for context, times in ((0, alone), (MANY - 1, last)):
                    sent = time.monotonic()
                    client.send(turn(context, SENTENCE))
                    times.append(client.heard(f"c{context}") - sent)
                    client.finals(1)
                client.send(*(turn(context, " ".join([SENTENCE] * 4)) for context in range(MANY - 1)))
                client.heard("c0")
                sent = time.monotonic()
                client.send(turn(MANY - 1, SENTENCE))
                among.append(client.heard(f"c{MANY - 1}") - sent)
                client.finals(MANY)
            with Contexts(address) as client:
                client.create(MANY)
                sent = time.monotonic()
                client.send(*(turn(context, SENTENCE) for context in range(MANY)))
                together.append(client.heard(f"c{MANY - 1}") - sent)
                client.finals(MANY)
    first = percentile(alone, 50)
    against = f"first context {milliseconds(first)}"
    for what, times, target in (
        ("of the 20th context, p50", last, "2.00x"),
        ("of the 20th while 19 have four sentences each to be spoken, p50", among, ""),
        ("of the 20th when all 20 are asked at once, p50", together, "40 ms"),
    ):
        middle = percentile(times, 50)
        yield Row("contexts", f"espeak, first audio {what}", milliseconds(middle), against,
                  f"{middle / first:.2f}x", target)


PARTS = {"served": served, "mixed": mixed, "first sound": first_sounds}
