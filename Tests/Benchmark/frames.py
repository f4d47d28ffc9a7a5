"""What a frame costs: an hour received in frames of several lengths, from a server in Python that sends them one by
one, and the same over TLS."""

import contextlib
import os
import subprocess

from measure import Failed, Row, repeat, run
from wire import HERE, SDK, TONES, TURN, client_of, sdk, written

RATE = 24_000

# Of one answer.
SECONDS = 600
# Six of them are an hour.
TURNS = 6


@contextlib.contextmanager
def sender(python, size, *certificate):
    """Ports of the server for WebSockets, and for the bytes alone."""
    child = subprocess.Popen([python, os.path.join(HERE, "wire_frames.py"), str(size), str(SECONDS), str(TURNS),
                              *certificate],
                             stdout=subprocess.PIPE, text=True)
    try:
        ports = child.stdout.readline().split()
        if len(ports) != 2:
            raise Failed("the server did not start")
        yield ports
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def received(kugel, scratch, python, size, certificate=()):
    """CPU seconds for an hour: of kugel, and of the SDK (over TLS: of openssl, for the bytes alone)."""
    turn = " ".join([TONES] * TURN)
    text = written(scratch, "hour.txt", "\n".join([turn] * TURNS))
    one = written(scratch, "turn.txt", turn)
    ours, theirs = (os.path.join(scratch, name) for name in ("ours.raw", "theirs.raw"))

    def clear(_):
        for path in (ours, theirs):
            if os.path.exists(path):
                os.remove(path)

    with sender(python, size, *certificate) as (port, plain):
        scheme = "https" if certificate else "http"
        command = [*client_of(kugel, f"{scheme}://127.0.0.1:{port}"), "-o", ours, "-f", text]
        if certificate:
            command += ["--ca", certificate[0]]
            peer = ["/bin/sh", "-c", f"echo RAW | exec openssl s_client -quiet -connect 127.0.0.1:{plain} -CAfile "
                    f"{certificate[0]} -ign_eof >{theirs}"]
        else:
            peer = [python, os.path.join(HERE, "wire_sdk.py"), f"http://127.0.0.1:{port}", "1", one, str(TURNS), theirs]
        mine, other = repeat(3, command, peer, prepare=clear)
        clear(0)
        run(command)
    # A text is cut into more requests than the SDK is given turns.
    hours = os.path.getsize(ours) / 2 / RATE / 3600
    clear(0)
    if hours < 1:
        raise Failed(f"{hours} h were received")
    return mine.cpu / hours, other.cpu


def frames(kugel, scratch):
    python = sdk()
    if python is None:
        yield Row("frames", "skipped: the official SDK, whose server library this needs, could not be installed", "")
        return
    for size in (20, 100, 400):
        ours, peer = received(kugel, scratch, python, size)
        yield Row("frames", f"an hour in frames of {size} ms, CPU", f"{ours:.2f} s", f"Python SDK {SDK} {peer:.2f} s",
                  f"{peer / ours:.1f}x ahead", "4x ahead" + ", 0.45 s" * (size == 100))
    certificate = [os.path.join(scratch, name) for name in ("cert.pem", "key.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate[0], "-keyout", certificate[1]],
        check=True, capture_output=True)
    ours, peer = received(kugel, scratch, python, 100, certificate)
    yield Row("frames", "the same over TLS, frames of 100 ms, CPU", f"{ours:.2f} s",
              f"openssl s_client, the bytes alone {peer:.2f} s", f"{ours / peer:.2f}x", "1.3x")


PARTS = {"frames": frames}
