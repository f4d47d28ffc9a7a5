"""Kugel's own client with a service at fault: no crash, no hang, the right exit code, and what was
received is in the file."""

import concurrent.futures
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import wave

from checks import holds, judge, same, same_sound
from service import binary, clean_environment, service
from tone import tone

TEXT = " ".join(
    f"Sentence number {number} says something that is soon forgotten." for number in range(12))
MARKED = (
    'One two <prosody rate="medium">three <break time="400ms"/> four. Five six</prosody> seven. '
    '<spell>AB1</spell> eight, nine <break/> ten. Eleven <spell>C</spell> twelve thirteen.')
# Seconds for one run of the client, far above what any of them needs.
LIMIT = 30
IMPATIENT = ["--timeout", "connect=1s,first=1s,stall=1s"]
ONCE = ["--retries", "0"]


def whole(heard):
    same_sound(heard, tone(TEXT))


def beginning(heard):
    holds(heard, "nothing was kept")
    holds(len(heard) < len(tone(TEXT)), "more was kept than was received")
    same_sound(heard, tone(TEXT)[: len(heard)])


def nothing(heard):
    same(len(heard) // 2, 0, "samples kept")


def begun_anew(heard):
    holds(len(heard) > len(tone(TEXT)), "the sound before the loss is not kept")
    whole(heard[-len(tone(TEXT)):])
    beginning(heard[: -len(tone(TEXT))])


def something(heard):
    holds(heard, "nothing was kept")


# Faults, options of the client, exit status, what the file has to hold.
CASES = [
    ("delay=40", [], 0, whole),
    ("jitter=40,seed=7", [], 0, whole),
    ("delay=20,jitter=30,slow=20", [], 0, whole),
    ("slow=10", [], 0, whole),
    ("drop-before-audio,times=1", [], 0, whole),
    ("drop-before-audio,times=2", [], 0, whole),
    ("drop-before-audio", ["--retries", "1"], 75, nothing),
    ("drop-after=3,times=1", [], 0, whole),
    ("drop-after=3,times=2", [], 0, whole),
    ("drop-after=3,times=1", ["--on-drop", "restart"], 0, begun_anew),
    ("drop-after=3", ["--on-drop", "fail"], 75, beginning),
    ("drop-after=0", ONCE, 75, nothing),
    ("close=1012,times=1", [], 0, whole),
    ("close=1013,times=1", [], 0, whole),
    ("close=1012,close-after=4,times=1", [], 0, whole),
    ("close=1006", ONCE, 75, nothing),
    ("close=1000", ONCE, 75, nothing),
    ("close=1000,close-after=4", ["--on-drop", "fail"], 75, beginning),
    ("close=1012", ONCE, 69, nothing),
    ("close=4000", ONCE, 69, nothing),
    ("close=4001", [], 77, nothing),
    ("close=4003", [], 79, nothing),
    ("close=4003,close-after=4", [], 79, beginning),
    ("close=4029", ONCE, 75, nothing),
    ("close=4500", ONCE, 69, nothing),
    ("silent", [*IMPATIENT, *ONCE], 75, nothing),
    ("silent-after=3", [*IMPATIENT, "--on-drop", "fail"], 75, beginning),
    ("no-handshake", [*IMPATIENT, *ONCE], 75, nothing),
    ("no-handshake,times=1", ["--timeout", "connect=1s"], 0, whole),
    ("refuse-key", [], 77, nothing),
    ("status=402", [], 79, nothing),
    ("status=429", ONCE, 75, nothing),
    ("status=503", ONCE, 69, nothing),
    ("status=429,times=1", [], 0, whole),
    ("status=503,times=1", [], 0, whole),
    ("fail-turns=1", ONCE, 69, nothing),
    ("error=INTERNAL_ERROR", ONCE, 69, nothing),
    ("error=INSUFFICIENT_CREDITS", [], 79, nothing),
    ("error=RATE_LIMITED", ONCE, 75, nothing),
    ("error=MODEL_UNAVAILABLE", ONCE, 69, nothing),
    ("error=MISSING_VOICE_ID", [], 64, nothing),
    ("error=VALIDATION_ERROR", [], 64, nothing),
    ("error=UNAUTHORIZED", [], 77, nothing),
    ("error=NOT_FOUND", [], 64, nothing),
    ("error=EMPTY_AUDIO", ONCE, 69, nothing),
    ("odd-bytes", [], 0, whole),
    ("odd-bytes,unknown-frames,jitter=10", [], 0, whole),
    ("bad-base64", ONCE, 76, nothing),
    ("bad-json", ONCE, 76, nothing),
    ("unknown-frames", [], 0, whole),
    ("wrong-rate", [], 0, something),
    ("huge-frame", [], 0, whole),
    ("no-final,no-usage", [], 0, whole),
    ("no-usage", [], 0, whole),
    ("no-end", [*IMPATIENT, *ONCE], 75, whole),
]


def speak(command, address, folder, options, typed=TEXT):
    """Starts the client on `typed`; commands other than `say` get it by a pipe."""
    words = [
        binary(), command, "-e", "kugel", "--url", address, "--key-file", str(folder / "key"),
        "-v", "123", "-l", "en", "-o", str(folder / "heard.wav"), *options]
    if command == "say":
        words.append(typed)
    process = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=clean_environment())
    if command != "say":
        process.stdin.write(typed.encode())
    process.stdin.close()
    process.stdin = None
    return process


