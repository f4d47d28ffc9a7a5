"""The espeak engine in processes of its own: texts that broke the library down, processes that are killed,
and all processes at work. KUGEL_TEXTS says how many random texts are spoken; 300 without."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from checks import Checks, holds, same
from service import binary, clean_environment, service

TEXTS = int(os.environ.get("KUGEL_TEXTS", "300"))
VOICES = [130185, 748160, 890185, 11778]  # en-us, ru, cmn, de
check = Checks("engine")

# First and last letters of scripts and of what looks like one.
RANGES = [
    (0x20, 0x7e), (0xa0, 0x24f), (0x250, 0x2ff), (0x300, 0x36f), (0x370, 0x3ff), (0x400, 0x52f),
    (0x530, 0x58f), (0x590, 0x5ff), (0x600, 0x6ff), (0x700, 0x7ff), (0x900, 0xdff), (0xe00, 0xfff),
    (0x1000, 0x11ff), (0x1200, 0x13ff), (0x1400, 0x1fff), (0x2000, 0x2bff), (0x2c00, 0x2fff),
    (0x3000, 0x33ff), (0x4e00, 0x9fff), (0xa000, 0xabff), (0xac00, 0xd7ff), (0xe000, 0xf8ff),
    (0xf900, 0xffff), (0x10000, 0x1ffff)]
# 700 bytes that ended the library in most runs: UTF-8 of all scripts, control characters, broken bytes.
# What begins so is no text and is refused; behind a beginning that is one it goes to the engine.
BROKEN = b"Here it comes. " * 80 + random.Random(11).randbytes(400) + "дλا漢ंกか".encode() * 12


def foreign(seed):
    """A text of one to six scripts, some of it signs and spaces."""
    dice = random.Random(seed)
    ranges = dice.choices(RANGES, k=dice.choice([1, 2, 3, 6]))
    letters = []
    for _ in range(dice.randint(1, 40)):
        if dice.random() < 0.15:
            letters.append(dice.choice(" .,;!? -"))
            continue
        code = dice.randint(*dice.choice(ranges))
        if code not in (10, 13, 0x85, 0x2028, 0x2029):
            letters.append(chr(code))
    return "".join(letters) + "."


def children(number):
    """Processes that a process started and that are not over."""
    found = []
    for task in pathlib.Path(f"/proc/{number}/task").iterdir():
        found += [int(word) for word in (task / "children").read_text().split()]
    return [child for child in found if state(child) not in (None, "Z")]


def state(number):
    try:
        return pathlib.Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return None


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        holds(time.monotonic() < end, "it did not come about")
        time.sleep(0.02)


def generate(address, text, voice=VOICES[0]):
    """Seconds of sound, or the status of a refusal."""
    request = urllib.request.Request(
        address + "/v1/tts/generate", json.dumps({"text": text, "voice_id": voice}).encode(),
        {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return 200, len(response.read())
    except urllib.error.HTTPError as error:
        return error.code, 0


def run(*words, text, seconds=600):
    return subprocess.run(
        [binary(), *words], input=text, capture_output=True, timeout=seconds,
        env=clean_environment())


@check
def random_texts_through_serve():
    """random texts of foreign scripts through serve: every one is answered"""
    count = TEXTS * 8 // 10
    with service("-e", "espeak") as served:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            results = list(pool.map(
                lambda seed: generate(served.address, foreign(seed), VOICES[seed % len(VOICES)]),
                range(count)))
        same({status for status, _ in results}, {200}, "statuses")
        spoken = sum(1 for _, size in results if size > 1000)
        holds(spoken > count * 0.9, f"only {spoken} of {count} had sound")
        same(generate(served.address, "Still here.")[0], 200, "status after them")
    return f"{count} texts, {spoken} with sound"


@check
def random_texts_through_stream():
    """random texts of foreign scripts through stream: no run is lost"""
    count = TEXTS * 18 // 100
    lost = 0
    for start in range(0, count, 200):
        texts = [foreign(100_000 + seed) for seed in range(start, min(start + 200, count))]
        result = run(
            "stream", "-e", "espeak", "-o", "-", "--format", "raw",
            text="\n\n".join(texts).encode("utf-8", "replace"))
        lost += result.returncode != 0 or len(result.stdout) < 48_000
    same(lost, 0, "runs lost")
    return f"{count} texts"


@check
def random_texts_through_say():
    """random texts of foreign scripts through say: no run is lost"""
    count = TEXTS * 2 // 100
    for seed in range(count):
        result = run(
            "say", "-e", "espeak", "--allow-empty", "-o", "-", "--format", "raw",
            text=foreign(200_000 + seed).encode("utf-8", "replace"))
        # A text of signs alone has nothing to be heard.
        holds(result.returncode in (0, 65), f"seed {seed}: {result.returncode}")
    return f"{count} texts"


@check
def bytes_that_broke_the_library():
    """bytes that broke the library down are spoken, time and again"""
    for _ in range(15):
        result = run(
            "say", "--raw-text", "-e", "espeak", "-o", "-", "--format", "raw", text=BROKEN)
        same(result.returncode, 0, "exit")
        holds(len(result.stdout) > 48_000, "there is no sound")


@check
def a_killed_process_costs_nothing():
    """a process that is killed at rest is replaced without a word"""
    with service("-e", "espeak", "--engine-processes", "1") as served:
        first = generate(served.address, "Hello there.")
        victims = children(served.process.pid)
        same(len(victims), 1, "processes")
        os.kill(victims[0], signal.SIGKILL)
        second = generate(served.address, "Hello there.")
        same((first[0], second[0]), (200, 200), "statuses")
        holds(abs(first[1] - second[1]) < first[1] / 10, "the second is not the same")
        holds(state(victims[0]) is None, "a dead process was left behind")


@check
def a_process_killed_at_work():
    """a process that is killed at work costs no run, and the user is told once"""
    text = "The quick brown fox jumps over the lazy dog. " * 200
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [binary(), "say", "-e", "espeak", "-o", "-", "--format", "raw"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=clean_environment())
        process.stdin.write(text.encode())
        process.stdin.close()
        begun = process.stdout.read(48_000)
        for victim in children(process.pid):
            os.kill(victim, signal.SIGKILL)
        rest = process.stdout.read()
        told = process.stderr.read().decode()
        same(process.wait(30), 0, "exit")
        holds(len(begun) + len(rest) > 48_000 * 400, "sound was lost")
        holds(told.count("espeak-ng broke down") <= 1, told)


@check
def nothing_survives_its_parent():
    """a process of the engine ends with its parent, however that ends"""
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        process = subprocess.Popen(
            [binary(), "session", "-e", "espeak", "-o", "/dev/null", "--force", "--format", "raw"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=clean_environment())
        process.stdin.write(b"Hello.\n\n")
        process.stdin.flush()
        until(lambda: children(process.pid))
        victims = children(process.pid)
        process.send_signal(number)
        if number == signal.SIGINT:
            process.stdin.close()
        process.wait(20)
        until(lambda: all(state(victim) in (None, "Z") for victim in victims))


@check
def signals_of_a_terminal():
    """what a terminal sends to all of a job stops the parent only, and nothing is lost"""
    process = subprocess.Popen(
        [binary(), "say", "-e", "espeak", "-o", "-", "--format", "raw"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environment(),
        start_new_session=True)
    process.stdin.write(b"The quick brown fox jumps over the lazy dog. " * 200)
    process.stdin.close()
    begun = process.stdout.read(48_000)
    victims = children(process.pid)
    holds(victims, "no process")
    for victim in victims:
        for number in (signal.SIGINT, signal.SIGTSTP, signal.SIGHUP, signal.SIGQUIT):
            os.kill(victim, number)
    rest = process.stdout.read()
    same(process.wait(30), 0, "exit")
    holds(len(begun) + len(rest) > 48_000 * 400, "sound was lost")
    same(process.stderr.read(), b"", "standard error")


@contextlib.contextmanager
def at_once(count, served, text="The quick brown fox jumps over the lazy dog. " * 20):
    """The text is asked for so many times at once; the requests under way."""
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        yield [pool.submit(generate, served.address, text) for _ in range(count)]


@check
def all_processes_at_work():
    """twenty texts at once are spoken by as many processes as were asked for"""
    with service("-e", "espeak", "--engine-processes", "3") as served:
        with at_once(20, served) as running:
            most = 0
            while not all(job.done() for job in running):
                most = max(most, len(children(served.process.pid)))
                time.sleep(0.01)
            same({job.result()[0] for job in running}, {200}, "statuses")
            sizes = [job.result()[1] for job in running]
            holds(max(sizes) - min(sizes) < max(sizes) / 50, "they are not alike")
        same(most, 3, "processes")


@check
def one_of_many_processes_is_killed():
    """of several processes one is killed at work: every text is heard, and none outlives the server"""
    with service("-e", "espeak", "--engine-processes", "4") as served:
        with at_once(8, served) as running:
            until(lambda: len(children(served.process.pid)) == 4)
            os.kill(children(served.process.pid)[-1], signal.SIGKILL)
            answers = [job.result() for job in running]
        same({status for status, _ in answers}, {200}, "statuses")
        sizes = sorted(size for _, size in answers)
        holds(sizes[0] > sizes[-1] * 0.9, f"sound was lost: {sizes}")
        left = children(served.process.pid)
        same(len(left), 4, "processes")
    until(lambda: all(state(number) in (None, "Z") for number in left))


@check
def as_many_processes_as_texts():
    """without a number there are processes when they are needed, and they give way to their server"""
    with service("-e", "espeak") as served:
        same(generate(served.address, "One is enough.")[0], 200, "status")
        same(len(children(served.process.pid)), 1, "processes")
        with at_once(30, served) as running:
            answers = [job.result() for job in running]
        same({status for status, _ in answers}, {200}, "statuses")
        found = children(served.process.pid)
        most = max(16, 4 * (os.cpu_count() or 1))
        holds(4 < len(found) <= most, f"{len(found)} processes")
        own = os.getpriority(os.PRIO_PROCESS, served.process.pid)
        same({os.getpriority(os.PRIO_PROCESS, number) for number in found}, {min(19, own + 10)}, "nice")


if __name__ == "__main__":
    check.run(limit=3_600)
