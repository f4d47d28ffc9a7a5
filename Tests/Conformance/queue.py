"""How the kugel processes of one user take turns, heard on a device that plays in time.

CONFORMANCE_ROUNDS says how often a speaker is killed or suspended at a random moment; 3 unless set, 30 in
`make conformance`.
"""

import array
import ctypes
import functools
import json
import os
import random
import signal
import subprocess
import time

from checks import Checks, Skipped, holds, same
from service import binary, clean_environment
from sound_server import DEVICE, RATE, SoundServer, missing
from steady import undisturbed
from tone import tone

ROUNDS = int(os.environ.get("CONFORMANCE_ROUNDS") or 3)
# What anything here may take at most, far above what it needs.
PATIENCE = 60
# The loudest sample of one voice; two together are louder within milliseconds.
LOUDEST = 6000 + 255
check = Checks("queue")


def calm(function):
    """A check that listens exactly: what a machine that stands still does to the sound does not count."""
    return check(functools.wraps(function)(lambda: undisturbed(function)))


def words(name, seconds):
    """A text of so many seconds, whose words are nobody else's."""
    count = max(1, round(seconds * RATE / len(tone(f"{name}000")) * 2))
    return [f"{name}{number:03}" for number in range(count)]


class Bench:
    """A sound server and the processes that play on it."""

    def __init__(self):
        self.server = SoundServer(latency=5)
        self.running = []

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *_):
        for process in self.running:
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stderr.close()
            process.stdout.close()
        self.server.__exit__()

    @property
    def environment(self):
        state = {"XDG_STATE_HOME": str(self.server.folder / "state"), "TERM": "dumb"}
        return clean_environment() | self.server.environment | state

    def start(self, *arguments, text=None):
        process = subprocess.Popen(
            [binary(), *arguments], stdin=subprocess.PIPE if text else subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment)
        self.running.append(process)
        if text:
            process.stdin.write(text.encode())
            process.stdin.flush()
        return process

    def say(self, text, *options):
        return self.start("say", "-e", "tone", "-a", DEVICE, *options, " ".join(text))

    def steer(self, *arguments):
        done = subprocess.run(
            [binary(), *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            env=self.environment, timeout=PATIENCE)
        return done.returncode, done.stdout, done.stderr

    def queue(self):
        status, out, talk = self.steer("queue", "--json")
        same(status, 0, f"exit status of queue, saying {talk!r},")
        return json.loads(out)

    def listed(self, process, state):
        """Waits until the item stands in the queue so; gives it."""
        found = []

        def ready():
            found[:] = [i for i in self.queue() if i["id"] == process.pid and i["state"] == state]
            if not found and process.poll() is not None:
                raise AssertionError(
                    f"it ended with {process.returncode}: {process.stderr.read().decode()}")
            return bool(found)

        self.server.await_that(ready, f"nobody is {state}", PATIENCE)
        return found[0]

    def ended(self, process, status=0):
        """The talk of one that ends so."""
        _, talk = process.communicate(timeout=PATIENCE)
        same(process.returncode, status, f"exit status, saying {talk.decode()!r},")
        return talk.decode()

    def recorded(self):
        sound = self.server.recording.read_bytes()
        return sound[: len(sound) // 2 * 2]

    def settled(self):
        """The recording, once a second of silence ends it."""
        self.server.heard()
        return self.recorded()

    def await_word(self, word, seconds=20):
        sound, until = tone(word), time.monotonic() + seconds
        while sound not in self.recorded():
            holds(time.monotonic() < until, f"{word} is not heard")
            time.sleep(0.01)


def places(recording, *texts):
    """Where the last word of each text begins; all of its words but the first, which fades in, are there."""
    found = []
    for text in texts:
        at = 0
        for word in text[1:]:
            at = recording.find(tone(word), at)
            holds(at >= 0, f"{word} was not heard")
        found.append(at)
    return found


def one_voice_at_a_time(recording):
    samples = array.array("h", recording)
    loudest = max(max(samples), -min(samples))
    holds(loudest <= LOUDEST, f"two voices were heard together: {loudest}")


@calm
def eight_at_once():
    """Eight processes are heard one after the other, by priority and then as they came"""
    with Bench() as bench:
        texts = {name: words(name, 0.4) for name in "abcdefgh"}
        first = bench.say(words("first", 2.5))
        bench.listed(first, "speaking")
        priorities = dict(a="normal", b="idle", c="urgent", d="normal", e="idle", f="urgent",
                          g="normal")
        waiting = {}
        for name, priority in priorities.items():
            waiting[name] = bench.say(
                texts[name], "--priority", priority, "--from", f"agent {name}")
            item = bench.listed(waiting[name], "waiting")
            same((item["from"], item["priority"]), (f"agent {name}", priority), "item")
            same(item["text"], " ".join(texts[name]), "text")
            holds(item["left"] > 0, "no time is left")
        order = ["c", "f", "a", "d", "g", "b", "e"]
        listed = bench.queue()
        same(listed[0]["id"], first.pid, "the first listed")
        same([i["from"][-1] for i in listed[1:]], order, "order in the queue")
        for process in [first, *waiting.values()]:
            talk = bench.ended(process)
            same(process is first or "waiting for another kugel" in talk, True, "who is told")
        recording = bench.settled()
        heard = places(recording, words("first", 2.5), *[texts[name] for name in order])
        same(heard, sorted(heard), "order of the voices")
        one_voice_at_a_time(recording)
        same(bench.queue(), [], "queue")


@calm
def skip():
    """What is skipped falls silent, and the next is heard soon"""
    with Bench() as bench:
        long, next_one = words("long", 20), words("next", 0.5)
        one = bench.say(long)
        bench.await_word(long[3])
        two = bench.say(next_one)
        bench.listed(two, "waiting")
        at = bench.server.mark()
        same(bench.steer("skip")[0], 0, "exit status")
        bench.ended(one, 130)
        bench.ended(two)
        recording = bench.settled()
        one_voice_at_a_time(recording)
        begin = recording.find(tone(next_one[1])) - len(tone(next_one[0]))
        took = (begin - at) / 2 / RATE
        holds(took < 0.6, f"the next was heard after {took * 1000:.0f} ms")
        same(bench.steer("skip")[0::2], (1, "kugel: nobody speaks\n"), "skipping nobody")


@calm
def skip_who_waits():
    """Items are skipped by their numbers, also while they wait"""
    with Bench() as bench:
        one, two, three = (words(name, seconds) for name, seconds in
                           (("one", 2), ("two", 0.3), ("three", 0.3)))
        first = bench.say(one)
        bench.listed(first, "speaking")
        second, third = bench.say(two), bench.say(three)
        for process in (second, third):
            bench.listed(process, "waiting")
        same(bench.steer("skip", str(second.pid), "1")[0::2],
             (1, "kugel: there is no item 1; see: kugel queue\n"), "skip")
        bench.ended(second, 130)
        bench.ended(first)
        bench.ended(third)
        recording = bench.settled()
        places(recording, one, three)
        same(tone(two[1]) in recording, False, "what was skipped")


@calm
def replaced():
    """An agent's new answer makes its old one stale, and nobody else's"""
    with Bench() as bench:
        texts = [words(name, 0.4) for name in ("said", "old", "other", "new")]
        said = bench.say(words("said", 2), "--from", "x")
        bench.listed(said, "speaking")
        old, other = bench.say(texts[1], "--from", "x"), bench.say(texts[2], "--from", "y")
        for process in (old, other):
            bench.listed(process, "waiting")
        new = bench.say(texts[3], "--from", "x", "--replace")
        talk = bench.ended(old, 75)
        holds("something newer to say" in talk, f"the talk is {talk!r}")
        for process in (said, other, new):
            bench.ended(process)
        recording = bench.settled()
        heard = places(recording, words("said", 2), texts[2], texts[3])
        same(heard, sorted(heard), "order of the voices")
        same(tone(texts[1][1]) in recording, False, "what was replaced")


@calm
def stale():
    """What had to wait too long is not said"""
    with Bench() as bench:
        first = bench.say(words("first", 3))
        bench.listed(first, "speaking")
        second = bench.say(words("late", 0.3), "--drop-after", "200ms")
        talk = bench.ended(second, 75)
        holds("it had to wait" in talk, f"the talk is {talk!r}")
        same(bench.steer("skip")[0], 0, "exit status")
        bench.ended(first, 130)


@calm
def turns_of_a_session():
    """A session is skipped turn by turn, and in between the speakers are others'"""
    with Bench() as bench:
        lines = [words("alpha", 8), words("beta", 0.4), words("gamma", 0.4)]
        session = bench.start(
            "session", "-e", "tone", "-a", DEVICE, text=" ".join(lines[0]) + "\n\n")
        bench.await_word(lines[0][2])
        between = bench.say(lines[1])
        bench.listed(between, "waiting")
        same(bench.steer("skip")[0], 0, "exit status")
        bench.ended(between)
        session.stdin.write((" ".join(lines[2]) + "\n\n/wait heard\n").encode())
        session.stdin.close()
        session.stdin = None
        bench.ended(session)
        recording = bench.settled()
        heard = places(recording, lines[1], lines[2])
        same(heard, sorted(heard), "order of the voices")
        same(tone(lines[0][-1]) in recording, False, "the end of what was skipped")
        one_voice_at_a_time(recording)


@calm
def paused():
    """A pause by another process is silence, and nothing is lost by it"""
    with Bench() as bench:
        text = words("word", 1.5)
        process = bench.say(text)
        bench.await_word(text[4])
        same(bench.steer("pause")[0], 0, "exit status")
        bench.listed(process, "paused")
        time.sleep(0.1)
        at = bench.server.mark()
        time.sleep(0.4)
        same(any(bench.recorded()[at:]), False, "sound in the pause")
        same(bench.steer("pause")[0], 0, "exit status of another pause")
        same(bench.steer("resume")[0], 0, "exit status")
        bench.ended(process)
        same(tone(text[-1]) in bench.settled(), True, "the last word")


@calm
def back_and_again():
    """Going back plays what was received once more; so does again, also when its process has gone"""
    with Bench() as bench:
        # Each sentence is a piece.
        text = [word + "." for word in words("word", 3)]
        process = bench.say(text)
        bench.await_word(text[12])
        same(bench.steer("back")[0], 0, "exit status")
        same(bench.steer("on")[0], 0, "exit status")
        same(bench.steer("again")[0], 0, "exit status of again")
        bench.ended(process)
        recording = bench.settled()
        count = lambda word: recording.count(tone(word)[480:])
        same(count(text[5]), 2, "times the sixth word was heard")
        same(count(text[-1]), 1, "times the last word was heard")
        at = bench.server.mark()
        again = bench.start("again", "-a", DEVICE)
        bench.ended(again)
        recording = bench.settled()[at:]
        places(recording, text)
        one_voice_at_a_time(recording)
        same(bench.steer("again", "-a", "null")[0], 0, "exit status of another again")


def disturbed(how, wait):
    """A speaker is killed or suspended after `wait` seconds; whoever waits is heard within a second."""
    with Bench() as bench:
        long, next_one = words("long", 6), words("next", 0.6)
        one = bench.say(long)
        bench.listed(one, "speaking")
        two = bench.say(next_one)
        bench.listed(two, "waiting")
        time.sleep(wait)
        at = bench.server.mark()
        one.send_signal(how)
        talk = bench.ended(two)
        recording = bench.recorded()
        begin = recording.find(tone(next_one[1])) - len(tone(next_one[0]))
        took = (begin - at) / 2 / RATE
        holds(0 <= took < 1, f"the next was heard after {took * 1000:.0f} ms")
        if how == signal.SIGKILL:
            one.wait()
        else:
            holds(f"process {one.pid}" in talk, f"the talk is {talk!r}")
            same([i["state"] for i in bench.queue()], ["suspended"], "queue")
            # It goes on only while nobody else speaks.
            three = bench.say(words("third", 1.2))
            bench.await_word("third001")
            one.send_signal(signal.SIGCONT)
            bench.ended(three)
            bench.await_word(long[-1], 20)
            bench.ended(one)
        one_voice_at_a_time(bench.recorded())
        same(bench.queue(), [], "queue")


@calm
def killed():
    """A speaker that is killed at any moment leaves the speakers to the next within a second"""
    chance = random.Random(17)
    for _ in range((ROUNDS + 1) // 2):
        disturbed(signal.SIGKILL, chance.uniform(0, 1))


@calm
def suspended():
    """A speaker that is suspended at any moment loses its place, and never speaks into another's turn"""
    chance = random.Random(18)
    for _ in range(ROUNDS // 2 or 1):
        disturbed(signal.SIGSTOP, chance.uniform(0, 1))


@calm
def suspended_while_waiting():
    """Who is suspended while it waits is passed, and told"""
    with Bench() as bench:
        first = bench.say(words("first", 2))
        bench.listed(first, "speaking")
        second = bench.say(words("second", 0.3))
        bench.listed(second, "waiting")
        second.send_signal(signal.SIGSTOP)
        third = bench.say(words("third", 0.3))
        bench.listed(third, "waiting")
        talk = bench.ended(third)
        holds(f"process {second.pid}" in talk, f"the talk is {talk!r}")
        second.send_signal(signal.SIGCONT)
        for process in (first, second):
            bench.ended(process)
        one_voice_at_a_time(bench.settled())


@calm
def detached():
    """A detached speaker is in the queue before kugel returns, and speaks on without its terminal"""
    with Bench() as bench:
        first = bench.say(words("first", 1.5))
        bench.listed(first, "speaking")
        texts = [words("detach", 0.4), words("second", 0.4)]
        items = []
        for text in texts:
            # In a session of its own, which is ended with all its processes.
            shell = subprocess.Popen(
                [binary(), "say", "-e", "tone", "-a", DEVICE, "--detach", "--from", "x",
                 " ".join(text)],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=bench.environment,
                start_new_session=True)
            items.append(int(shell.communicate(timeout=PATIENCE)[0]))
            same(shell.returncode, 0, "exit status")
            try:
                os.killpg(shell.pid, signal.SIGHUP)
            except ProcessLookupError:
                pass
        same([i["id"] for i in bench.queue()], [first.pid, *items], "queue")
        # What is piped in is spoken, too.
        piped = bench.start(
            "say", "-e", "tone", "-a", DEVICE, "--detach", text="piped000 piped001 piped002")
        piped.stdin.close()
        piped.stdin = None
        bench.ended(piped)
        bench.ended(first)
        bench.await_word("piped002")
        recording = bench.settled()
        heard = places(
            recording, words("first", 1.5), *texts, ["piped000", "piped001", "piped002"])
        same(heard, sorted(heard), "order of the voices")
        one_voice_at_a_time(recording)
        bench.server.await_that(lambda: bench.queue() == [], "the queue is not empty")


class Bus:
    """A session bus of its own."""

    TOOLS = ("/usr/bin/dbus-daemon", "/usr/bin/dbus-send")
    LIBRARY = "libsystemd.so.0"

    def __enter__(self):
        missing_tools = [tool for tool in self.TOOLS if not os.path.exists(tool)]
        if missing_tools:
            raise Skipped(f"{missing_tools[0]} is missing")
        try:
            ctypes.CDLL(self.LIBRARY)
        except OSError:
            raise Skipped(f"{self.LIBRARY} is missing") from None
        self.daemon = subprocess.Popen(
            [self.TOOLS[0], "--session", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.daemon.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.daemon.terminate()
        self.daemon.wait()
        self.daemon.stdout.close()

    def call(self, process, member, *arguments, interface="org.mpris.MediaPlayer2.Player"):
        """What is answered; None where nobody is there or it is refused."""
        done = subprocess.run(
            [self.TOOLS[1], "--session", "--print-reply", "--reply-timeout=10000",
             f"--dest=org.mpris.MediaPlayer2.kugel.instance{process.pid}",
             "/org/mpris/MediaPlayer2", f"{interface}.{member}", *arguments],
            capture_output=True, text=True,
            env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": self.address})
        return done.stdout if done.returncode == 0 else None

    def property(self, process, name):
        return self.call(
            process, "Get", "string:org.mpris.MediaPlayer2.Player", f"string:{name}",
            interface="org.freedesktop.DBus.Properties")


@calm
def desktop_keys():
    """What is heard is a media player on the session's bus, steered by its keys"""
    with Bus() as bus, Bench() as bench:
        text = [word + "." for word in words("word", 20)]
        process = subprocess.Popen(
            [binary(), "say", "-e", "tone", "-a", DEVICE, "--from", "agent", " ".join(text)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=bench.environment | {"DBUS_SESSION_BUS_ADDRESS": bus.address})
        bench.running.append(process)
        status = lambda: bus.property(process, "PlaybackStatus") or ""
        bench.server.await_that(lambda: "Playing" in status(), "no player is there")
        about = bus.property(process, "Metadata")
        holds("word000. word001." in about and '"agent"' in about, f"the player is about {about}")
        bench.await_word(text[8].rstrip())
        holds(bus.call(process, "PlayPause") is not None, "no answer")
        bench.listed(process, "paused")
        bench.server.await_that(lambda: "Paused" in status(), "it is not paused")
        time.sleep(0.1)
        at = bench.server.mark()
        for member in ("Previous", "Previous", "Play"):
            holds(bus.call(process, member) is not None, f"no answer to {member}")
        bench.server.await_that(lambda: "Playing" in status(), "it does not go on")
        bench.server.await_that(
            lambda: tone(text[8]) in bench.recorded()[at:], "it did not go back")
        same(bus.call(process, "Sing"), None, "what nobody can do")
        holds("<interface" in bus.call(
            process, "Introspect", interface="org.freedesktop.DBus.Introspectable"), "no description")
        holds(bus.call(process, "Stop") is not None, "no answer")
        bench.ended(process, 143)
        same(bus.property(process, "PlaybackStatus"), None, "a player that has gone")


if __name__ == "__main__":
    if missing():
        check.listed = []
        print(f"skipped queue: {', '.join(missing())} is missing")
    check.run()
