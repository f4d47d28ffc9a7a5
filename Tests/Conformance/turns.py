"""How the kugel processes of one user take turns, heard on a device that plays in time.

CONFORMANCE_ROUNDS says how often a speaker is killed or suspended at a random moment; 3 unless set, 30 in
`make conformance`.
"""

import array
import ctypes
import fcntl
import functools
import itertools
import json
import os
import random
import select
import signal
import subprocess
import termios
import textwrap
import time
import tomllib

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
        self.typists = []

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *_):
        for typist in self.typists:
            typist.close()
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
def eight_in_a_heap():
    """Eight that begin at the same moment are each heard whole and alone, the urgent ones first"""
    with Bench() as bench:
        ranks = dict(zip("abcdefgh", ("idle", "normal", "urgent") * 3))
        texts = {name: words(name, 0.5) for name in ranks}
        running = [bench.say(texts[name], "--priority", rank) for name, rank in ranks.items()]
        for process in running:
            bench.ended(process)
        recording = bench.settled()
        one_voice_at_a_time(recording)
        ends = {name: places(recording, texts[name])[0] for name in ranks}
        # Whoever was there first found nobody.
        order = [ranks[name] for name in sorted(ranks, key=ends.get)][1:]
        same(order, sorted(order, key=["urgent", "normal", "idle"].index), "order of the voices")
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
def session_goes_back():
    """In a session /back and /on go to sentences, and nothing is made anew"""
    with Bench() as bench:
        text = [word + "." for word in words("word", 6)]
        session = bench.start(
            "session", "-e", "tone", "-a", DEVICE, text=" ".join(text) + "\n\n")
        bench.await_word(text[18])
        at = bench.server.mark()
        session.stdin.write(b"/back\n")
        session.stdin.flush()
        bench.server.await_that(
            lambda: tone(text[10]) in bench.recorded()[at:], "it did not go back")
        session.stdin.write(b"/on\n/on\n/wait heard\n/usage\n")
        session.stdin.close()
        session.stdin = None
        out, talk = session.communicate(timeout=PATIENCE)
        same(session.returncode, 0, f"exit status, saying {talk.decode()!r},")
        holds(b"turn 1 heard" in out and b"turn 2" not in out, f"the replies are {out!r}")
        recording = bench.settled()
        same(recording.count(tone(text[-1])[480:]), 1, "times the last word was heard")
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


class Typist:
    """A terminal of a test's own, with one process on it, whose text may come from a pipe."""

    def __init__(self, bench, *words, kind="dumb", text=None):
        self.master, terminal = os.openpty()
        self.before = termios.tcgetattr(terminal)
        self.shown = b""
        self.process = subprocess.Popen(
            [binary(), *words], stdin=subprocess.PIPE if text else terminal, stdout=terminal,
            stderr=terminal, env=bench.environment | {"TERM": kind}, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(1, termios.TIOCSCTTY, 0))
        if text:
            self.process.stdin.write(text.encode())
            self.process.stdin.flush()
        # It is read to its end, and the descriptor kept to look at the terminal afterwards.
        self.terminal = terminal
        bench.typists.append(self)

    def press(self, keys):
        os.write(self.master, keys.encode())

    def sees(self, text, seconds=20):
        until = time.monotonic() + seconds
        while text.encode() not in self.shown:
            ready, _, _ = select.select([self.master], [], [], max(0, until - time.monotonic()))
            holds(ready, f"{text!r} is not shown in {self.shown!r}")
            self.shown += os.read(self.master, 4096)

    def ends(self, status):
        """Waits for its end, and reads what it still shows."""
        while self.process.poll() is None:
            if select.select([self.master], [], [], 0.01)[0]:
                self.shown += os.read(self.master, 4096)
        same(self.process.returncode, status, "exit status")

    def takes_keys(self):
        return not termios.tcgetattr(self.terminal)[3] & termios.ECHO

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        os.close(self.master)
        os.close(self.terminal)


@calm
def keys():
    """At a terminal keys pause, go back and on, show what they do and stop; it is left as it was"""
    with Bench() as bench:
        text = [word + "." for word in words("word", 20)]
        typist = Typist(bench, "say", "-e", "tone", "-a", DEVICE, " ".join(text))
        bench.await_word(text[10])
        same(typist.takes_keys(), True, "whether keys are taken")
        typist.press("?")
        typist.sees("left and right: a sentence back and on")
        typist.press(" ")
        bench.listed(typist.process, "paused")
        time.sleep(0.1)
        at = bench.server.mark()
        # Back by three sentences, and on again.
        typist.press("\x1b[D\x1b[D\x1b[D ")
        bench.listed(typist.process, "speaking")
        bench.server.await_that(
            lambda: tone(text[10]) in bench.recorded()[at:], "it did not go back")
        typist.press("\x1b[C0")
        at = bench.server.mark()
        bench.server.await_that(
            lambda: tone(text[1]) in bench.recorded()[at:], "it did not begin anew")
        # While it is stopped the terminal is the shell's.
        typist.press("\x1a")
        bench.server.await_that(lambda: not typist.takes_keys(), "the terminal is not given back")
        bench.server.await_that(
            lambda: [i["state"] for i in bench.queue()] == ["suspended"], "it is not suspended")
        typist.process.send_signal(signal.SIGCONT)
        bench.server.await_that(typist.takes_keys, "keys are not taken again")
        typist.press("q")
        typist.ends(130)
        same(termios.tcgetattr(typist.terminal), typist.before, "the terminal afterwards")
        one_voice_at_a_time(bench.recorded())


