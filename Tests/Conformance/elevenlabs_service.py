"""A stand-in for the ElevenLabs service: both sockets, the calls that stream and the list of voices, speaking tones.

It keeps to the notes on that protocol, section by section; the official SDK vouches for it.
"""

import asyncio
import base64
import contextlib
import http
import json
import threading
import urllib.parse

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from tone import length, tone

KEY = "sk_eleven_71c2"
VOICES = {"JBFqnCBsd6RMkjVDRZzb": "George", "EXAVITQu4vr4xnSDxMaL": "Sarah"}
# Uneven on purpose: samples are cut in two.
PIECE = 4801


class Refusal(Exception):
    def __init__(self, name, message, code=1008):
        super().__init__(message)
        self.frame = {"message": message, "error": name, "code": code}
        self.code = code


class Context:
    def __init__(self, first):
        settings = first.get("voice_settings") or {}
        self.speed = settings.get("speed", 1.0)
        config = first.get("generation_config") or {}
        self.schedule = config.get("chunk_length_schedule") or [120, 160, 250, 290]
        self.buffer, self.step = "", 0
        self.waiting = asyncio.Queue()

    def take(self, text, flush):
        """Texts that are spoken now."""
        self.buffer += text
        due = self.schedule[min(self.step, len(self.schedule) - 1)]
        if flush:
            spoken, self.buffer = self.buffer, ""
        elif len(self.buffer) >= due:
            cut = self.buffer.rfind(" ") + 1
            spoken, self.buffer = self.buffer[:cut], self.buffer[cut:]
        else:
            return []
        self.step += 1
        return [spoken] if spoken.strip() else []


