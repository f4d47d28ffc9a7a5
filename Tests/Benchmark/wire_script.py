"""A service that speaks one frame every 4 ms: wire_script.py FRAMES BYTES STAMPS.

Prints its port, answers one request with so many audio frames of so many bytes of sound, and writes to STAMPS when
(time.monotonic()) each of them was sent.
"""

import base64
import hashlib
import json
import socket
import sys
import time

PERIOD = 0.004


def taken(client, count):
    data = b""
    while len(data) < count:
        more = client.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def upgrade(client):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += taken(client, 1)
    lines = head.decode().split("\r\n")
    key = next(line.split(":", 1)[1].strip() for line in lines if line.lower().startswith("sec-websocket-key:"))
    accept = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
    client.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + base64.b64encode(accept) + b"\r\n\r\n"
    )


def skip_message(client):
    size = taken(client, 2)[1] & 127
    if size == 126:
        size = int.from_bytes(taken(client, 2), "big")
    elif size == 127:
        size = int.from_bytes(taken(client, 8), "big")
    taken(client, 4 + size)


def framed(message):
    body = json.dumps(message).encode()
    return (bytes([0x81, len(body)]) if len(body) < 126 else b"\x81\x7e" + len(body).to_bytes(2, "big")) + body


def main():
    frames, size = int(sys.argv[1]), int(sys.argv[2])
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    client, _ = listener.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    upgrade(client)
    skip_message(client)
    sound = base64.b64encode(bytes(range(256)) * (size // 256 + 1))[: size * 4 // 3].decode()
    stamps = []
    due = time.monotonic()
    for index in range(frames):
        frame = framed({
            "audio": sound, "enc": "pcm_s16le", "idx": index, "sr": 24000, "samples": size // 2, "chunk_id": 0})
        time.sleep(max(0, due - time.monotonic()))
        stamps.append(time.monotonic())
        client.sendall(frame)
        due += PERIOD
    client.sendall(framed({
        "final": True, "chunks": frames, "total_samples": frames * size // 2, "dur_ms": frames * size / 48,
        "gen_ms": 1, "rtf": 0.0}))
    with open(sys.argv[3], "w") as file:
        file.writelines(f"{stamp:.9f}\n" for stamp in stamps)
    while client.recv(4096):
        pass


main()
