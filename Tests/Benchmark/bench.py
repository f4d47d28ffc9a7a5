"""What `kugel bench` itself costs and how true it is; the official Python SDK times the same turns."""

import json
import os
import subprocess

import wire
from measure import Row, milliseconds, percentile

HERE = os.path.dirname(os.path.abspath(__file__))
TEXT = "They walked home along the river, and nobody in the village saw them come back that evening."
PUT_IN = 50
TURNS = 100


def measured(kugel, *options):
    done = subprocess.run(
        [kugel, "bench", "-N", str(TURNS), "--json", "-", *options], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["cases"][0]


def figure(case, metric, percent):
    """Seconds."""
    return next(each for each in case["metrics"] if each["metric"] == metric)[percent] / 1000


def harness(kugel, _):
    case = measured(kugel, "-e", "tone", "--cold", "0")
    yield Row("bench", f"its own cost: tones in memory to first sound, p50 of {TURNS}",
              milliseconds(figure(case, "first_sound", "p50")), "", "", "2 ms")
    yield Row("bench", "p99", milliseconds(figure(case, "first_sound", "p99")))


def sdk(python, address, text):
    """First bytes as the SDK's user would time them, in seconds; nothing without the SDK."""
    if not python:
        return []
    done = subprocess.run(
        [python, os.path.join(HERE, "bench_sdk.py"), address, "1", text, str(TURNS)], capture_output=True, text=True,
        check=True)
    return [float(line) for line in done.stdout.split()]


def against(group, ours, theirs):
    if not theirs:
        return Row("bench", group, milliseconds(ours), f"Python SDK {wire.SDK}: skipped, it could not be installed")
    peer = percentile(theirs, 50)
    return Row("bench", group, milliseconds(ours), f"Python SDK {wire.SDK} {milliseconds(peer)}", f"{ours / peer:.2f}x")


def truth(kugel, scratch):
    """With nothing and with a delay put into a service."""
    python = wire.sdk()
    text = wire.written(scratch, "text.txt", TEXT)
    for delay in (0, PUT_IN):
        with wire.undisturbed() as allowed, wire.service(kugel, "tone", "--fault", f"delay={delay}") as address:
            case = measured(kugel, "-e", "kugel", "--url", address, "-v", "1", "--text", text, "--cold", "10")
            ours, connect = figure(case, "first_byte", "p50"), figure(case, "connect", "p50")
            theirs = sdk(python, address, text)
        before = " (SCHED_RR)" if allowed else ""
        what = f"{delay} ms put into a service: first byte found, p50 of {TURNS}{before}"
        yield against(what, ours, theirs)
        if delay:
            error = abs(ours * 1000 - delay)
            yield Row("bench", "its error", f"{error:.2f} ms", "", "", f"{max(2, delay * 0.02):.0f} ms")
        else:
            yield Row("bench", "connect over loopback, p50 of 10", milliseconds(connect))


PARTS = {"harness": harness, "truth": truth}