@calm
def status_line():
    """Who waits says on its status line for whom, also while turn follows turn, and stops with Ctrl-Z"""
    for command, text in (["say", "next one"], None), (["stream", "--turn", "line"], "next one\n"):
        with Bench() as bench:
            speaking = [bench.say(words("long", 20), "--from", "claude")]
            bench.listed(speaking[0], "speaking")
            speaking.append(bench.say(words("other", 20)))
            bench.listed(speaking[1], "waiting")
            typist = Typist(bench, *command, "-e", "tone", "-a", DEVICE, kind="xterm", text=text)
            typist.sees(f"waiting for claude (process {speaking[0].pid})")
            typist.press("\x1a")
            bench.server.await_that(
                lambda: [i["state"] for i in bench.queue()][2:] == ["suspended"], "it is not suspended")
            typist.process.send_signal(signal.SIGCONT)
            same(bench.steer("skip")[0], 0, "exit status")
            typist.sees(f"waiting for another kugel (process {speaking[1].pid})")
            same(bench.steer("skip")[0], 0, "exit status")
            bench.await_word("one")
            if text:
                typist.process.stdin.close()
            typist.ends(0)
            # What was on the line is wiped out.
            last = typist.shown.rfind(b"waiting for")
            holds(b"\r\x1b[K" in typist.shown[last:], f"{typist.shown!r} ends with the wait")
            for process in speaking:
                bench.ended(process, 130)


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


def storm(seed):
    """Speakers come, and are steered, suspended, woken and killed at random, for some seconds."""
    chance = random.Random(seed)
    with Bench() as bench:
        asleep, until = [], time.monotonic() + 5
        while time.monotonic() < until:
            living = [p for p in bench.running if p.poll() is None and p not in asleep]
            if len(living) < 5:
                options = ["--from", chance.choice("abc"), "--priority",
                           chance.choice(("urgent", "normal", "idle"))]
                options += chance.choice(([], [], ["--replace"], ["--drop-after", "1s"]))
                bench.say([word + "." for word in words("word", chance.uniform(0.2, 2))], *options)
            match chance.randrange(8):
                case 0:
                    bench.steer("skip")
                case 1:
                    bench.steer(chance.choice(("back", "on", "again")), *([] if living else ["-h"]))
                case 2:
                    bench.steer("pause")
                case 3 | 4:
                    bench.steer("resume")
                case 5 if living:
                    chance.choice(living).kill()
                case 6 if living:
                    asleep.append(chance.choice(living))
                    asleep[-1].send_signal(signal.SIGSTOP)
                case 7 if asleep:
                    asleep.pop().send_signal(signal.SIGCONT)
            time.sleep(chance.uniform(0, 0.15))
        for process in asleep:
            process.send_signal(signal.SIGCONT)
        for process in bench.running:
            while process.poll() is None:
                bench.steer("resume")
                time.sleep(0.02)
            status = process.returncode
            holds(status in (0, 75, 130, -signal.SIGKILL), f"one ended with {status}: {process.stderr.read()}")
        one_voice_at_a_time(bench.recorded())
        same(bench.queue(), [], "queue")


@calm
def whatever_comes():
    """Whatever is done to speakers at random, one is heard at a time, all come to an end and nothing is left"""
    for seed in range((ROUNDS + 2) // 3):
        storm(seed)


@calm
def detached():
    """A detached speaker is in the queue before kugel returns, and speaks on without its terminal"""
    with Bench() as bench:
        # Longer than two starts take, also on a busy machine.
        first = bench.say(words("first", 5))
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
            recording, words("first", 5), *texts, ["piped000", "piped001", "piped002"])
        same(heard, sorted(heard), "order of the voices")
        one_voice_at_a_time(recording)
        bench.server.await_that(lambda: bench.queue() == [], "the queue is not empty")


# What agents give to their hooks, as their documentation shows it.
CLAUDE = {
    "session_id": "eb5b0174-0555-4601-804e-672d68069c89",
    "transcript_path": "/home/me/.claude/projects/-home-me/eb5b0174.jsonl", "cwd": "/home/me",
    "permission_mode": "default"}
