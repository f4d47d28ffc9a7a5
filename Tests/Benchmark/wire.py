"""A service over loopback: bulk and added delay of the client, first sound and capacity of the server."""

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request

from measure import Failed, Row, milliseconds, percentile, repeat, run

HERE = os.path.dirname(os.path.abspath(__file__))
SDK = "2.7.0"
# With the tone engine 19 words of 50 ms and one of 60 ms: 1.01 s.
TONES = " ".join(["a"] * 20) + "."
# A request takes 10,000 characters.
TURN = 240
SENTENCE = "They walked home along the river, and nobody in the village saw them come back that evening."
FRAME = 9_600
CUSHION = 200


def compiled(scratch, name, *libraries):
    program = os.path.join(scratch, name)
    subprocess.run(["cc", "-O2", "-o", program, os.path.join(HERE, name + ".c"), *libraries], check=True)
    return program


def written(scratch, name, text):
    path = os.path.join(scratch, name)
    with open(path, "w") as file:
        file.write(text)
    return path


class Address(str):
    """Of a server, with the number of its process."""

    process = 0


@contextlib.contextmanager
def service(kugel, engine, *options):
    """A fresh server's address."""
    child = subprocess.Popen(
        [kugel, "serve", "-q", "-e", engine, "--listen", "127.0.0.1:0", *options], stdout=subprocess.PIPE, text=True
    )
    try:
        address = Address(child.stdout.readline().strip())
        address.process = child.pid
        yield address
    finally:
        child.terminate()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdout.close()


def client_of(kugel, address):
    return [kugel, "say", "-q", "-e", "kugel", "--url", address, "--voice", "1", "--format", "raw"]


def port(address):
    return address.rsplit(":", 1)[1]


