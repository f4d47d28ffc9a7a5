"""What models write: how long a delta takes from stdin to its text, and how fast and in how much memory
long streams are read. jq is the peer that a shell would use in kugel's place."""

import json
import os
import select
import shutil
import subprocess
import time

from measure import Failed, Row, percentile, run

MEGABYTES = 100
# Nothing but the format is measured.
RAW = ("--raw-text",)
# What a token is, more or less.
TOKENS = ("Good", " mor", "ning", ",", " it", " rains", " in", " Pa", "ris", ".", " ")


def sse(objects, done=""):
    return "".join(f"data: {json.dumps(o)}\n\n" for o in objects) + done


def lines(objects):
    return "".join(json.dumps(o) + "\n" for o in objects)


def openai_chat(text):
    head = {"id": "chatcmpl-7", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return sse([{**head, "choices": [{"index": 0, "delta": {"content": t}, "finish_reason": None}]} for t in text])


def openai_responses(text):
    return sse([{"type": "response.output_text.delta", "sequence_number": 9, "item_id": "msg_1", "output_index": 0,
                 "content_index": 0, "delta": t, "logprobs": []} for t in text])


def llamacpp(text):
    return sse([{"index": 0, "content": t, "tokens": [1], "stop": False, "id_slot": -1} for t in text])


def anthropic(text):
    return "".join("event: content_block_delta\n" + sse(
        [{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": t}}]) for t in text)


def ollama(text):
    return lines([{"model": "m", "created_at": "2026-11-01T00:00:00Z",
                   "message": {"role": "assistant", "content": t}, "done": False} for t in text])


def claude(text):
    return lines([{"type": "stream_event", "event": {"type": "content_block_delta", "index": 0,
                                                    "delta": {"type": "text_delta", "text": t}},
                   "session_id": "s", "parent_tool_use_id": None} for t in text])


def codex(text):
    return lines([{"type": "item.completed", "item": {"id": "i", "type": "agent_message", "text": "".join(text)}}])


def gemini(text):
    return lines([{"type": "message", "timestamp": "t", "role": "assistant", "content": t, "delta": True} for t in text])


def opencode(text):
    return lines([{"type": "text", "timestamp": 1, "sessionID": "s", "part": {"type": "text", "text": "".join(text)}}])


def pi(text):
    return lines([{"type": "message_update", "message": {"role": "assistant"},
                   "assistantMessageEvent": {"type": "text_delta", "contentIndex": 0, "delta": t}} for t in text])


def copilot(text):
    return lines([{"type": "assistant.message_delta", "id": "e", "data": {"messageId": "m", "deltaContent": t}} for t in text])


def hook(text):
    return lines([{"session_id": "s", "hook_event_name": "MessageDisplay", "message_id": "m", "index": 1, "delta": "".join(text)}])


def plain(text):
    return "".join(text)


# Format: what writes a text in it; how it begins; how it ends.
FORMATS = {
    "text": (plain, "", ""),
    "ollama-run": (plain, "Thinking...\nWell.\n...done thinking.\n\n", ""),
    "ollama": (ollama, "", '{"model":"m","message":{"content":""},"done":true,"done_reason":"stop"}\n'),
    "openai-chat": (openai_chat, "", "data: [DONE]\n\n"),
    "openai-responses": (openai_responses, "", 'data: {"type":"response.completed","response":{}}\n\n'),
    "llamacpp": (llamacpp, "", 'data: {"content":"","stop":true,"stop_type":"eos"}\n\n'),
    "anthropic": (anthropic, 'data: {"type":"message_start","message":{"id":"m"}}\n\n', 'data: {"type":"message_stop"}\n\n'),
    "claude": (claude, '{"type":"system"}\n', '{"type":"result","is_error":false}\n'),
    "codex": (codex, '{"type":"thread.started"}\n', '{"type":"turn.completed"}\n'),
    "gemini": (gemini, '{"type":"init","model":"m"}\n', '{"type":"result","status":"success"}\n'),
    "opencode": (opencode, '{"type":"step_start"}\n', '{"type":"step_finish","part":{"reason":"stop"}}\n'),
    "pi": (pi, '{"type":"session"}\n', '{"type":"agent_end"}\n'),
    "copilot": (copilot, '{"type":"session.start","data":{}}\n', ""),
    "hook": (hook, "", ""),
}


def write(path, name, megabytes):
    """A stream of this format, of about so many megabytes."""
    make, begin, end = FORMATS[name]
    block = make(TOKENS * 200).encode()
    with open(path, "wb") as file:
        file.write(begin.encode())
        for _ in range(max(1, megabytes * 1_000_000 // len(block))):
            file.write(block)
        file.write(end.encode())
    return os.path.getsize(path) / 1e6


def through(kugel, name, path):
    with open(path, "rb") as stream:
        done = run([kugel, "stream", "-q", "-e", "tone", "--print", *RAW, "--input", name], stdin=stream)
    if done.status != 0:
        raise Failed(f"kugel stream --input {name} ended with {done.status}")
    return done


def throughput(kugel, scratch):
    """Each format, long and short: megabytes a second, and what the long one takes in memory."""
    path = os.path.join(scratch, "stream")
    for name in FORMATS:
        write(path, name, 1)
        short = through(kugel, name, path)
        size = write(path, name, MEGABYTES)
        long = through(kugel, name, path)
        against, ratio = "", ""
        if name == "openai-chat" and shutil.which("jq"):
            peer = jq(path)
            against, ratio = f"sed and jq {size / peer:.1f} MB/s", f"{peer / long.wall:.1f}x"
        yield Row("streams", f"{name}, {size:.0f} MB", f"{size / long.wall:.0f} MB/s", against, ratio)
        yield Row("streams", "peak memory", f"{long.peak:.1f} MiB", f"1 MB {short.peak:.1f} MiB",
                  f"{long.peak / short.peak:.2f}x", "1.10x")


def jq(path):
    """What people write in a shell to get at the text; seconds."""
    words = "sed -n 's/^data: {/{/p' \"$1\" | jq -j '.choices[0].delta.content // empty' >/dev/null"
    begin = time.perf_counter()
    subprocess.run(["sh", "-c", words, "sh", path], check=True)
    return time.perf_counter() - begin


class Printer:
    """A `kugel stream --print` under way, that is given one token at a time and knows how long it had each."""

    def __init__(self, kugel, name, scratch, clock):
        make, begin, _ = FORMATS[name]
        self.make, self.found = make, os.path.join(scratch, f"delays of {name}")
        self.child = subprocess.Popen(
            [kugel, "stream", "-q", "-e", "tone", "--print", *RAW, "--input", name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            env=os.environ | {"LD_PRELOAD": clock, "STREAM_CLOCK": self.found})
        self.child.stdin.write(begin.encode())

    def give(self, number):
        """Writes a token, and waits for its text."""
        self.child.stdin.write(self.make([f"w{number} "]).encode())
        ready, _, _ = select.select([self.child.stdout], [], [], 10)
        if not ready or not os.read(self.child.stdout.fileno(), 4096):
            raise Failed("a token did not come out")

    def delays(self):
        """Seconds from the read of each token to its text."""
        self.child.stdin.close()
        while os.read(self.child.stdout.fileno(), 4096):
            pass
        self.child.wait()
        with open(self.found, encoding="ascii") as found:
            return [int(line) / 1e9 for line in found]


def delta(kugel, scratch, rounds=4000):
    """From a token at stdin to its text, which a session would be given; the formats take turns, so that all meet the
    same machine."""
    clock = os.path.join(scratch, "stream_clock.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "stream_clock.c")
    subprocess.run(["cc", "-O2", "-fPIC", "-shared", "-o", clock, source, "-ldl"], check=True)
    names = ("text", *(name for name in FORMATS if name not in ("text", "codex", "opencode", "hook")))
    printers = {name: Printer(kugel, name, scratch, clock) for name in names}
    for number in range(rounds):
        for printer in printers.values():
            printer.give(number)
    delays = {name: printer.delays()[100:] for name, printer in printers.items()}
    plain = delays.pop("text")
    for name, found in delays.items():
        if len(found) < rounds * 0.9:
            raise Failed(f"{len(found)} of {rounds} tokens of {name} were timed")
        for percent, target in ((50, ""), (99, "50 µs")):
            yield Row("streams", f"a delta, {name}, p{percent}", f"{percentile(found, percent) * 1e6:.0f} µs",
                      f"plain text {percentile(plain, percent) * 1e6:.0f} µs", "", target)


PARTS = {"delta": delta, "throughput": throughput}
