"""What `kugel bench` makes of a service of our own, for the checks of its figures."""

import contextlib
import json
import os
import subprocess
import tempfile

from checks import Skipped, holds, same
from service import binary, clean_environment

TEXT = "Nothing is known of the delays that were put into this sentence, but that they come out."
# Turns of a check may wait for a machine that does something else; a wrong clock stays wrong.
ATTEMPTS = 4


@contextlib.contextmanager
def undisturbed():
    """Other programs wait while what is started within wants to run, where that is allowed."""
    usual = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))
    except PermissionError:
        yield
        return
    try:
        yield
    finally:
        os.sched_setscheduler(0, *usual)


def ran(words, text=TEXT, env=None):
    """Exit status, standard output and what was told by `kugel bench` on `text`."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(
            [binary(), "bench", "--text", file.name, *words], capture_output=True, text=True,
            timeout=120, env=clean_environment() | (env or {}))
    return done.returncode, done.stdout, done.stderr


def bench(*words, text=TEXT, status=0, env=None):
    """The report of a run."""
    code, printed, told = ran([*words, "--json", "-"], text, env)
    same(code, status, f"exit status, saying {told.strip()!r},")
    return json.loads(printed)


def remote(served):
    """The options that measure a service."""
    return ["-e", "kugel", "--url", served.address, "-v", "123"]


def summary(case, metric):
    """The line of a metric; a `KeyError` where nothing was measured."""
    found = [each for each in case["metrics"] if each["metric"] == metric]
    if not found:
        raise KeyError(f"no {metric}")
    return found[0]


def p50(case, metric):
    return summary(case, metric)["p50"]


def phase(case, name):
    return [turn for turn in case["turns"] if turn["phase"] == name]


class Near(AssertionError):
    """Beyond the 2 ms or 2 %, by what a busy machine adds; no wrong clock is as near."""


def near(found, put_in, what, each=1):
    """Within 2 ms or 2 %, whichever is more; 2 ms for `each` of several in a row."""
    room = max(2.0 * max(each, 1), abs(put_in) * 0.02)
    beyond = abs(found - put_in) - room
    told = f"{what} is {found:.2f} ms; {put_in:.2f} ms were put in"
    if 0 < beyond <= max(8.0, abs(put_in) * 0.05):
        raise Near(told)
    holds(beyond <= 0, told)


def settled(check):
    """Runs a check until it holds, a few times at most; is what is left no more than a busy machine
    adds, it was not tried."""
    for attempt in range(ATTEMPTS):
        try:
            return check()
        except AssertionError as failure:
            if attempt < ATTEMPTS - 1:
                continue
            if isinstance(failure, Near):
                raise Skipped(f"the machine is too busy for 2 ms: {failure}") from None
            raise