def ended(process):
    """Exit status and talk; a client that hangs is ended and has failed."""
    try:
        talk = process.communicate(timeout=LIMIT)[1].decode().strip()
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise AssertionError(f"no end within {LIMIT} s") from None
    return process.returncode, talk


def kept(folder):
    """The samples in the file, which any reader has to understand; empty without a file."""
    file = folder / "heard.wav"
    others = sorted(path.name for path in folder.iterdir() if path.name not in ("key", file.name))
    same(others, [], "other files left behind")
    if not file.exists():
        return b""
    with wave.open(str(file)) as sound:
        return sound.readframes(sound.getnframes())


def scratch(place):
    folder = pathlib.Path(place)
    (folder / "key").write_text("ka_faults_92c1\n")
    (folder / "key").chmod(0o600)
    return folder


def fault(command, faults, options, status, expected):
    with tempfile.TemporaryDirectory() as place, service("--fault", faults) as served:
        folder = scratch(place)
        code, talk = ended(speak(command, served.address, folder, options))
        same(code, status, f"exit status, saying {talk!r},")
        if status:
            holds(talk.startswith("kugel: "), f"no reason was given but {talk!r}")
            holds(len(talk.splitlines()) <= 3, f"too much talk: {talk!r}")
        holds("ka_faults_92c1" not in talk, "the key was told")
        expected(kept(folder))


def marked(command, frames):
    """What is left of a marked text keeps its tags whole."""
    alone = subprocess.run(
        [binary(), "say", "-e", "tone", "-o", "-", "--format", "raw", MARKED], capture_output=True,
        check=True, timeout=LIMIT, env=clean_environment()).stdout
    with tempfile.TemporaryDirectory() as place, \
            service("--fault", f"drop-after={frames},times=1") as served:
        folder = scratch(place)
        code, talk = ended(speak(command, served.address, folder, [], MARKED))
        same(code, 0, f"exit status, saying {talk!r},")
        same_sound(kept(folder), alone)


def interrupted(command, faults):
    with tempfile.TemporaryDirectory() as place, service("--fault", faults) as served:
        folder = scratch(place)
        process = speak(command, served.address, folder, [])
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        code, talk = ended(process)
        same(code, 130, f"exit status, saying {talk!r},")
        beginning(kept(folder))


