"""Runs commands and measures them; the figures of one run are compared with each other only."""

import atexit
import functools
import os
import platform
import statistics
import subprocess
import tempfile
from dataclasses import dataclass


class Failed(Exception):
    """What kept a part from being measured, in a few words."""


def machine():
    """In one line, with what else it was doing."""
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "?")
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) / 1024 / 1024
    system = f"{platform.system()} {platform.release()}"
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}, load {os.getloadavg()[0]:.1f} at the start"


@dataclass
class Run:
    """One finished command: seconds of wall time and of CPU, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float
    status: int


@functools.cache
def launcher():
    """The small program that starts what is measured, built once."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    program = os.path.join(folder.name, "launch")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launch.c")
    subprocess.run(["cc", "-O2", "-o", program, source], check=True)
    return program


def run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=None):
    """Runs one command to its end."""
    result = launcher() + ".result"
    subprocess.run(
        [launcher(), result, *arguments], stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL, env=env, check=True
    )
    with open(result) as file:
        wall, cpu, peak, status = file.read().split()
    return Run(float(wall), float(cpu), int(peak) / 1024, int(status))


def repeat(times, *commands, prepare=lambda index: None):
    """Runs the commands in turn, `times` rounds, and gives the medians of each.

    Taking turns keeps what else the machine does from hitting one command only.
    """
    runs = [[] for _ in commands]
    for _ in range(times):
        for index, command in enumerate(commands):
            prepare(index)
            runs[index].append(run(command))
    for command, results in zip(commands, runs):
        failed = [result.status for result in results if result.status != 0]
        if failed:
            raise Failed(f"{' '.join(command[:3])} … ended with {failed[0]}")
    return [
        Run(
            statistics.median(r.wall for r in results),
            statistics.median(r.cpu for r in results),
            statistics.median(r.peak for r in results),
            0,
        )
        for results in runs
    ]


def percentile(values, percent):
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


@dataclass
class Row:
    """One line of the table: what was measured, of whom, against whom, and the target if there is one."""

    group: str
    what: str
    value: str
    against: str = ""
    ratio: str = ""
    target: str = ""


def milliseconds(seconds):
    return f"{seconds * 1000:.2f} ms"


def table(rows):
    """The rows as text, columns aligned."""
    head = Row("group", "what", "kugel", "against", "ratio", "target")
    cells = [[r.group, r.what, r.value, r.against, r.ratio, r.target] for r in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(6)]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths)).rstrip() for row in cells)
