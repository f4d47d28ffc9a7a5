"""A stand-in for servers with OpenAI's speech endpoint, each as different as the notes say; it speaks tones.

It keeps to the notes on that protocol, section by section; the official SDK vouches for it.
"""

import base64
import contextlib
import json
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tone import tone

KEY = "sk-stand-in-91b3"
VOICES = {"af_bella": 1, "bm_george": 2, "alloy": 3}
# Uneven on purpose: samples are cut in two.
PIECE = 4801


def wave(sound, rate, length):
    """A WAVE file; `length` as its header has it, None: the true one."""
    size = len(sound) if length is None else length
    riff = min(size + 36, 0xFFFFFFFF) if size else 0
    return (b"RIFF" + struct.pack("<I", riff) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, 2 * rate, 2, 16)
            + b"data" + struct.pack("<I", size) + sound)


class OpenAI:
    """What was asked of it is kept: `paths`, `headers` and `bodies`.

    Faults: `formats`, those that it knows; `detail`, errors as FastAPI has them; `type`, the `Content-Type`;
    `length`, of a WAVE header; `rate`, Hz; `whole`, with a length and no chunks; `events`, asked for or not;
    `delay`, seconds before the sound; `slow`, seconds between pieces; `status`, answers before the first good
    one; `drop`, the answer that breaks off, or all; `voices`, how they are listed; `file`, bytes in place of sound;
    `odd`, bytes behind it; `key`, whether one is asked for; `base`, in place of /v1; `hangs_up`, after each answer:
    told or untold.
    """

    def __init__(self, **faults):
        self.faults = faults
        self.paths, self.headers, self.bodies = [], [], []
        self.begun, self.ended = [], []
        self.lock = threading.Lock()
        self.under_way = self.most_under_way = self.broken = 0
        self.connections = set()
        self.address = None

    @property
    def inputs(self):
        return [body["input"] for body in self.bodies]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def note(self, body=None):
        with self.server.kept.lock:
            self.server.kept.paths.append(self.path)
            self.server.kept.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.server.kept.connections.add(self.client_address)
            if body is not None:
                self.server.kept.bodies.append(body)

    def answer(self, status, body, **headers):
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def refuse(self, status, message, parameter=None, code=None):
        headers = {"Retry_After": "0"} if status == 429 else {}
        if self.server.kept.faults.get("detail"):
            return self.answer(status, {"detail": [{"loc": ["body", parameter], "msg": message, "type": "x"}]}, **headers)
        self.answer(status, {"error": {"message": message, "type": "invalid_request_error", "param": parameter,
                                       "code": code}}, **headers)

    def admits(self):
        if not self.server.kept.faults.get("key") or self.headers.get("Authorization") == f"Bearer {KEY}":
            return True
        self.refuse(401, "Incorrect API key provided.", None, "invalid_api_key")
        return False

    @property
    def base(self):
        return self.server.kept.faults.get("base", "/v1")

    def do_GET(self):
        self.note()
        faults = self.server.kept.faults
        if not self.admits():
            return
        if self.path == self.base + "/models":
            return self.answer(200, {"object": "list", "data": [
                {"id": name, "object": "model", "created": 1, "owned_by": "x"} for name in ("kokoro", "tts-1")]})
        listed = faults.get("voices", "names")
        if self.path == self.base + "/audio/voices" and listed != "none":
            voices = list(VOICES) if listed != "objects" else [{"id": name, "name": name.title()} for name in VOICES]
            more = {"uploaded_voices": [{"name": "mine"}]} if listed == "uploaded" else {}
            return self.answer(200, {"voices": voices} | more)
        self.refuse(404, "Not Found")

    def do_POST(self):
        kept, faults = self.server.kept, self.server.kept.faults
        length = int(self.headers["Content-Length"])
        text = self.rfile.read(length)
        if len(text) < length:
            with kept.lock:
                kept.broken += 1
            self.close_connection = True
            return
        body = json.loads(text)
        self.note(body)
        with kept.lock:
            number = len(kept.bodies) - 1
            kept.under_way += 1
            kept.most_under_way = max(kept.most_under_way, kept.under_way)
        try:
            self.speak(body, number, faults)
        except (BrokenPipeError, ConnectionResetError):
            with kept.lock:
                kept.broken += 1
            self.close_connection = True
        finally:
            with kept.lock:
                kept.under_way -= 1

    def speak(self, body, number, faults):
        if not self.admits():
            return
        if self.path != self.base + "/audio/speech":
            return self.refuse(404, "Not Found")
        statuses = faults.get("status", [])
        if number < len(statuses):
            return self.refuse(statuses[number], "not now")
        form = body.get("response_format", "mp3")
        if form not in faults.get("formats", ("pcm", "wav")):
            return self.refuse(faults.get("refusal", 400), f"Unsupported response_format: {form}", "response_format")
        voice = body["voice"] if isinstance(body["voice"], str) else body["voice"]["id"]
        voice = VOICES.get(voice.split("(")[0])
        if voice is None:
            return self.refuse(404, "no such voice", "voice")
        sound = tone(body["input"], voice, body.get("speed", 1.0))
        kind = {"pcm": "audio/pcm", "wav": "audio/wav"}[form]
        if form == "wav":
            sound = wave(sound, faults.get("rate", 24000), faults.get("length"))
        sound = faults.get("file", sound) + bytes(faults.get("odd", 0))
        events = body.get("stream_format") == "sse" or faults.get("events")
        time.sleep(faults.get("delay", 0))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if events else faults.get("type", kind))
        if faults.get("hangs_up"):
            self.close_connection = True
            if faults["hangs_up"] == "told":
                self.send_header("Connection", "close")
        pieces = [sound[start:start + PIECE] for start in range(0, len(sound), PIECE)]
        if events:
            told = [{"type": "speech.audio.delta", "audio": base64.b64encode(piece).decode()} for piece in pieces]
            told.append({"type": "speech.audio.done", "usage": {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}})
            pieces = [f"data: {json.dumps(each)}\n\n".encode() for each in told]
        if faults.get("whole"):
            self.send_header("Content-Length", str(sum(map(len, pieces))))
            self.end_headers()
            return self.wfile.write(b"".join(pieces))
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for place, piece in enumerate(pieces):
            if faults.get("drop") in (number, "all") and place == 1:
                self.close_connection = True
                return
            self.wfile.write(b"%x\r\n" % len(piece) + piece + b"\r\n")
            self.wfile.flush()
            time.sleep(faults.get("slow", 0))
        self.wfile.write(b"0\r\n\r\n")


class Server(ThreadingHTTPServer):
    def handle_error(self, *about):
        """Clients leave when they like."""


@contextlib.contextmanager
def openai(**faults):
    """A stand-in under way in threads of its own, on a port that is free."""
    kept = OpenAI(**faults)
    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.kept = kept
    kept.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