def barge_in():
    """A cancelled turn leaves what was heard of it, none of its late frames, and the next turn."""
    script = f"{TEXT}\n/cancel after 300ms\n/wait 1s\n/say Next one.\n"
    with tempfile.TemporaryDirectory() as place, \
            service("--fault", "slow=1,late-after-cancel=5") as served:
        folder = scratch(place)
        process = speak("session", served.address, folder, [], script)
        code, talk = ended(process)
        same(code, 0, f"exit status, saying {talk!r},")
        heard, last = kept(folder), tone("Next one.")
        same_sound(heard[-len(last):], last)
        beginning(heard[: -len(last)])


def redirected(status):
    """A redirect is told and not followed, so the key goes nowhere else."""
    other = socket.create_server(("127.0.0.1", 0))
    other.setblocking(False)
    with socket.create_server(("127.0.0.1", 0)) as listener, other, \
            tempfile.TemporaryDirectory() as place:
        answer = (
            f"HTTP/1.1 {status} Elsewhere\r\nLocation: http://127.0.0.1:{other.getsockname()[1]}/ws/tts\r\n"
            "Content-Length: 0\r\n\r\n")
        process = speak("say", f"http://127.0.0.1:{listener.getsockname()[1]}", scratch(place), [])
        listener.settimeout(LIMIT)
        client, _ = listener.accept()
        with client:
            client.recv(4096)
            client.sendall(answer.encode())
            code, talk = ended(process)
        same(code, 76, f"exit status, saying {talk!r},")
        holds(str(status) in talk, f"the reason is {talk!r}")
        try:
            other.accept()
        except BlockingIOError:
            return
        raise AssertionError("the redirect was followed")


def secrets(faults, status):
    """No key is in what is told, in events or in the log of a service, however much is told."""
    with tempfile.TemporaryDirectory() as place:
        folder = scratch(place)
        log = folder / "log"
        keys = folder / "keys"
        keys.write_text("ka_faults_92c1\n")
        keys.chmod(0o600)
        with service("-V", "--api-key-file", str(keys), "--fault", faults, log=log) as served:
            process = speak(
                "say", served.address + "?api_key=ka_faults_92c1&other=1", folder,
                ["-VV", "--events", str(folder / "events"), *ONCE, "--force"])
            code, talk = ended(process)
        same(code, status, f"exit status, saying {talk!r},")
        for told in (talk, (folder / "events").read_text(), log.read_text()):
            holds(told, "nothing was told")
            holds("ka_faults_92c1" not in told, "the key was told")


def main():
    works = []
    for status in (301, 302, 307, 308):
        works.append((f"kugel say does not follow {status}", redirected, (status,)))
    for faults, status in [
            ("delay=1", 0), ("refuse-key", 77), ("status=503", 69), ("close=1006", 75), ("bad-json", 76)]:
        works.append((f"the key is told nowhere, {faults}", secrets, (faults, status)))
    for command in ("say", "stream"):
        for faults, options, status, expected in CASES:
            name = " ".join([f"kugel {command},", faults, *options, f"ends with {status}"])
            works.append((name, fault, (command, faults, options, status, expected)))
        for frames in range(1, 16, 2):
            works.append((
                f"kugel {command}, drop-after={frames},times=1, goes on within tags", marked,
                (command, frames)))
        works.append((
            f"kugel {command} stopped by INT, late-after-cancel=5, keeps what was received",
            interrupted, (command, "slow=1,late-after-cancel=5")))
    works.append((
        "kugel session, slow=1,late-after-cancel=5, keeps a barge-in clean", barge_in, ()))
    tone(TEXT)
    counts = {"ok": 0, "FAIL": 0, "skipped": 0}
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        verdicts = pool.map(lambda work: judge(work[1], work[2], LIMIT), works)
        for (name, _, _), (verdict, reason) in zip(works, verdicts):
            counts[verdict] += 1
            print(f"{verdict:7} faults: {name}" + (f" -- {reason}" if reason else ""), flush=True)
    print("counts", counts["ok"], counts["FAIL"], counts["skipped"], flush=True)
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
