"""Known delays go into a service, and `kugel bench` has to find each of them again: p50 within 2 ms
or 2 %."""

import json
import signal
import statistics
import subprocess
import tempfile
import time

from checks import Checks, holds, same
from measured import TEXT, bench, near, p50, phase, ran, remote, settled, summary, undisturbed
from relay import relay
from service import binary, clean_environment, service
from tone import leading_silence, tone

checks = Checks("delays")
SECONDS = len(tone(TEXT)) / 48_000


def frame_lengths(served):
    """Milliseconds of each frame of TEXT, as the service cuts it."""
    done = subprocess.run(
        [binary(), "say", "-q", "-e", "kugel", "--url", served.address, "-v", "123", "--events",
         "-", "-o", "/dev/null", "--format", "raw", TEXT],
        capture_output=True, text=True, timeout=60, env=clean_environment(), check=True)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return [event["samples"] / 24 for event in events if event["ev"] == "audio"]


@checks
def harness():
    """the harness itself costs less than 2 ms: tones in memory"""
    def check():
        case = bench("-e", "tone", "-N", "100", "--cold", "5")["cases"][0]
        near(p50(case, "first_byte"), 0, "first byte")
        near(p50(case, "first_sound"), leading_silence(TEXT), "first sound")
        near(p50(case, "connect"), 0, "connect")
        return p50(case, "first_sound"), summary(case, "first_sound")["p99"]
    median, tail = settled(check)
    return f"first sound p50 {median:.3f} ms, p99 {tail:.3f} ms"


@checks
def messages():
    """delay=N: first byte, first sound and cold first sound have it, leading silence has not"""
    found = []
    for delay in (0, 25, 80, 250):
        with service("--fault", f"delay={delay}") as served:
            def check():
                case = bench(*remote(served), "-N", "20", "--cold", "5")["cases"][0]
                silence = leading_silence(TEXT)
                near(p50(case, "first_byte"), delay, "first byte")
                near(p50(case, "leading_silence"), silence, "leading silence")
                near(p50(case, "first_sound"), delay + silence, "first sound")
                cold = p50(case, "first_sound_cold") - p50(case, "connect")
                near(cold, delay + silence, "cold first sound less connect")
                near(p50(case, "segment_first_byte"), 0, "first byte of a segment")
                return p50(case, "first_sound") - delay
            found.append(f"{delay}{settled(check):+.2f}")
    return "first sound, ms: " + ", ".join(found)


@checks
def pieces():
    """delay=N: each flushed piece has it, and so has what follows the first sentence"""
    text = "One sentence is here. Another one follows it. And a third."
    with service("--fault", "delay=60") as served:
        def check():
            report = bench(*remote(served), "-N", "20", "--cold", "0", "--strategy",
                           "sentence,clause", "--pace", "20", text=text)
            for case in report["cases"]:
                near(p50(case, "piece_first_byte"), 60, "first byte of a piece")
            near(p50(report["cases"][0], "first_byte_after_sentence"), 60, "after the sentence")
        settled(check)


@checks
def tokens():
    """delay=N, token by token: the writer's time is in first byte, not in what follows the sentence"""
    text = "One two three four. Five six seven eight nine ten."
    with service("--fault", "delay=50") as served:
        def check():
            case = bench(*remote(served), "-N", "20", "--cold", "0", "--strategy", "tokens",
                         "--pace", "50", text=text)["cases"][0]
            # Four words and a stop before the sentence is whole, 20 ms each.
            near(p50(case, "first_byte_after_sentence"), 50, "after the sentence")
            near(p50(case, "first_byte"), 4 * 20 + 50, "first byte")
        settled(check)


@checks
def pace():
    """slow=X: gaps between frames, late frames and the real-time factor are those of the pace"""
    with service("--fault", "slow=100") as served:
        lengths = frame_lengths(served)
    holds(len(lengths) > 3, f"only {len(lengths)} frames")
    for speed in (4, 0.8):
        with service("--fault", f"slow={speed}") as served:
            def check():
                case = bench(*remote(served), "-N", "5", "--cold", "0", "--warmup", "1")["cases"][0]
                arrivals, total = [], 0
                for length in lengths:
                    total += length
                    arrivals.append(total / speed)
                near(p50(case, "first_byte"), arrivals[0], "first byte")
                factor = p50(case, "real_time_factor")
                holds(abs(factor * speed - 1) <= 0.02, f"real-time factor is {factor}")
                gaps = [turn["frame_gaps"] for turn in phase(case, "warm")]
                for found, length in zip(zip(*gaps), lengths[1:], strict=True):
                    near(statistics.median(found), length / speed, "gap")
                for turn in phase(case, "warm"):
                    same(turn["frames"], len(lengths), "frames")
                    same(turn["late_frames"], [late(arrivals, lengths, c) for c in (0, 120, 500)],
                         "late frames")
            settled(check)


def late(arrivals, lengths, cushion):
    """Frames that a player with a cushion waits for; nearer than 3 ms would be chance."""
    due, count = arrivals[0] + cushion, 0
    for arrival, length in zip(arrivals, lengths):
        holds(arrival == arrivals[0] or abs(arrival - due) > 3, "a frame that is just in time")
        if arrival > due:
            count += 1
            due = arrival
        due += length
    return count