def alignment(text, speed):
    """The characters of a text whose words are tones."""
    chars, starts, durations, at = [], [], [], 0
    for word in text.split(" "):
        if chars or not word:
            chars.append(" ")
            starts.append(at // 24)
            durations.append(0)
        for place, char in enumerate(word):
            whole = length(word, speed)
            begin = (at + whole * place // len(word)) // 24
            chars.append(char)
            starts.append(begin)
            durations.append((at + whole * (place + 1) // len(word)) // 24 - begin)
        at += length(word, speed) if word else 0
    return {"chars": chars, "charStartTimesMs": starts, "charDurationsMs": durations}


class ElevenLabs:
    """What was asked of it is kept: `targets`, `headers`, for each socket its `messages`, and the `calls`."""

    def __init__(self, **faults):
        self.faults = faults
        self.targets, self.headers, self.messages, self.calls = [], [], [], []
        self.address = None
        self.sockets = self.pieces = self.connections = 0

    # HTTP

    def request(self, connection, request):
        """An answer, or nothing where a WebSocket is to be opened."""
        self.targets.append(request.path)
        self.headers.append(dict(request.headers.raw_items()))
        path = urllib.parse.urlsplit(request.path).path
        if path == "/v1/voices":
            listed = [
                {"voice_id": voice, "name": name, "category": "premade",
                 "labels": {"gender": "male" if name == "George" else "female", "language": "en"},
                 "verified_languages": [{"language": "en"}, {"language": "de"}]}
                for voice, name in VOICES.items()]
            if request.headers.get("xi-api-key") != KEY:
                return self.refusal(connection, 401, "unauthorized", "Invalid API key")
            return self.answer(connection, 200, {"voices": listed})
        if "status" in self.faults:
            return self.refusal(connection, *self.faults["status"])
        model = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(request.path).query)).get("model_id", "")
        if model.startswith(tuple(self.faults.get("socketless", ["eleven_v3"]))):
            return self.refusal(connection, 400, "unsupported_model", "Not on this endpoint")
        if "single" in self.faults and path.endswith("multi-stream-input"):
            return self.refusal(connection, self.faults["single"], "not_found", "no such path")
        if not path.endswith("stream-input"):
            return self.refusal(connection, 404, "not_found", "no such path")
        return None

    def refusal(self, connection, status, code, message):
        detail = {"type": "x", "code": code, "message": message, "request_id": "r1"}
        return self.answer(connection, status, {"detail": detail})

    @staticmethod
    def answer(connection, status, body):
        response = connection.respond(http.HTTPStatus(status), json.dumps(body))
        response.headers["Content-Type"] = "application/json"
        if status == 429:
            response.headers["Retry-After"] = "0"
        return response

    # Calls: what takes sockets takes no POST, so that those are looked at before it

    async def accept(self, reader, writer):
        """One connection: calls are answered here, one after the other, all else goes to where sockets are."""
        self.connections += 1
        try:
            first = await reader.readuntil(b"\r\n\r\n")
            while first.startswith(b"POST "):
                await self.call(first.decode(), reader, writer)
                first = await reader.readuntil(b"\r\n\r\n")
            await self.relay(first, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            pass
        finally:
            writer.close()

    async def relay(self, first, reader, writer):
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.inner)
        inner_writer.write(first)

        async def pump(source, sink):
            try:
                while piece := await source.read(65536):
                    sink.write(piece)
                    await sink.drain()
            except (ConnectionError, OSError):
                pass
            finally:
                sink.close()

        await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))

    async def call(self, head, reader, writer):
        line, *fields = head.split("\r\n")
        target = line.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in
                   (field.partition(":") for field in fields if field)}
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        self.targets.append(target)
        self.headers.append(headers)
        self.calls.append(body)
        parts = urllib.parse.urlsplit(target)
        _, _, _, voice, *what = parts.path.split("/")
        query = dict(urllib.parse.parse_qsl(parts.query))

        def answer(status, kind, more=""):
            writer.write((f"HTTP/1.1 {status} x\r\nContent-Type: {kind}\r\n"
                          f"Transfer-Encoding: chunked\r\n{more}\r\n").encode())

        def chunk(data):
            writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

        def refuse(status, code, message):
            answer(status, "application/json", "Retry-After: 0\r\n" if status == 429 else "")
            detail = {"type": "x", "code": code, "message": message, "request_id": "r1"}
            chunk(json.dumps({"detail": detail}).encode())
            writer.write(b"0\r\n\r\n")

        shown = headers.get("xi-api-key") or headers.get("authorization", "").removeprefix("Bearer ")
        if "status" in self.faults:
            return refuse(*self.faults["status"])
        if shown != KEY:
            return refuse(401, "unauthorized", "Invalid API key")
        if voice not in VOICES:
            return refuse(404, "voice_not_found", f"A voice with voice_id {voice} was not found.")
        if "callless" in self.faults:
            return refuse(self.faults["callless"], "not_found", "Not Found")
        timed = what == ["stream", "with-timestamps"]
        if not timed and what != ["stream"] or timed and "untimed" in self.faults:
            return refuse(404, "not_found", "no such path")
        if "refuse" in self.faults:
            code, message, *status = self.faults["refuse"]
            return refuse(402 if code == "quota_exceeded" else 500, code, message)
        speed = (body.get("voice_settings") or {}).get("speed", 1.0)
        sound = tone(body["text"], 1, speed)
        if query["output_format"] == "ulaw_8000":
            sound = b"\xff" * (len(sound) // 6)
        times = alignment(body["text"], speed)
        await asyncio.sleep(self.faults.get("delay", 0))
        cost = f"character-cost: {len(body['text']) // 2}\r\n" if "costless" not in self.faults else ""
        answer(200, "application/json" if timed else "audio/pcm", cost)
        # Within a word, on purpose.
        half = len(times["chars"]) // 2
        for number, start in enumerate(range(0, len(sound), PIECE)):
            piece = sound[start:start + PIECE]
            if timed:
                span = {0: slice(0, half), 1: slice(half, None)}.get(number)
                if len(sound) <= PIECE:
                    span = slice(0, None)
                data = {"audio_base64": base64.b64encode(piece).decode(), "normalized_alignment": None,
                        "alignment": span and self.seconds(times, span)}
                piece = json.dumps(data).encode() + b"\n"
            # Borders of chunks are nobody's.
            chunk(piece[:11])
            chunk(piece[11:])
            await writer.drain()
            self.pieces += 1
            if self.pieces == self.faults.get("drop"):
                writer.transport.abort()
                return
            await asyncio.sleep(self.faults.get("gap", 0))
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    @staticmethod
    def seconds(times, span):
        begins, lengths = times["charStartTimesMs"][span], times["charDurationsMs"][span]
        return {"characters": times["chars"][span],
                "character_start_times_seconds": [begin / 1000 for begin in begins],
                "character_end_times_seconds": [(b + l) / 1000 for b, l in zip(begins, lengths)]}

    # Sockets

    async def serve_socket(self, socket):
        self.sockets += 1
        number = self.sockets
        self.messages.append([])
        try:
            await self.speak(socket, number)
        except Refusal as refusal:
            await socket.send(json.dumps(refusal.frame))
            await socket.close(refusal.code, str(refusal)[:120])
        except ConnectionClosed:
            pass

    async def speak(self, socket, number):
        parts = urllib.parse.urlsplit(socket.request.path)
        voice = urllib.parse.unquote(parts.path.split("/")[-2])
        query = dict(urllib.parse.parse_qsl(parts.query))
        fields = socket.request.headers
        shown = (fields.get("xi-api-key") or query.get("single_use_token")
                 or fields.get("authorization", "").removeprefix("Bearer "))
        if "key" in self.faults or shown != KEY:
            raise Refusal("invalid_api_key", "Invalid API key")
        is_multi = parts.path.endswith("multi-stream-input")
        contexts, voices = {}, []
        try:
            async for message in socket:
                fields = json.loads(message)
                self.messages[number - 1].append(fields)
                if voice not in VOICES:
                    raise Refusal("voice_id_does_not_exist",
                                  f"A voice with voice_id {voice} does not exist.")
                if "refuse" in self.faults:
                    raise Refusal(*self.faults["refuse"])
                if fields.get("close_socket"):
                    break
                name = fields.get("context_id") if is_multi else None
                text = fields.get("text") or ""
                if name in contexts:
                    if "voice_settings" in fields:
                        raise Refusal("invalid_input_message", "voice_settings must not change")
                else:
                    if len(contexts) == 5:
                        raise Refusal("max_active_conversations", "Maximum simultaneous contexts")
                    text = text if text.strip() else ""
                    contexts[name] = Context(fields)
                    voices.append(asyncio.create_task(
                        self.voice(socket, number, name, contexts[name], query)))
                ends = bool(fields.get("close_context")) if is_multi else fields.get("text") == ""
                at_once = fields.get("flush") or query.get("auto_mode") == "true" or ends
                for spoken in contexts[name].take(text, at_once):
                    contexts[name].waiting.put_nowait(spoken)
                if ends:
                    contexts.pop(name).waiting.put_nowait(None)
                    if not is_multi:
                        break
            await asyncio.gather(*voices)
        finally:
            for task in voices:
                task.cancel()

    async def voice(self, socket, number, name, context, query):
        """Speaks what one context is given, beside the others."""
        while (text := await context.waiting.get()) is not None:
            await self.send_sound(socket, number, name, text, context.speed, query)
        await self.send(socket, {"audio": None, "isFinal": True, "alignment": None}, name)

    async def send_sound(self, socket, number, name, text, speed, query):
        sound = tone(text, 1, speed)
        if query.get("output_format") == "ulaw_8000":
            sound = b"\xff" * (len(sound) // 6)
        await asyncio.sleep(self.faults.get("delay", 0))
        times = alignment(text, speed)
        for start in range(0, len(sound), PIECE):
            if "binary" in self.faults:
                await socket.send(sound[start:start + PIECE])
                continue
            piece = base64.b64encode(sound[start:start + PIECE]).decode()
            await self.send(socket, {"audio": piece, "isFinal": None, "alignment": times}, name)
            times = None
            self.pieces += 1
            if self.pieces == self.faults.get("drop"):
                socket.transport.abort()
                return
            await asyncio.sleep(self.faults.get("gap", 0))

    async def send(self, socket, frame, name):
        if name is not None:
            frame = frame | {"contextId": name}
        await socket.send(json.dumps(frame | {"normalizedAlignment": None}))


@contextlib.contextmanager
def elevenlabs(**faults):
    """A stand-in under way in a thread of its own, on a port that is free."""
    service = ElevenLabs(**faults)
    loop = asyncio.new_event_loop()
    ready, over = threading.Event(), asyncio.Event()

    async def run():
        async with serve(service.serve_socket, "127.0.0.1", 0,
                         process_request=service.request) as server:
            service.inner = server.sockets[0].getsockname()[1]
            front = await asyncio.start_server(service.accept, "127.0.0.1", 0)
            service.address = f"http://127.0.0.1:{front.sockets[0].getsockname()[1]}"
            ready.set()
            await over.wait()
            front.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    ready.wait(10)
    try:
        yield service
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
