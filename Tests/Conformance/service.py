"""A `kugel serve` of our own, on a port that is free."""

import contextlib
import http.client
import os
import pathlib
import select
import signal
import subprocess
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]


def binary():
    return os.environ.get("KUGEL_BINARY") or str(ROOT / ".build" / "debug" / "kugel")


def clean_environment():
    """Without the settings and keys of whoever runs this."""
    kept = {n: v for n, v in os.environ.items()
            if not n.startswith("KUGEL") and n != "DBUS_SESSION_BUS_ADDRESS"}
    return kept | {"LC_ALL": "C.UTF-8", "KUGEL_CONFIG": "/dev/null"}


class Served:
    """A service under way."""

    def __init__(self, process, address):
        self.process, self.address = process, address
        self.stopping = False

    def stop(self):
        """Asks it to end what runs, and then itself."""
        self.stopping = True
        self.process.send_signal(signal.SIGTERM)


@contextlib.contextmanager
def service(*options, log=None):
    """Serves with the engine tone; gives a `Served`, and fails unless it ends well. What it tells is kept in `log`."""
    with open(log, "w+b") if log else tempfile.TemporaryFile() as talk:
        process = subprocess.Popen(
            [binary(), "serve", "-e", "tone", "--listen", "127.0.0.1:0", *options],
            stdout=subprocess.PIPE, stderr=talk, env=clean_environment())
        try:
            ready, _, _ = select.select([process.stdout], [], [], 30)
            address = process.stdout.readline().decode().strip() if ready else ""
            if not address.startswith("http"):
                talk.seek(0)
                raise RuntimeError(f"kugel serve did not begin: {talk.read().decode().strip()}")
            served = Served(process, address)
            yield served
            if process.poll() is not None and not served.stopping:
                talk.seek(0)
                raise RuntimeError(
                    f"kugel serve ended with {process.returncode}: {talk.read().decode().strip()}")
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    raise RuntimeError("kugel serve did not end within 15 s of SIGTERM") from None
            process.stdout.close()
        if process.returncode != 0:
            raise RuntimeError(f"kugel serve ended with {process.returncode} after SIGTERM")


def serves(address, path):
    """Whether an upgrade of `path` gets anything but 404."""
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request("GET", path, headers={
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="})
        return connection.getresponse().status != 404
    finally:
        connection.close()
