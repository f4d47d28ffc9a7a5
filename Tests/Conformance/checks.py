"""The runner of all checks: one line each, then the sums.

A check is a function, async or not, whose first docstring line says what holds. It fails by any
exception, and steps aside with `Skipped`.
"""

import asyncio
import inspect
import sys
import time
import traceback


class Skipped(Exception):
    """This cannot be tried here, because of what the message says."""


class Checks:
    def __init__(self, title):
        self.title = title
        self.listed = []

    def __call__(self, function):
        self.listed.append(function)
        return function

    def run(self, *arguments, limit=60):
        """Runs all; the last line is what the caller of this program reads. Exits."""
        counts = {"ok": 0, "FAIL": 0, "skipped": 0}
        for function in self.listed:
            began = time.monotonic()
            verdict, reason = judge(function, arguments, limit)
            counts[verdict] += 1
            line = f"{verdict:7} {self.title}: {inspect.getdoc(function).splitlines()[0]}"
            took = time.monotonic() - began
            print(f"{line} ({took:.1f} s)" + (f" -- {reason}" if reason else ""), flush=True)
        print("counts", counts["ok"], counts["FAIL"], counts["skipped"], flush=True)
        sys.exit(1 if counts["FAIL"] else 0)


def judge(function, arguments, limit):
    """The verdict on one check and why; an async one may take `limit` seconds.

    What passes may return a text that is worth to be seen.
    """
    try:
        if inspect.iscoroutinefunction(function):
            note = asyncio.run(asyncio.wait_for(function(*arguments), limit))
        else:
            note = function(*arguments)
        return "ok", note if isinstance(note, str) else None
    except Skipped as skipped:
        return "skipped", str(skipped)
    except Exception as error:  # whatever a client throws is the finding
        frame = next(
            (f for f in reversed(traceback.extract_tb(error.__traceback__))
             if f.name == function.__name__), None)
        where = f" (line {frame.lineno}: {frame.line})" if frame else ""
        reason = f"{type(error).__name__}: {error}{where}"
        return "FAIL", reason.replace("\n", " ")


def same(found, expected, what="value"):
    if found != expected:
        raise AssertionError(f"{what} is {found!r}, not {expected!r}")


def holds(condition, what):
    if not condition:
        raise AssertionError(what)


def same_sound(heard, expected):
    from tone import difference

    parted = difference(heard, expected)
    if parted:
        raise AssertionError(parted)


def raises(kind, work):
    """The exception of this very class that `work()` ends with."""
    try:
        work()
    except kind as error:
        same(type(error), kind, "exception")
        return error
    raise AssertionError(f"no {kind.__name__}")


async def raises_async(kind, awaitable):
    try:
        await awaitable
    except kind as error:
        same(type(error), kind, "exception")
        return error
    raise AssertionError(f"no {kind.__name__}")