STOPPED = CLAUDE | {"hook_event_name": "Stop", "stop_hook_active": False}
ASKING = CLAUDE | {"hook_event_name": "Notification", "notification_type": "permission_prompt"}
TURN = {
    "type": "agent-turn-complete", "thread-id": "b5f6c1c2-1111-2222-3333-444455556666",
    "turn-id": "12345", "cwd": "/home/me", "input-messages": ["Rename foo to bar."]}


class Sandbox:
    """A home in which the lines of `kugel help agents` stand where it says, and `kugel` is found."""

    def __init__(self, bench):
        self.bench, self.home = bench, bench.server.folder / "home"
        (self.home / "bin").mkdir(parents=True)
        (self.home / "bin/kugel").symlink_to(os.path.abspath(binary()))
        (self.home / "config").write_text(f"engine = tone\ndevice = {DEVICE}\n")
        self.environment = bench.environment | {
            "HOME": str(self.home), "PATH": f"{self.home}/bin:/usr/bin:/bin",
            "KUGEL_CONFIG": str(self.home / "config")}
        text = subprocess.run(
            [binary(), "help", "agents"], capture_output=True, text=True, check=True).stdout
        # What is to be pasted is indented.
        parts = itertools.groupby(text.splitlines(), lambda line: not line or line.startswith("  "))
        blocks = ["\n".join(lines).strip() for pastes, lines in parts if pastes]
        pasted = [textwrap.dedent("  " + block) for block in blocks if block]
        same(len(pasted), 3, f"number of blocks in {text!r}")
        self.claude, self.codex, self.shell = (
            json.loads(pasted[0])["hooks"], tomllib.loads(pasted[1])["notify"], pasted[2])

    def run(self, words, given=""):
        """As an agent does: nothing is heard of it, and it is over at once."""
        done = subprocess.run(
            words, input=given, capture_output=True, text=True, env=self.environment, cwd=self.home,
            timeout=PATIENCE)
        same((done.returncode, done.stdout, done.stderr), (0, "", ""), f"what comes of {words}")

    def hook(self, event, given):
        for matcher in self.claude[event]:
            for hook in matcher["hooks"]:
                same(hook["type"], "command", "kind of hook")
                self.run(["/bin/sh", "-c", hook["command"]], json.dumps(given))


@calm
def agents():
    """The lines of kugel help agents do what they promise with what agents give to their hooks"""
    with Bench() as bench:
        sandbox = Sandbox(bench)
        first = bench.say(words("first", 20))
        bench.listed(first, "speaking")
        sandbox.hook("Stop", STOPPED | {"last_assistant_message": "old000 old001 old002"})
        sandbox.run([*sandbox.codex, json.dumps(TURN | {"last-assistant-message": "cdx000 cdx001 cdx002"})])
        sandbox.run([*sandbox.codex, json.dumps(TURN | {"last-assistant-message": None})])
        sandbox.hook("Stop", STOPPED | {"last_assistant_message": "new000 **new001**\n\nnew002"})
        sandbox.hook("Notification", ASKING | {"message": "may000 may001 may002"})
        for shell, code in (("bash", 0), ("zsh", 3)):
            if not os.path.exists(f"/usr/bin/{shell}"):
                raise Skipped(f"{shell} is missing")
            sandbox.run([shell, "-c", f"{sandbox.shell}\nspoken sh -c 'exit {code}'; [ $? = {code} ]"])
        listed = [(i["from"], i["text"]) for i in bench.queue()[1:]]
        same(listed, [
            ("claude", "may000 may001 may002"), ("codex", "cdx000 cdx001 cdx002"),
            ("claude", "new000 **new001** new002"), ("shell", "sh is done"),
            ("shell", "sh failed with status 3")], "queue")
        same(bench.steer("skip")[0], 0, "exit status")
        bench.ended(first, 130)
        bench.await_word("status")
        recording = bench.settled()
        one_voice_at_a_time(recording)
        heard = places(
            recording, *([f"{name}{n:03}" for n in range(3)] for name in ("may", "cdx", "new")),
            ["sh", "is", "done"], ["sh", "failed", "with", "status"])
        same(heard, sorted(heard), "order of the voices")
        same(tone("old001") in recording, False, "what was replaced")
        bench.server.await_that(lambda: bench.queue() == [], "the queue is not empty")
        log = bench.server.folder / "kugel/detached.log"
        holds("Error" not in log.read_text(), f"the log is {log.read_text()!r}")


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
        # To the start, and a sentence on.
        for member in ("Previous", "Previous", "Next", "Pause", "Play"):
            holds(bus.call(process, member) is not None, f"no answer to {member}")
        bench.server.await_that(lambda: "Playing" in status(), "it does not go on")
        bench.server.await_that(
            lambda: tone(text[8]) in bench.recorded()[at:], "it did not go back")
        heard = [tone(word)[480:] in bench.recorded()[at:] for word in text[:3]]
        same(heard, [False, True, True], "whether the first, second and third sentence were heard again")
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
