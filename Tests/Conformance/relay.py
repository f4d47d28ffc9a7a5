"""A relay in front of a service that holds up what it is told to."""

import contextlib
import socket
import threading
import time
import urllib.parse


@contextlib.contextmanager
def relay(address, upgrade_delay):
    """Gives an address; the answer to an upgrade leaves `upgrade_delay` seconds late."""
    parts = urllib.parse.urlsplit(address)
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(
        target=accept, args=(listener, (parts.hostname, parts.port), upgrade_delay), daemon=True
    ).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def accept(listener, target, delay):
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        server = socket.create_connection(target)
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asked = threading.Event()
        stamp = []
        threading.Thread(target=upward, args=(client, server, asked, stamp), daemon=True).start()
        threading.Thread(
            target=downward, args=(server, client, asked, stamp, delay), daemon=True).start()


def upward(client, server, asked, stamp):
    for data in pieces(client):
        if not stamp:
            stamp.append(time.monotonic())
            asked.set()
        server.sendall(data)
    shut(server)


def downward(server, client, asked, stamp, delay):
    """The delay runs from the request, whatever the service itself took."""
    is_first = True
    for data in pieces(server):
        if is_first:
            asked.wait()
            time.sleep(max(0, stamp[0] + delay - time.monotonic()))
            is_first = False
        client.sendall(data)
    shut(client)


def pieces(connection):
    while True:
        try:
            data = connection.recv(1 << 16)
        except OSError:
            return
        if not data:
            return
        yield data


def shut(connection):
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
