"""Two `kugel serve` behind HAProxy, as `man kugel-serve` has it: one is drained and comes back, the other is
killed and comes back, while 50 clients speak. No turn is lost, and none is spoken twice."""

import contextlib
import http.client
import json
import pathlib
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from checks import Checks, Skipped, holds, same
from faults import kept
from service import ROOT, binary, clean_environment
from tone import difference, tone

CLIENTS = 50
TURNS = 6
# As fast as life, so that turns are under way whenever something happens.
PACE = "slow=1"
LIMIT = 240

checks = Checks("balance")


class Machine:
    """One `kugel serve`, which keeps its port when it is started anew."""

    def __init__(self):
        self.port = 0
        self.begin()

    def begin(self):
        self.process = subprocess.Popen(
            [binary(), "serve", "-q", "-e", "tone", "--listen", f"127.0.0.1:{self.port}", "--fault", PACE],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=clean_environment())
        ready, _, _ = select.select([self.process.stdout], [], [], 30)
        address = self.process.stdout.readline().decode().strip() if ready else ""
        holds(address.startswith("http"), "kugel serve did not begin")
        self.port = int(address.rsplit(":", 1)[1])

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def listeners(self):
        """Clients that are connected, by its own account: each speaks one turn after the other, without a
        pause between them."""
        return self.metric("kugel_open_sockets")

    def metric(self, name):
        _, page = self.get("/metrics")
        return sum(
            float(line.split()[-1]) for line in page.splitlines()
            if re.match(rf"{name}(\{{| )", line))

    def tell(self, number):
        self.process.send_signal(number)

    def wait(self):
        status = self.process.wait(60)
        self.process.stdout.close()
        return status


@contextlib.contextmanager
def machines():
    both = [Machine(), Machine()]
    try:
        yield both
    finally:
        for machine in both:
            if machine.process.poll() is None:
                machine.tell(signal.SIGKILL)
                machine.wait()


