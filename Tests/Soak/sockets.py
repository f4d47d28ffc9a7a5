"""A client of /ws/tts/stream in a few lines, so that a hundred of them cost little."""

import asyncio
import base64
import json
import os
import struct

FINAL, TEXT, CLOSE = 0x80, 0x1, 0x8


class Broken(Exception):
    """The connection is over."""


class Socket:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port, path="/ws/tts/stream"):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write((
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n").encode())
            head = await reader.readuntil(b"\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Broken(str(error)) from None
        if b" 101 " not in head.split(b"\r\n")[0]:
            writer.close()
            raise Broken(head.split(b"\r\n")[0].decode())
        return cls(reader, writer)

    async def send(self, **message):
        payload = json.dumps(message).encode()
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
        size = len(payload)
        head = struct.pack("!BB", FINAL | TEXT, 0x80 | size) if size < 126 else struct.pack(
            "!BBH", FINAL | TEXT, 0x80 | 126, size)
        self.writer.write(head + mask + masked)
        try:
            await self.writer.drain()
        except OSError as error:
            raise Broken(str(error)) from None

    async def receive(self):
        """The next message; pings and the like are passed over."""
        while True:
            try:
                first, size = await self.reader.readexactly(2)
                if size == 126:
                    size, = struct.unpack("!H", await self.reader.readexactly(2))
                elif size == 127:
                    size, = struct.unpack("!Q", await self.reader.readexactly(8))
                payload = await self.reader.readexactly(size)
            except (OSError, asyncio.IncompleteReadError) as error:
                raise Broken(str(error)) from None
            if first & 0xF == CLOSE:
                raise Broken(f"closed with {payload[:2].hex()}")
            if first & 0xF == TEXT:
                return json.loads(payload)

    async def turn(self, text, cut=None):
        """Says `text` and gives its sound; after `cut` frames it is cancelled."""
        await self.send(text=text, voice_id=123, language="en")
        await self.send(flush=True)
        sound, frames, begun, cancelled = b"", 0, False, False
        while True:
            message = await self.receive()
            if message.get("generation_started"):
                begun = True
            elif message.get("audio"):
                # Before this turn has begun it is a late frame of the one that was cancelled.
                if not begun:
                    continue
                sound += base64.b64decode(message["audio"])
                frames += 1
                if frames == cut:
                    await self.send(cancel=True)
                    cancelled = True
            elif "error" in message:
                raise Broken(message["error"])
            elif message.get("session_closed") or cancelled and message.get("interrupted"):
                return sound

    def close(self):
        self.writer.close()
