"""A server whose speech is there already: wire_frames.py MILLISECONDS SECONDS TURNS [CERTIFICATE
KEY].

Prints two ports. On the first each text that is asked for on a socket is answered with so many seconds of noise in
frames of so many milliseconds, sent one by one; on the second a line gets the bytes of as many turns alone.
"""

import asyncio
import base64
import json
import os
import ssl
import struct
import sys

from websockets.asyncio.server import serve

RATE = 24_000


def frames(size, seconds):
    """JSON of one frame after the other, the same few again and again."""
    samples = RATE * size // 1000
    noise = [base64.b64encode(os.urandom(2 * samples)).decode() for _ in range(8)]
    return [
        json.dumps({"audio": noise[index % 8], "enc": "pcm_s16le", "idx": index, "sr": RATE, "samples": samples,
                    "chunk_id": 0})
        for index in range(seconds * 1000 // size)
    ]


async def main():
    size, seconds, turns = map(int, sys.argv[1:4])
    speech = frames(size, seconds)
    context = None
    if len(sys.argv) > 4:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[4], sys.argv[5])

    async def answer(socket):
        isTurn = socket.request.path.startswith("/ws/tts/stream")
        async for message in socket:
            # A turn ends with its flush; elsewhere a text is asked for at once.
            if not json.loads(message).get("flush" if isTurn else "text"):
                continue
            for frame in speech:
                await socket.send(frame)
            usage = {"audio_seconds": float(seconds), "cost_cents": 0.0, "characters": 1}
            if isTurn:
                totals = {"total_audio_seconds": float(seconds), "total_text_chunks": 1,
                          "total_audio_chunks": len(speech)}
                await socket.send(json.dumps({"final": True, **totals}))
                await socket.send(json.dumps({"session_closed": True, **totals, "usage": usage}))
            else:
                await socket.send(json.dumps({
                    "final": True, "chunks": len(speech), "total_samples": RATE * seconds, "dur_ms": seconds * 1000.0,
                    "gen_ms": 1.0, "rtf": 0.001, "usage": usage,
                    "debug": {"original_text": "", "ttfa_ms": 1.0, "speed": 1.0}}))

    async def raw(reader, writer):
        await reader.readline()
        for frame in speech * turns:
            # As a frame of a WebSocket has it: two bytes and, for these lengths, two or eight more.
            data = frame.encode()
            head = struct.pack("!BBH", 0x81, 126, len(data)) if len(data) < 65_536 else \
                struct.pack("!BBQ", 0x81, 127, len(data))
            writer.write(head + data)
            await writer.drain()
        writer.close()

    async with serve(answer, "127.0.0.1", 0, ssl=context, compression=None, max_size=None) as server, \
            await asyncio.start_server(raw, "127.0.0.1", 0, ssl=context) as plain:
        print(server.sockets[0].getsockname()[1], plain.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().create_future()


asyncio.run(main())