def sdk():
    """The interpreter that has the official SDK, installed when first needed; None where that is impossible."""
    folder = os.path.join(HERE, "..", "..", ".build", "benchmark", f"sdk-{SDK}")
    python = os.path.join(folder, "bin", "python")
    if os.path.exists(os.path.join(folder, "complete")):
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True, capture_output=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "--retries", "1", f"kugelaudio=={SDK}"],
            check=True, capture_output=True, timeout=300,
        )
    except (subprocess.SubprocessError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    open(os.path.join(folder, "complete"), "w").close()
    return python


def wire_bytes(sink, address, turn):
    """Of one turn: bytes of JSON, and of a message on average."""
    answer = subprocess.run([sink, port(address), "1", turn, "1"], capture_output=True, text=True, check=True)
    count, messages = map(int, answer.stdout.split())
    return count, count // messages


def bulk(kugel, scratch, turns=15):
    turn = written(scratch, "turn.txt", " ".join([TONES] * TURN))
    text = written(scratch, "hour.txt", "\n".join([TONES] * TURN * turns))
    sink = compiled(scratch, "wire_sink", "-lwebsockets")
    copy = compiled(scratch, "wire_copy")
    ours, theirs = os.path.join(scratch, "ours.raw"), os.path.join(scratch, "theirs.raw")
    python = sdk()

    def clear(_):
        for path in (ours, theirs):
            if os.path.exists(path):
                os.remove(path)

    with service(kugel, "tone") as address:
        size, message = wire_bytes(sink, address, turn)
        say = [*client_of(kugel, address), "-o", ours, "-f", text]
        commands = [
            say,
            [sink, port(address), "1", turn, str(turns)],
            [copy, str(size * turns), str(message)],
        ]
        if python:
            commands.append(
                [python, os.path.join(HERE, "wire_sdk.py"), address, "1", turn, str(turns), theirs])
        client, receiver, memory, *others = repeat(3, *commands, prepare=clear)
        # What was measured must be the same sound.
        sizes = []
        for command, path in [(say, ours), *((c, theirs) for c in commands[3:])]:
            clear(0)
            run(command)
            sizes.append(os.path.getsize(path))
        clear(0)
    if len(set(sizes)) > 1:
        raise Failed(f"kugel and the SDK received {sizes} bytes of sound")
    minutes = sizes[0] / 48_000 / 60
    rows = [
        Row("bulk", f"{minutes:.0f} min over loopback to raw, CPU", f"{client.cpu:.2f} s",
            f"C on libwebsockets, thrown away {receiver.cpu:.2f} s", f"{client.cpu / receiver.cpu:.2f}x", "1.15x"),
        Row("bulk", "wall (the server included)", f"{client.wall:.2f} s",
            f"C on libwebsockets {receiver.wall:.2f} s", f"{client.wall / receiver.wall:.2f}x"),
    ]
    if others:
        peer = others[0]
        rows += [
            Row("bulk", "CPU", f"{client.cpu:.2f} s", f"Python SDK {SDK} {peer.cpu:.2f} s",
                f"{peer.cpu / client.cpu:.1f}x ahead", "8x ahead"),
            Row("bulk", "wall", f"{client.wall:.2f} s", f"Python SDK {SDK} {peer.wall:.2f} s",
                f"{client.wall / peer.wall:.2f}x", "1.00x"),
        ]
    else:
        rows.append(Row("bulk", "CPU", "", f"Python SDK {SDK}: skipped, it could not be installed from PyPI"))
    rows.append(
        Row("bulk", "CPU", f"{client.cpu:.2f} s", f"memcpy of the {size * turns / 1e6:.0f} MB {memory.cpu:.3f} s",
            f"{client.cpu / max(memory.cpu, 1e-3):.0f}x", "0.12 s"))
    return rows


def peak(kugel, scratch):
    def say(sentences):
        text = written(scratch, f"{sentences}.txt", "\n".join([TONES] * sentences))
        return [*client_of(kugel, address), "-o", "-", "-f", text]

    with service(kugel, "tone") as address:
        (short,) = repeat(3, say(600))
        (long,) = repeat(1, say(36_000))
    return [
        Row("peak memory", "ten hours received", f"{long.peak:.1f} MiB", f"ten minutes {short.peak:.1f} MiB",
            f"{long.peak / short.peak:.2f}x", "24 MiB"),
    ]


@contextlib.contextmanager
def undisturbed():
    """Other programs wait while what is started within wants to run; tells whether that was allowed."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))
    except PermissionError:
        yield False
        return
    try:
        yield True
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def delays(command, scratch, frames):
    """From just before a frame is sent, every 4 ms, to the last of its samples read from the command's output."""
    stamps = os.path.join(scratch, "stamps")
    script = subprocess.Popen(
        [sys.executable, os.path.join(HERE, "wire_script.py"), str(frames), str(FRAME), stamps],
        stdout=subprocess.PIPE, text=True,
    )
    child = subprocess.Popen(
        command(script.stdout.readline().strip()), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0
    )
    arrivals, total = [], 0
    while data := os.read(child.stdout.fileno(), 1 << 16):
        now = time.monotonic()
        total += len(data)
        arrivals += [now] * (total // FRAME - len(arrivals))
    child.stdout.close()
    script.stdout.close()
    if child.wait() or script.wait() or len(arrivals) != frames:
        raise Failed(f"{len(arrivals)} of {frames} frames came through")
    with open(stamps) as file:
        sent = [float(line) for line in file]
    # The first frames find the program starting.
    return [arrival - begin for begin, arrival in zip(sent, arrivals)][50:]


def delay(kugel, scratch, frames=1_000):
    relay = compiled(scratch, "wire_relay")

    def measured():
        ours, floor = [], []
        for _ in range(3):
            ours += delays(
                lambda port: [*client_of(kugel, "http://127.0.0.1:" + port), "-o", "-", SENTENCE], scratch, frames)
            floor += delays(lambda port: [relay, port, str(FRAME)], scratch, frames)
        return ours, floor

    def row(what, percent, times, target=""):
        mine, least = (percentile(each, percent) for each in times)
        return Row("added delay", what, milliseconds(mine), f"C, read and write {milliseconds(least)}",
                   f"{mine / least:.1f}x", target)

    with undisturbed() as allowed:
        alone = measured() if allowed else None
    usual = measured()
    rows = [
        row(f"frame sent to samples at the output, p50 of {len(usual[0])}", 50, usual), row("p99", 99, usual, "1 ms"),
    ]
    if alone:
        rows += [
            row("the same before all other programs (SCHED_RR), p50", 50, alone, "1.3x"), row("p99", 99, alone, "1 ms"),
        ]
    return rows


def load(program, address, sessions, seconds, pace, lull):
    """Sentences counted, p50, p99, sentences that ran dry, errors."""
    answer = subprocess.run(
        [program, port(address), str(sessions), str(seconds), pace, str(lull), "480", SENTENCE],
        capture_output=True, text=True,
    )
    if answer.returncode:
        return 0, 0.0, 0.0, sessions, sessions
    count, median, worst, dry, errors = answer.stdout.split()
    return int(count), float(median), float(worst), int(dry), int(errors)


def engine_speed(kugel, scratch):
    """Seconds of speech that the engine makes in a second, alone."""
    text = written(scratch, "sentences.txt", "\n".join([SENTENCE] * 200))
    target = os.path.join(scratch, "speech.raw")
    speak = [kugel, "say", "-q", "-e", "espeak", "--format", "raw", "-f", text, "-o"]
    run([*speak, target])
    seconds = os.path.getsize(target) / 48_000
    os.remove(target)
    (alone,) = repeat(3, [*speak, "-"])
    return seconds / alone.wall


def service_of_many(kugel, *options):
    return service(kugel, "espeak", "--max-connections", "100000", "--max-turns", "100000", *options)


def server(kugel, scratch):
    program = compiled(scratch, "wire_load")
    with service_of_many(kugel) as address:
        # About twenty sentences a second, whatever the number of sessions.
        for sessions in (1, 10, 100):
            count, median, worst, _, errors = load(program, address, sessions, 12, "gap", 50 * sessions)
            what = f"flush to first audio, {sessions} session{'s' * (sessions > 1)}"
            problem = f"{errors} errors" if errors else ""
            yield Row("server", f"{what}, p50 of {count}", milliseconds(median), problem,
                      target="0.80 ms" if sessions == 1 else "")
            yield Row("server", "p99", milliseconds(worst))


def thread_times(process):
    """CPU seconds of each thread of a process and of those that it has started."""
    times = {}
    for thread in os.listdir(f"/proc/{process}/task"):
        task = f"/proc/{process}/task/{thread}"
        with open(task + "/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        times[thread] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        with open(task + "/children") as file:
            for child in file.read().split():
                times |= thread_times(child)
    return times


def spoken(address):
    """Seconds of audio that a server has sent."""
    with urllib.request.urlopen(address + "/metrics") as answer:
        return next(
            float(line.split()[1]) for line in answer.read().decode().splitlines()
            if line.startswith("kugel_audio_seconds_total "))


def stolen():
    """CPU seconds that other guests of the hardware have taken from this machine."""
    with open("/proc/stat") as file:
        return int(file.readline().split()[8]) / os.sysconf("SC_CLK_TCK")


class Audience:
    """Listeners in real time of one server, in per cent of what the engine makes alone."""

    def __init__(self, kugel, scratch, address, seconds=8):
        self.kugel, self.scratch, self.address, self.seconds = kugel, scratch, address, seconds
        self.program = compiled(scratch, "wire_load")
        # Of each try: the engine alone, and speech for a CPU second of the busiest thread.
        self.speeds, self.speeches = [], []

    def listen(self, percent):
        """Sentences heard of one listener, those that ran dry, errors."""
        # Beside each try, because neighbours on the same hardware come and go.
        self.speeds.append(engine_speed(self.kugel, self.scratch))
        sessions = max(1, int(self.speeds[-1] * percent / 100))
        before, threads = spoken(self.address), thread_times(self.address.process)
        count, _, _, dry, errors = load(self.program, self.address, sessions, self.seconds, "cushion", CUSHION)
        busiest = max(
            time - threads.get(thread, 0) for thread, time in thread_times(self.address.process).items())
        self.speeches.append((spoken(self.address) - before) / busiest)
        return count / sessions, dry, errors

    def holds(self, percent):
        """Nobody's sound ran dry.

        One more try tells a busy machine from a full server; a try from which the hardware's other guests took time
        says nothing, but there is an end to trying.
        """
        failures = 0
        for _ in range(4):
            lost = stolen()
            heard, dry, errors = self.listen(percent)
            if heard >= 1 and dry == 0 and errors == 0:
                return True
            failures += stolen() - lost < 0.2
            if failures == 2:
                break
        return False

    def largest(self, step):
        low, high = 0, 160
        while high - low > step:
            middle = (low + high) // 2
            low, high = (middle, high) if self.holds(middle) else (low, middle)
        return low

    def share(self):
        """Of the busiest thread, in what the engine makes alone: what neighbours take is in both."""
        return statistics.median(speech / speed for speech, speed in zip(self.speeches, self.speeds))


def capacity(kugel, scratch):
    """How many listeners hold; other programs would show as sound that runs dry, so they wait where that is allowed."""
    with undisturbed() as allowed, service_of_many(kugel) as address:
        audience = Audience(kugel, scratch, address)
        low = audience.largest(5)
    speed, share = statistics.median(audience.speeds), audience.share()
    before = " (SCHED_RR)" if allowed else ""
    yield Row("server", f"real-time sessions with a cushion of {CUSHION} ms{before}", f"{int(speed * low / 100)}",
              f"the engine alone {speed:.0f}", f"{low / 100:.2f}x", "0.80x")
    yield Row("server", "speech for a CPU second of the busiest thread", f"{speed * share:.0f} s",
              f"the engine alone {speed:.0f} s", f"{share:.2f}x", "0.80x")


def processes(kugel, scratch):
    """Two engine processes against one.

    On two cores everything else, the listeners too, has to be done beside two engines that would take both: how many
    hold there is told by the part `listeners`; how many the busiest thread has room for is what counts where cores are
    left.
    """
    with undisturbed() as allowed:
        speeds, shares = [], {1: [], 2: []}
        for _ in range(5):
            for count in (1, 2):
                with service_of_many(kugel, "--engine-processes", str(count)) as address:
                    audience = Audience(kugel, scratch, address, 6)
                    # More than one process could make.
                    audience.listen(120)
                    speeds += audience.speeds
                    shares[count].append(audience.share())
    speed = statistics.median(speeds)
    room = {count: statistics.median(each) for count, each in shares.items()}
    before = " (SCHED_RR)" if allowed else ""
    yield Row("server", f"real-time sessions that the busiest thread has room for, two engine processes{before}",
              f"{speed * room[2]:.0f}", f"one {speed * room[1]:.0f}", f"{room[2] / room[1]:.2f}x", "1.80x")


def listeners(kugel, scratch):
    """The same, listeners included, in steps of a fifth of what the engine makes alone."""
    with undisturbed():
        held, speeds = {}, []
        for count in (1, 2):
            with service_of_many(kugel, "--engine-processes", str(count)) as address:
                audience = Audience(kugel, scratch, address, 6)
                held[count] = audience.largest(20)
                speeds += audience.speeds
    speed = statistics.median(speeds)
    yield Row("server", f"real-time sessions that {os.cpu_count()} cores hold, listeners included, two engine processes",
              f"{int(speed * held[2] / 100)}", f"one {int(speed * held[1] / 100)}", f"{held[2] / max(held[1], 1):.2f}x")


PARTS = {"bulk": bulk, "peak": peak, "delay": delay, "server": server, "capacity": capacity, "processes": processes,
         "listeners": listeners}
