"""Live sound on a device that plays in time, recorded from the sound server's monitor.

CONFORMANCE_SECONDS says how long the jittered runs are; 3 unless set, 60 in `make conformance`.
"""

import array
import json
import os
import signal
import subprocess
import time

from checks import Checks, holds, same
from service import binary, clean_environment, service
from sound_server import DEVICE, RATE, SoundServer, missing, sounding
from steady import undisturbed
from tone import tone

SECONDS = float(os.environ.get("CONFORMANCE_SECONDS") or 3)
# What a run may take beyond its sound, far above what any of them needs.
PATIENCE = 60
# Samples of the rise at the beginning of a sound.
FADE = RATE * 5 // 1000
check = Checks("paced")


def words(seconds):
    """A text of so many seconds."""
    count = int(seconds * RATE / 2160) + 1
    return " ".join(f"w{number:04}" for number in range(count)) + "."


def play(server, *options, text, command="say"):
    """Starts the program on the server's device; ends by itself or by a signal."""
    state = {"XDG_STATE_HOME": str(server.folder / "state"), "TERM": "dumb"}
    process = subprocess.Popen(
        [binary(), command, "-a", DEVICE, *options, *([text] if command == "say" else [])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=clean_environment() | server.environment | state)
    if command != "say":
        process.stdin.write(text.encode())
    process.stdin.close()
    process.stdin = None
    return process


def ended(process):
    """Exit status and talk."""
    try:
        _, talk = process.communicate(timeout=SECONDS + PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise AssertionError("no end") from None
    return process.returncode, talk.decode()


def samples(sound):
    return array.array("h", sound)


def rises_into(heard, expected, what="recording"):
    """The same samples, but for the first 5 ms, in which the sound rises."""
    expected = samples(sounding(expected))
    heard = samples(heard)
    # The very first samples of the rise are silent.
    lost = len(expected) - len(heard)
    holds(0 <= lost <= FADE // 4, f"the {what} has {len(heard)} samples, not {len(expected)}")
    same(heard[FADE:] == expected[FADE + lost:], True, f"equality of the {what}")


def remote(server, address, *options, text, command="say"):
    key = server.folder / "key"
    key.write_text("ka_paced_7d20\n")
    key.chmod(0o600)
    return play(
        server, "-e", "kugel", "--url", address, "--key-file", str(key), "-v", "123", "-l", "en",
        *options, text=text, command=command)


def gaps(events):
    return sum(json.loads(line)["ev"] == "underrun" for line in events.read_text().splitlines())


@check
def a_sentence():
    """A sentence is heard from its first word to its last sample, and kept in a file too"""
    with SoundServer() as server:
        file = server.folder / "a.raw"
        text = "Hello world, this is the first word and this the last."
        status, talk = ended(play(server, "-e", "tone", "--play", "-o", str(file), text=text))
        same((status, talk), (0, ""), "status and talk")
        same(file.read_bytes() == tone(text), True, "equality of the file")
        rises_into(server.heard(), tone(text))


def jittered(milliseconds, *options):
    """Status, talk, number of gaps, recording and text of a run with frames that come in bursts."""
    text = words(SECONDS)
    with SoundServer() as server, service(
            "--fault", f"slow=1,jitter={milliseconds},seed=11") as served:
        events = server.folder / "events"
        status, talk = ended(remote(
            server, served.address, "-V", "--events", str(events), *options, text=text))
        learned = server.folder / "state" / "kugel" / "cushions"
        return (status, talk, gaps(events), server.heard(), text,
                learned.read_text() if learned.exists() else "")


@check
def jitter_100():
    """Frames up to 100 ms late are heard whole and without a gap"""
    def work():
        status, talk, count, heard, text, learned = jittered(100)
        same(status, 0, f"exit status, saying {talk!r},")
        same(count, 0, "number of gaps")
        rises_into(heard, tone(text))
        same(learned, "", "cushion learned")
    undisturbed(work)


@check
def jitter_400():
    """Frames up to 400 ms late break the sound; nothing is lost, it heals, and the program says so"""
    status, talk, count, heard, text, learned = jittered(400)
    same(status, 0, f"exit status, saying {talk!r},")
    holds(count > 0, "no gap")
    if SECONDS >= 30:
        holds(count <= 8, f"{count} gaps: the cushion does not grow")
    holds("the sound broke off; from now on " in talk, f"gaps are not told in {talk!r}")
    times = "once" if count == 1 else f"{count} times"
    holds(f"broke off {times}" in talk.splitlines()[-1], f"the summary has no {count} gaps: {talk!r}")
    # Each new start rises; what is silent in between is no longer the sound's.
    expected, played = samples(tone(text)), samples(heard)
    loud = sum(1 for sample in played if sample)
    whole = sum(1 for sample in expected if sample)
    holds(abs(loud - whole) <= 12 * (count + 1), f"{loud} samples of {whole} were heard")
    same(played[-480:], expected[-480:], "last 20 ms")
    host, cushion = learned.split()
    holds(120 < int(cushion) <= 1000, f"cushion remembered of {host} is {cushion} ms")


def interrupted(number):
    with SoundServer(latency=5) as server:
        process = play(server, "-e", "tone", text=words(20))
        began = server.await_sound()
        while server.size() < began + RATE:
            time.sleep(0.005)
        at = server.mark()
        process.send_signal(number)
        status, _ = ended(process)
        same(status, 128 + number, "exit status")
        time.sleep(0.2)
        rest = sounding(server.recording.read_bytes()[at:])
        # The recorder is a few milliseconds behind.
        left = len(rest) / 2 / RATE * 1000
        holds(left <= 50 + 15, f"{left:.0f} ms were heard after the signal")


@check
def barge_in():
    """Ctrl-C leaves at most 50 ms to be heard"""
    undisturbed(lambda: interrupted(signal.SIGINT))


@check
def many_barge_ins():
    """After every barge-in the next turn is heard to its end, and the session ends by itself"""
    turns = 24
    script = "".join(
        f"/cancel after {40 + 13 * turn}ms\n{words(1)}\n\n/wait heard\n/say Next.\n/wait heard\n"
        for turn in range(turns))
    with SoundServer(latency=5) as server:
        process = play(server, "-e", "tone", text=script, command="session")
        replies, _ = process.communicate(timeout=turns * 2 + PATIENCE)
        same(process.returncode, 0, "exit status")
        lines = replies.decode().splitlines()
        same(sum(" cancelled " in line for line in lines), turns, "turns that were cut")
        same(sum(line.endswith(" heard") for line in lines), turns, "turns heard to their end")


@check
def paused():
    """A pause by USR1 is silence within 50 ms, and nothing is lost by it"""
    def work():
        text = words(1.5)
        with SoundServer(latency=5) as server:
            process = play(server, "-e", "tone", text=text)
            server.await_sound()
            time.sleep(0.4)
            process.send_signal(signal.SIGUSR1)
            time.sleep(0.1)
            at = server.mark()
            time.sleep(0.5)
            same(any(server.recording.read_bytes()[at:]), False, "sound in the pause")
            process.send_signal(signal.SIGUSR1)
            same(ended(process)[0], 0, "exit status")
            heard, expected = samples(server.heard()), samples(tone(text))
            same(heard[-9600:], expected[-9600:], "last 0.4 s")
            loud = sum(1 for sample in heard if sample)
            whole = sum(1 for sample in expected if sample)
            # A sound server tells to some milliseconds how far it was when it was stopped.
            holds(abs(loud - whole) <= RATE // 100, f"{loud} samples of {whole} were heard")
    undisturbed(work)


@check
def lost_card():
    """A sound server that dies costs the sound, not the file; the exit status tells"""
    text = words(3)
    with SoundServer() as server:
        file = server.folder / "a.raw"
        process = play(server, "-e", "tone", "--play", "-o", str(file), text=text)
        server.await_sound()
        server.stop()
        status, talk = ended(process)
        same(status, 74, f"exit status, saying {talk!r},")
        holds(talk.startswith("kugel: ") and DEVICE in talk, f"the device is not named in {talk!r}")
        same(file.read_bytes() == tone(text), True, "equality of the file")


@check
def no_card():
    """A device that cannot be opened costs the sound, not the file"""
    with SoundServer() as server:
        file = server.folder / "a.raw"
        server.stop()
        status, talk = ended(play(server, "-e", "tone", "--play", "-o", str(file), text="One two."))
        same(status, 74, f"exit status, saying {talk!r},")
        same(file.read_bytes() == tone("One two."), True, "equality of the file")


@check
def full_disk():
    """A full disk does not stop the voice; the exit status tells"""
    text = words(1)
    with SoundServer() as server:
        status, talk = ended(
            play(server, "-e", "tone", "--play", "-o", "/dev/full", "--format", "raw", text=text))
        same(status, 74, f"exit status, saying {talk!r},")
        holds("/dev/full" in talk, f"the file is not named in {talk!r}")
        rises_into(server.heard(), tone(text))


@check
def in_real_time():
    """--pace realtime writes 20 ms every 20 ms, by deadlines that do not drift"""
    def work():
        text = words(2.5)
        process = subprocess.Popen(
            [binary(), "say", "-e", "tone", "--pace", "realtime", "-o", "-", "--format", "raw", text],
            stdout=subprocess.PIPE, env=clean_environment())
        times, total = [], 0
        while piece := os.read(process.stdout.fileno(), 960):
            total += len(piece)
            times.append((time.monotonic(), total))
        process.stdout.close()
        same(process.wait(PATIENCE), 0, "exit status")
        same(total, len(tone(text)), "bytes")
        start = times[0][0]
        late = [at - start - (count - 960) / 2 / RATE for at, count in times]
        holds(min(late) >= -0.01, f"{-min(late):.3f} s early")
        holds(min(late[-25:]) <= 0.02, f"the end is {min(late[-25:]):.3f} s late")
    undisturbed(work)


if __name__ == "__main__":
    if missing():
        check.listed = []
        print(f"skipped paced: {', '.join(missing())} is missing")
    check.run()
