"""The units of systemd that `man kugel-serve` shows, and the socket that `kugel serve` takes from them."""

import contextlib
import http.client
import os
import pathlib
import select
import shutil
import signal
import socket
import subprocess
import tempfile

from checks import Checks, Skipped, holds, same
from service import ROOT, binary, clean_environment

checks = Checks("units")
EXAMPLES = ROOT / "man" / "examples"
UNITS = ("kugel.service", "kugel.socket", "kugel-voice.service", "kugel-voice.socket")
# Begins a program as systemd does: the listening socket is descriptor 3, and meant for it alone.
BEGIN = 'LISTEN_PID=$$ LISTEN_FDS=%d exec "$@"'


def begin(descriptors, *options):
    """`kugel serve` with these descriptors from 3 on; they are closed here."""
    def place():
        spare = [os.dup(descriptor) for descriptor in descriptors]
        for number, descriptor in enumerate(spare):
            os.dup2(descriptor, 3 + number, inheritable=True)

    return subprocess.Popen(
        ["sh", "-c", BEGIN % len(descriptors), "sh", binary(), "serve", "-e", "tone", *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environment(), close_fds=False,
        preexec_fn=place)


def address_of(process):
    ready, _, _ = select.select([process.stdout], [], [], 30)
    return process.stdout.readline().decode().strip() if ready else ""


def status_of(port, path, seconds=10):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    with contextlib.closing(connection):
        connection.request("GET", path)
        return connection.getresponse().status


def end(process):
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    return process.returncode


@checks
def passed():
    """a socket that was opened for it is served in place of --listen, and outlives it for the next"""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        for _ in range(2):
            process = begin([listener.fileno()], "--listen", "127.0.0.1:1")
            try:
                same(address_of(process), f"http://127.0.0.1:{port}", "address")
                same(status_of(port, "/ready"), 200, "status of /ready")
            finally:
                same(end(process), 0, "exit status")
        # Who knocks while nobody is there waits for the next.
        early = socket.create_connection(("127.0.0.1", port), 5)
        with early:
            early.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            process = begin([listener.fileno()])
            early.settimeout(20)
            answer = early.recv(4096)
            same(end(process), 0, "exit status")
            holds(answer.startswith(b"HTTP/1.1 200"), f"the early one was answered {answer!r}")


@checks
def of_this_machine():
    """a socket with a path that was opened for it is served too"""
    with tempfile.TemporaryDirectory() as place, socket.socket(socket.AF_UNIX) as listener:
        path = str(pathlib.Path(place) / "s")
        listener.bind(path)
        listener.listen()
        process = begin([listener.fileno()], "--socket")
        try:
            same(address_of(process), f"unix:{path}", "address")
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(path)
                client.sendall(b"GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
                client.settimeout(20)
                holds(client.recv(4096).startswith(b"HTTP/1.1 200"), "/ready is not 200")
        finally:
            same(end(process), 0, "exit status")
        holds(pathlib.Path(path).exists(), "the path of a socket that was passed is gone")


@checks
def refused():
    """several sockets, or one that does not listen, are refused with a reason"""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two, \
            socket.socket() as idle:
        for descriptors, word in (([one.fileno(), two.fileno()], "2 sockets"), ([idle.fileno()], "no listening")):
            process = begin(descriptors)
            _, talk = process.communicate(timeout=30)
            same(process.returncode, 64, f"exit status, saying {talk!r},")
            holds(word in talk.decode(), f"the reason is {talk!r}")


@checks
def open_to_all():
    """a socket that strangers can reach is refused without keys"""
    with socket.create_server(("0.0.0.0", 0)) as listener:
        process = begin([listener.fileno()])
        _, talk = process.communicate(timeout=30)
        same(process.returncode, 64, f"exit status, saying {talk!r},")
        holds("--api-key-file" in talk.decode(), f"the reason is {talk!r}")


@checks
def for_another():
    """a socket that is meant for another process is not taken"""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        variables = clean_environment() | {"LISTEN_PID": "1", "LISTEN_FDS": "1"}
        process = subprocess.Popen(
            [binary(), "serve", "-e", "tone", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=variables)
        port = int(address_of(process).rsplit(":", 1)[1])
        holds(port != listener.getsockname()[1], "it took the other's")
        same(end(process), 0, "exit status")


def needs(program):
    if not shutil.which(program):
        raise Skipped(f"there is no {program} here (Debian package systemd)")


def unit_folder(place):
    """The units of the manual, with a program and a file of keys that are there."""
    folder = pathlib.Path(place)
    for name in UNITS:
        text = (EXAMPLES / name).read_text()
        (folder / name).write_text(text.replace("/usr/local/bin/kugel", binary()))
    return folder


@checks
def verified():
    """systemd-analyze verify has nothing to say about the units of the manual"""
    needs("systemd-analyze")
    with tempfile.TemporaryDirectory() as place:
        folder = unit_folder(place)
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(folder / "kugel.service"), str(folder / "kugel.socket")],
            capture_output=True, text=True, timeout=60)
        # Those of a user's own systemd.
        of_user = subprocess.run(
            ["systemd-analyze", "--user", "verify", "--man=no", *(str(folder / name) for name in UNITS[2:])],
            capture_output=True, text=True, timeout=60, env=os.environ | {"XDG_RUNTIME_DIR": place})
        done.stdout += of_user.stdout + of_user.stderr
        same(of_user.returncode, 0, f"exit status, saying {of_user.stderr!r},")
        told = [line for line in (done.stdout + done.stderr).splitlines() if "kugel" in line]
        holds(not told, f"it says: {told}")
        same(done.returncode, 0, f"exit status, saying {done.stderr!r},")


@checks
def shut_off():
    """the service of the manual is shut off well: systemd-analyze security says 2.0 or less of 10"""
    needs("systemd-analyze")
    with tempfile.TemporaryDirectory() as place:
        folder = unit_folder(place)
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=yes", "--threshold=20", str(folder / "kugel.service")],
            capture_output=True, text=True, timeout=60)
        last = (done.stdout.strip().splitlines() or [done.stderr.strip()])[-1]
        same(done.returncode, 0, f"exit status, saying {last!r},")
        return last.strip("→ ")


@checks
def activated():
    """systemd's own activation begins kugel serve with the first who knocks"""
    needs("systemd-socket-activate")
    with socket.socket() as scout:
        scout.bind(("127.0.0.1", 0))
        port = scout.getsockname()[1]
    process = subprocess.Popen(
        ["systemd-socket-activate", "-l", f"127.0.0.1:{port}", binary(), "serve", "-q", "-e", "tone"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environment())
    try:
        until_open(port)
        same(status_of(port, "/ready", 30), 200, "status of /ready")
        same(address_of(process), f"http://127.0.0.1:{port}", "address")
    finally:
        same(end(process), 0, "exit status")


def until_open(port):
    for _ in range(200):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        select.select([], [], [], 0.05)
    raise AssertionError("systemd-socket-activate did not listen")


if __name__ == "__main__":
    checks.run()