@checks
def barge_in():
    """delay=N: the acknowledgement of a cancel has it"""
    with service("--fault", "delay=70,slow=1") as served:
        def check():
            case = bench(*remote(served), "-N", "0", "--cold", "0", "--warmup", "1", "--barge-in",
                         "10")["cases"][0]
            near(p50(case, "cancel_acknowledged"), 70, "acknowledgement")
            same([t for t in phase(case, "barge-in") if "failure" in t], [], "failures")
        settled(check)


@checks
def connecting():
    """an upgrade answered late is in connect and in its part, and in no other"""
    with service() as served, relay(served.address, upgrade_delay=0.09) as address:
        def check():
            case = bench("-e", "kugel", "--url", address, "-v", "123", "-N", "0", "--warmup", "0",
                         "--cold", "20")["cases"][0]
            near(p50(case, "connect"), 90, "connect")
            near(p50(case, "connect_upgrade"), 90, "upgrade")
            near(p50(case, "connect_tcp"), 0, "TCP")
            for turn in case["turns"]:
                parts = sum(turn["connect_parts"].values())
                near(parts, turn["connect"], "the sum of the parts")
        settled(check)


@checks
def tail():
    """delay-every=N: p99 has what only every fortieth turn waits for, p50 and p95 have not"""
    with service("--fault", "delay=120,delay-every=40") as served:
        def check():
            case = bench(*remote(served), "-N", "200", "--cold", "0", "--warmup", "0")["cases"][0]
            first = summary(case, "first_byte")
            near(first["p50"], 0, "p50")
            holds(first["p95"] < 60, f"p95 is {first['p95']:.2f} ms, with 120 ms in every fortieth turn")
            near(first["p99"], 120, "p99")
        settled(check)


@checks
def omission():
    """under load a turn that waits for the one before it counts from when it was meant to start"""
    with service("--fault", "delay=300") as served:
        def check():
            case = bench(*remote(served), "-N", "12", "--cold", "0", "--warmup", "1",
                         "--concurrency", "2", "--every", "100ms")["cases"][0]
            same({turn["lane"] for turn in case["turns"]}, {1, 2}, "connections")
            for lane in (1, 2):
                turns = sorted((t for t in phase(case, "warm") if t["lane"] == lane),
                               key=lambda turn: turn["start"])
                alone = [turn["first_byte"] - turn["start_delay"] for turn in turns]
                near(statistics.median(alone), 300, "first byte from the first send")
                # Each takes 300 ms and is meant to start 100 ms after the one before; what a turn
                # takes beside the delay adds up.
                last = len(turns) - 1
                near(turns[last]["start_delay"], 200 * last, "start delay", each=last)
                near(turns[last]["first_byte"], 200 * last + 300, "first byte", each=last + 1)
        settled(check)


@checks
def side_by_side():
    """two services and an engine in one run, each with what was put into it"""
    with service("--fault", "delay=40") as near_one, service("--fault", "delay=110") as far_one:
        def check():
            report = bench(
                "-e", f"kugel:123@{near_one.address}", "-e", f"kugel:123@{far_one.address}",
                "-e", "tone", "-N", "20", "--cold", "0")
            places = [case["conditions"]["place"] for case in report["cases"]]
            same(places, ["loopback", "loopback", "in this process"], "places")
            for case, delay in zip(report["cases"], (40, 110, 0), strict=True):
                near(p50(case, "first_byte"), delay, "first byte")
        settled(check)


@checks
def failures():
    """failing turns are counted by cause, the rest stands, and the exit status is 1"""
    with service("--fault", "fail-turns=1,times=2") as served:
        words = [*remote(served), "-N", "10", "--cold", "0", "--warmup", "0"]
        case = bench(*words, status=1)["cases"][0]
    causes = case["failures"]
    same([cause["count"] for cause in causes], [2], "failures by cause")
    same([t["failure"] for t in case["turns"] if "failure" in t], [causes[0]["cause"]] * 2, "causes")
    same(summary(case, "first_byte")["n"], 8, "values")


@checks
def interrupted():
    """Ctrl-C shows what is known by then, and ends with 130"""
    with service("--fault", "delay=50") as served, tempfile.NamedTemporaryFile("w") as file:
        file.write(TEXT)
        file.flush()
        process = subprocess.Popen(
            [binary(), "bench", *remote(served), "-N", "1000", "--text", file.name],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean_environment())
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=20)
    same(process.returncode, 130, "exit status")
    holds("interrupted" in printed and "first sound" in printed, f"printed {printed!r}")


@checks
def refused():
    """what cannot be measured is refused before anything is: 64, and the reason"""
    for engine, reason in (("tone@http://127.0.0.1:1", "in this program"), ("nobody", "elevenlabs")):
        code, printed, told = ran(["-e", engine])
        same((code, printed), (64, ""), "answer")
        holds(reason in told, told)


if __name__ == "__main__":
    with undisturbed():
        checks.run(limit=300)
