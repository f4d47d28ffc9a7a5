"""What models write: kugel and the vendors' own SDKs are given the same bytes, and read the same text."""

import contextlib
import http.server
import json
import os
import pathlib
import random
import select
import subprocess
import tempfile
import threading
import time

import anthropic
import httpx2 as httpx
import openai

from checks import Checks, holds, same
from service import binary, clean_environment
from stream_bytes import TEXTS, chat, event, messages, responses

checks = Checks("streams")
NEWLINES = ("\n", "\r\n")


def cut(parts, seed):
    """The bytes in pieces as a socket might bring them, cut within letters and escapes too."""
    chance, rest = random.Random(seed), b"".join(parts)
    while rest:
        count = chance.choice((1, 2, 3, 17, 400))
        yield rest[:count]
        rest = rest[count:]


def transport(parts, seed):
    def answer(_):
        return httpx.Response(
            200, headers={"content-type": "text/event-stream"},
            content=(piece for piece in cut(parts, seed)))
    return httpx.Client(transport=httpx.MockTransport(answer))


def kugel(stream, *options):
    """What `kugel stream --tee` copies of these bytes, without the newline that ends an answer."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [binary(), "stream", "-q", "-e", "tone", "-o", str(pathlib.Path(folder) / "a.wav"), "--tee",
             *options],
            input=stream, capture_output=True, timeout=60, env=clean_environment(), check=False)
    same(done.returncode, 0, f"exit status ({done.stderr.decode().strip()})")
    return done.stdout.decode()


def alike(of_sdk, stream, text, name):
    same(of_sdk, text, "what the SDK reads")
    expected = text if text.endswith("\n") else text + "\n"
    same(kugel(stream, "--input", name), expected, f"what kugel reads as {name}")
    same(kugel(stream), expected, "what kugel reads by itself")


def each():
    for number, text in enumerate(TEXTS):
        for newline in NEWLINES:
            yield number, text, newline


@checks
def chat_completions():
    """chat completions: the text of the openai SDK"""
    for seed, text, newline in each():
        parts = list(chat(text, seed, newline))
        client = openai.OpenAI(api_key="k", base_url="http://x/v1", http_client=transport(parts, seed))
        stream = client.chat.completions.create(model="m", messages=[], stream=True)
        said = "".join(c.choices[0].delta.content or "" for c in stream if c.choices)
        alike(said, b"".join(parts), text, "openai-chat")


@checks
def response_events():
    """the Responses API: the text of the openai SDK"""
    for seed, text, newline in each():
        parts = list(responses(text, seed, newline))
        client = openai.OpenAI(api_key="k", base_url="http://x/v1", http_client=transport(parts, seed))
        stream = client.responses.create(model="m", input="x", stream=True)
        said = "".join(e.delta for e in stream if e.type == "response.output_text.delta")
        alike(said, b"".join(parts), text, "openai-responses")


@checks
def message_events():
    """Messages: the text of the anthropic SDK"""
    for seed, text, newline in each():
        parts = list(messages(text, seed, newline))
        client = anthropic.Anthropic(
            api_key="k", base_url="http://x", http_client=transport(parts, seed))
        with client.messages.stream(model="m", max_tokens=9, messages=[]) as stream:
            said = "".join(stream.text_stream)
        alike(said, b"".join(parts), text, "anthropic")


def refused(name, body, status, hint):
    """What kugel says of a stream that ends with an error."""
    done = subprocess.run(
        [binary(), "stream", "-q", "-e", "tone", "-o", "/dev/null", "--format", "raw", "--tee",
         "--input", name],
        input=body, capture_output=True, timeout=60, env=clean_environment(), check=False)
    same(done.returncode, status, f"exit status ({done.stderr.decode().strip()})")
    holds(hint in done.stderr.decode(), f"not told: {hint} in {done.stderr.decode()!r}")
    return done.stdout.decode()


@checks
def errors():
    """an error in the middle is an exception of the SDKs, and 65 or 75 of kugel, behind the text"""
    parts = list(chat("One. Two.", 1))[:-3]
    parts.append(event({"error": {"message": "It broke", "type": "server_error", "code": None}}))
    client = openai.OpenAI(api_key="k", base_url="http://x/v1", http_client=transport(parts, 1),
                           max_retries=0)
    told = None
    try:
        list(client.chat.completions.create(model="m", messages=[], stream=True))
    except openai.APIError as error:
        told = error.message
    same(told, "It broke", "what the openai SDK tells")
    same(refused("openai-chat", b"".join(parts), 75, "It broke"), "One. Two.\n", "text before it")
    parts = list(messages("One. Two.", 1))[:-3]
    parts.append(event({"type": "error", "error": {"type": "overloaded_error", "message": "Too busy"}},
                       "error"))
    client = anthropic.Anthropic(api_key="k", base_url="http://x", http_client=transport(parts, 1),
                                 max_retries=0)
    told = None
    try:
        with client.messages.stream(model="m", max_tokens=9, messages=[]) as stream:
            list(stream.text_stream)
    except anthropic.APIError as error:
        told = str(error)
    holds(told and "Too busy" in told, f"the anthropic SDK tells {told!r}")
    same(refused("anthropic", b"".join(parts), 75, "Too busy"), "One. Two.\n", "text before it")
    refused("openai-chat", b'{\n "error": {"message": "No such model", "code": "model_not_found"}\n}', 65,
            "No such model")


class Answering(http.server.BaseHTTPRequestHandler):
    """A server of the OpenAI shape: it sends what the check gives it, each part when it may."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part, gate in self.server.parts:
            if gate is not None and not gate.wait(30):
                return
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def answering(parts):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.parts, server.asked = parts, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def lines_until(stream, text, seconds=30):
    """Reads until `text` has come."""
    read, due = "", time.monotonic() + seconds
    while text not in read:
        ready, _, _ = select.select([stream], [], [], max(0, due - time.monotonic()))
        more = os.read(stream.fileno(), 65536).decode() if ready else ""
        holds(more, f"{text!r} did not come; {read!r} did")
        read += more
    return read


