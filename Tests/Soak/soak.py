"""Works for the minutes that are given, prints figures, judges whether they stay, and ends."""

import asyncio
import os
import pathlib
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from service import ROOT, Served, binary, clean_environment, service
from sockets import Broken, Socket
from tone import tone

SESSIONS = 100
WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
# Faults that leave the sound whole, and one that breaks every connection now and then.
FAULTS = "jitter=5,odd-bytes,unknown-frames,late-after-cancel=3,delay-every=2"
BREAKS = "drop-after=40"
DAY = 24
# Bytes of sound, more than twenty minutes, that a stream at full speed may be behind its writer.
AHEAD = 64 << 20


def sentence():
    return " ".join(random.choices(WORDS, k=random.randint(3, 24))) + "."


class Watched:
    """A process whose figures have to stay."""

    def __init__(self, name):
        self.name, self.pid, self.figures = name, None, []

    def look(self):
        """Memory in MB, descriptors, threads; nothing while it is being started anew."""
        try:
            status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
            memory = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
            threads = int(re.search(r"Threads:\s+(\d+)", status)[1])
            descriptors = len(os.listdir(f"/proc/{self.pid}/fd"))
        except (OSError, TypeError):
            return f"{self.name}: away"
        self.figures.append((memory, descriptors, threads))
        return f"{self.name}: {memory:.1f} MB {descriptors} fd {threads} thr"

    def verdict(self):
        """Nothing where the second half is like the first; the first fifth is to get warm."""
        warm = self.figures[len(self.figures) // 5:]
        if len(warm) < 4:
            return f"{self.name}: only {len(warm)} looks at it"
        middle = len(warm) // 2
        for place, what, slack in ((0, "memory", 2.0), (1, "descriptors", 8), (2, "threads", 2)):
            early = statistics.median(look[place] for look in warm[:middle])
            late = statistics.median(look[place] for look in warm[middle:])
            if late > early * 1.1 + slack:
                return f"{self.name}: {what} went from {early:.1f} to {late:.1f}"
        return None


class Part:
    """One thing that works for long, on a thread of its own."""

    def __init__(self, name, work):
        self.name, self.work, self.trouble, self.count = name, work, None, ""
        self.thread = threading.Thread(target=self.perform)

    def perform(self):
        try:
            self.count = self.work()
        except Exception as error:
            self.trouble = f"{type(error).__name__}: {error}"


# MARK: a hundred sessions

async def converse(port, end, tally, whole):
    """One session after another, as long as there is time; `whole`: the sound has to be complete."""
    while time.monotonic() < end:
        socket = None
        try:
            socket = await Socket.open(port)
            for _ in range(random.randint(1, 6)):
                text = sentence()
                cut = random.randint(1, 4) if random.random() < 0.2 else None
                sound = await asyncio.wait_for(socket.turn(text, cut), 60)
                tally["turns"] += 1
                if whole and cut is None and sound != tone(text):
                    tally["wrong"].append(text)
                if random.random() < 0.1:
                    break
                await asyncio.sleep(random.random() / 4)
        except Broken:
            tally["broken"] += 1
            await asyncio.sleep(0.1)
        finally:
            if socket:
                socket.close()


def sessions(watched, end):
    tally = {"turns": 0, "broken": 0, "wrong": []}

    async def all_of_them(ports):
        await asyncio.gather(*(
            converse(ports[number % 2], end, tally, whole=number % 2 == 0)
            for number in range(SESSIONS)))

    with service("-q", "--fault", FAULTS) as faulty, service("-q", "--fault", BREAKS) as breaking:
        watched[0].pid, watched[1].pid = faulty.process.pid, breaking.process.pid
        asyncio.run(all_of_them([int(s.address.rsplit(":", 1)[1]) for s in (faulty, breaking)]))
    watched[0].pid = watched[1].pid = None
    if tally["wrong"]:
        raise AssertionError(f"{len(tally['wrong'])} turns with another sound, such as {tally['wrong'][0]!r}")
    if not tally["broken"]:
        raise AssertionError("no connection broke")
    return f"{tally['turns']} turns, {tally['broken']} connections that broke"


# MARK: a stream that goes on

class Stream:
    """`kugel stream` that is given lines and whose every sample is compared."""

    def __init__(self, watched, options, waiting, pauses=0.0):
        self.process = subprocess.Popen(
            [binary(), "stream", "-q", "--turn", "line", "-o", "-", "--format", "raw", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environment())
        watched.pid = self.process.pid
        self.waiting, self.pauses, self.lines, self.samples = waiting, pauses, 0, 0
        self.expected, self.due, self.trouble = bytearray(), threading.Condition(), None
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def write(self, end):
        """Lines until `end`, no more than `waiting` bytes of sound ahead of what has come."""
        while time.monotonic() < end:
            text = sentence()
            with self.due:
                self.due.wait_for(
                    lambda: len(self.expected) < self.waiting or self.trouble or self.process.poll() is not None,
                    60)
                if self.trouble or self.process.poll() is not None or len(self.expected) >= self.waiting:
                    break
                self.expected += tone(text)
                self.lines += 1
            self.process.stdin.write((text + "\n").encode())
            self.process.stdin.flush()

    def read(self):
        while piece := self.process.stdout.read1(1 << 18):
            with self.due:
                if self.expected[:len(piece)] != piece:
                    self.trouble = self.trouble or f"another sound after {self.samples} samples"
                del self.expected[:len(piece)]
                self.samples += len(piece) // 2
                self.due.notify_all()
            if random.random() < self.pauses:
                time.sleep(1)

    def finish(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            status = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = "no end within 60 s"
        self.reader.join()
        talk = self.process.stderr.read().decode().strip()
        if self.trouble or status or self.expected:
            raise AssertionError(
                f"{self.trouble or 'the sound was right'}, status {status}, {len(self.expected) // 2} samples "
                f"missing after {self.lines} lines: {talk}")


def full_speed(watched, end):
    # The writer is ahead by as much as it likes, and the reader stands still now and then: text that waits
    # for that does so in the pipe, not in kugel.
    stream = Stream(watched, ["-e", "tone"], AHEAD, pauses=0.001)
    stream.write(end)
    watched.pid = None
    stream.finish()
    return f"{stream.lines} lines, {stream.samples / 24000 / 3600:.1f} hours of sound"


def restarts(watched, end):
    """The service ends every few seconds, by turns in order and at once, and comes back at its port."""
    times = {"restarts": 0}
    over = threading.Event()

    def serve(port):
        process = subprocess.Popen(
            [binary(), "serve", "-q", "-e", "tone", "--listen", f"127.0.0.1:{port}", "--fault", "slow=20"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=clean_environment())
        return Served(process, process.stdout.readline().decode().strip())

    def keep_restarting():
        nonlocal served
        while not over.wait(random.uniform(3, 6)):
            served.process.send_signal(random.choice([signal.SIGTERM, signal.SIGKILL]))
            served.process.wait(60)
            served.process.stdout.close()
            time.sleep(random.random() / 2)
            served = serve(port)
            times["restarts"] += 1

    served = serve(0)
    port = served.address.rsplit(":", 1)[1]
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder) / "key"
        key.write_text("ka_soak\n")
        key.chmod(0o600)
        stream = Stream(watched, [
            "-e", "kugel", "--url", served.address, "--key-file", str(key), "-v", "123", "-l", "en",
            "--retries", "100"], 1 << 20)
        restarter = threading.Thread(target=keep_restarting)
        restarter.start()
        try:
            stream.write(end)
        finally:
            over.set()
            restarter.join()
            watched.pid = None
            try:
                stream.finish()
            finally:
                served.process.kill()
                served.process.wait()
                served.process.stdout.close()
    return f"{stream.lines} lines through {times['restarts']} restarts"


# MARK: a simulated day

def optimised(*words):
    """The package manager in a folder of its own, where the tests run ten times as fast as in the debug build."""
    return ["swift", *words, "--scratch-path", ".build/soak", "-Xswiftc", "-O"]


def day():
    """A day of the pure machines; prints its hours, and gives the trouble."""
    subprocess.run(optimised("build", "--build-tests"), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run(
        optimised("test", "--skip-build") + ["--filter", r"^SoakTests\.|ConversationDayTests"], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1200,
        env=os.environ | {"KUGEL_SOAK_MINUTES": str(DAY * 60), "KUGEL_SOAK_PRINT": "1"})
    for line in done.stdout.splitlines():
        if line.startswith("simulated"):
            print(line, flush=True)
    if done.returncode:
        return "; ".join(line for line in done.stdout.splitlines() if "✘" in line)[:600] or done.stdout[-400:]
    return None


def main(minutes):
    seconds = float(minutes) * 60
    counts = {"ok": 0, "FAIL": 0}

    def tell(name, trouble, count=""):
        verdict = "FAIL" if trouble else "ok"
        counts[verdict] += 1
        text = trouble or count
        print(f"{verdict:7} {name}" + (f" -- {text}" if text else ""), flush=True)

    print("a day passes for the pure machines", flush=True)
    tell("a simulated day of sessions, services, player, prompt and floor", day())

    end = time.monotonic() + seconds
    watched = [Watched("serve with faults"), Watched("serve that breaks off"), Watched("client"), Watched("stream")]
    parts = [
        Part("100 sessions with faults", lambda: sessions(watched[:2], end)),
        Part("a client through restarts", lambda: restarts(watched[2], end)),
        Part("stream at full speed", lambda: full_speed(watched[3], end))]
    for part in parts:
        part.thread.start()
    began = time.monotonic()
    interval = max(1.0, seconds / 30)
    while time.monotonic() + interval < end:
        time.sleep(interval)
        looks = [process.look() for process in watched]
        print(f"{(time.monotonic() - began) / 60:5.1f} min  " + " | ".join(looks), flush=True)
    for part in parts:
        part.thread.join()
        tell(part.name, part.trouble, part.count)
    for process in watched:
        tell(f"{process.name} stays", process.verdict())
    print(f"{counts['ok']} passed, {counts['FAIL']} failed")
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    random.seed(20)
    sys.exit(main(sys.argv[1]))