@contextlib.contextmanager
def balancer(both, folder):
    """HAProxy with the configuration of the manual; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    listener.set_inheritable(True)
    text = (ROOT / "man" / "examples" / "haproxy.cfg").read_text()
    text, binds = re.subn(r"bind \S+", f"bind fd@{listener.fileno()}", text)
    ports = iter(both)
    text, servers = re.subn(
        r"(?m)^(  server \S+) \S+", lambda match: f"{match[1]} 127.0.0.1:{next(ports).port}", text)
    same((binds, servers), (1, 2), "addresses in the configuration")
    configuration = folder / "haproxy.cfg"
    configuration.write_text(text)
    checked = subprocess.run(
        ["haproxy", "-c", "-f", str(configuration)], capture_output=True, text=True,
        pass_fds=[listener.fileno()])
    same(checked.returncode, 0, f"haproxy's opinion, {checked.stderr.strip()!r},")
    holds("WARNING" not in checked.stderr, f"haproxy warns: {checked.stderr.strip()}")
    log = open(folder / "haproxy.log", "wb")
    process = subprocess.Popen(
        ["haproxy", "-db", "-f", str(configuration)], stdout=log, stderr=log,
        pass_fds=[listener.fileno()])
    try:
        yield listener.getsockname()[1]
        holds(process.poll() is None, "haproxy ended by itself")
    finally:
        process.terminate()
        process.wait(10)
        log.close()
        listener.close()


def text_of(client):
    """Turns, a line each; no two in all have the same words."""
    return [
        " ".join(f"Client{client} turn{turn} says{word} slowly." for word in range(10))
        for turn in range(TURNS)]


def begin_client(number, port, folder):
    own = folder / str(number)
    own.mkdir()
    (own / "key").write_text("ka_balance\n")
    (own / "key").chmod(0o600)
    process = subprocess.Popen(
        [binary(), "stream", "-e", "kugel", "--url", f"http://127.0.0.1:{port}",
         "--key-file", str(own / "key"), "-v", "123", "-l", "en", "--turn", "line", "--retries", "30",
         "--events", str(folder / f"{number}.events"), "-o", str(own / "heard.wav")],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=clean_environment())
    process.stdin.write("".join(line + "\n" for line in text_of(number)).encode())
    process.stdin.close()
    process.stdin = None
    return process


def until(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        holds(time.monotonic() < end, f"{what} did not come in {seconds} s")
        time.sleep(0.05)


def events_of(folder, number):
    lines = (folder / f"{number}.events").read_text().splitlines()
    return [json.loads(line) for line in lines]


@checks
def none_lost():
    """50 clients speak 300 turns through a drain, a kill and two new starts; each is heard once"""
    if not shutil.which("haproxy"):
        raise Skipped("haproxy is not installed")
    with tempfile.TemporaryDirectory() as place, machines() as both:
        folder = pathlib.Path(place)
        drained, killed = both
        with balancer(both, folder) as port:
            clients = [begin_client(number, port, folder) for number in range(CLIENTS)]
            try:
                until("speech on both", lambda: min(m.listeners() for m in both) >= 15)
                at_drain = drained.listeners()
                drained.tell(signal.SIGTERM)
                until("the word that it drains", lambda: drained.get("/ready")[0] == 503, 5)
                same(drained.wait(), 0, "exit status of the drained one")
                drained.begin()
                log = folder / "haproxy.log"
                until("the new one's turn", lambda: "kugel/a is UP" in log.read_text())
                at_kill = killed.listeners()
                holds(at_kill >= 5, f"only {at_kill:.0f} clients were there at the kill")
                killed.tell(signal.SIGKILL)
                same(killed.wait(), -9, "exit status of the killed one")
                killed.begin()
                end = time.monotonic() + LIMIT
                ended = [client.communicate(timeout=max(1, end - time.monotonic())) for client in clients]
            finally:
                for client in clients:
                    if client.poll() is None:
                        client.kill()
                        client.communicate()
        troubles, retries, resumes = [], 0, 0
        for number, client in enumerate(clients):
            talk = ended[number][1].decode().strip()
            parted = difference(kept(folder / str(number)), tone(" ".join(text_of(number))))
            events = events_of(folder, number)
            turns = [event for event in events if event["ev"] == "turn.end"]
            retries += sum(event["ev"] == "retry" for event in events)
            resumes += sum(event["ev"] == "resume" for event in events)
            if client.returncode != 0 or parted or len(turns) != TURNS:
                troubles.append(
                    f"client {number}: status {client.returncode}, {len(turns)} turns, "
                    f"{parted or 'its sound whole'}, {talk!r}")
        holds(not troubles, f"{len(troubles)} of {CLIENTS}: " + "; ".join(troubles[:4]))
        return (
            f"{CLIENTS} clients, {CLIENTS * TURNS} turns, {at_drain:.0f} clients at the one that was drained, "
            f"{at_kill:.0f} at the one that was killed; {retries} retries, {resumes} resumed amid the sound")


@checks
def all_down():
    """with both machines down a client waits for one, and says what it waits for when it gives up"""
    if not shutil.which("haproxy"):
        raise Skipped("haproxy is not installed")
    with tempfile.TemporaryDirectory() as place, machines() as both:
        folder = pathlib.Path(place)
        with balancer(both, folder) as port:
            for machine in both:
                machine.tell(signal.SIGKILL)
                machine.wait()
            client = begin_client(0, port, folder)
            time.sleep(1.5)
            holds(client.poll() is None, "the client did not wait")
            both[1].begin()
            talk = client.communicate(timeout=60)[1].decode().strip()
            same(client.returncode, 0, f"exit status, saying {talk!r},")
            parted = difference(kept(folder / "0"), tone(" ".join(text_of(0))))
            holds(not parted, parted)


if __name__ == "__main__":
    checks.run(limit=LIMIT)