@checks
def curl():
    """curl -N from a server of the OpenAI shape: the text is there before the server goes on"""
    gate = threading.Event()
    first, second = "Said at once. ", "Said when the first was read."
    all_parts = list(chat(first + second, 3))
    # The first sentence, and then nothing until it was seen.
    count = next(n for n in range(len(all_parts)) if len(read(all_parts[:n])) >= len(first))
    parts = [(part, None) for part in all_parts[:count]]
    parts += [(part, gate) for part in all_parts[count:]]
    with answering(parts) as server, tempfile.TemporaryDirectory() as folder:
        sound = pathlib.Path(folder) / "a.wav"
        asking = subprocess.Popen(
            ["curl", "-sN", f"http://127.0.0.1:{server.server_address[1]}/v1/chat/completions",
             "-H", "Content-Type: application/json", "-d", '{"model": "m", "stream": true}'],
            stdout=subprocess.PIPE)
        speaking = subprocess.Popen(
            [binary(), "stream", "-q", "-e", "tone", "-o", str(sound), "--tee"], stdin=asking.stdout,
            stdout=subprocess.PIPE, env=clean_environment())
        asking.stdout.close()
        try:
            said = lines_until(speaking.stdout, first.strip())
            gate.set()
            said += speaking.stdout.read().decode()
            same(speaking.wait(30), 0, "exit status of kugel")
            same(asking.wait(30), 0, "exit status of curl")
        finally:
            for process in (asking, speaking):
                if process.poll() is None:
                    process.kill()
                    process.wait()
        same(said, first + second + "\n", "what was copied")
        same([path for path, _ in server.asked], ["/v1/chat/completions"], "requests")
        holds(sound.stat().st_size > 44, "no sound was made")


def read(parts):
    """The text of chat completions, by nobody's decoder."""
    text = ""
    for part in parts:
        data = part.decode().partition("data: ")[2].strip()
        if data.startswith("{"):
            for choice in json.loads(data)["choices"]:
                text += choice["delta"].get("content") or ""
    return text


@checks
def events():
    """tools and usage go into the events; what is announced is said"""
    parts = list(chat("One.", 1))
    call = event({"choices": [{"index": 0, "delta": {"tool_calls": [
        {"index": 0, "function": {"name": "look_up", "arguments": "{}"}}]}, "finish_reason": None}]})
    stream = b"".join(parts[:-3] + [call] + parts[-3:])
    for options, characters in (((), 4), (("--tools", "announce"), 11)):
        done = subprocess.run(
            [binary(), "stream", "-q", "-e", "tone", "-o", "/dev/null", "--format", "raw", "--events",
             "-", *options],
            input=stream, capture_output=True, timeout=60, env=clean_environment(), check=True)
        told = [json.loads(line) for line in done.stdout.splitlines()]
        same([e["name"] for e in told if e["ev"] == "answer.tool"], ["look_up"], "tools")
        usage = [(e["input_tokens"], e["output_tokens"]) for e in told if e["ev"] == "answer.usage"]
        same(usage, [(3, 5)], "usage")
        holds(sum(e["chars"] for e in told if e["ev"] == "text") >= characters, "not all was said")


if __name__ == "__main__":
    checks.run()
