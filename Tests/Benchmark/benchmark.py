"""The project's figures, as one table: `make benchmark`. Nothing here passes or fails by a figure.

A part is a module with PARTS: a name, and a function of the binary and a scratch folder that yields rows.
What fails becomes a row that says so, and the rest goes on; the exit status is 1 then.
"""

import argparse
import dataclasses
import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

import bench
import endpoint
import frames
import house
import multi
import narrate
import player
import streams
import text
import voices
import warm
import wire
from measure import Failed, Row, machine, table

MODULES = {"house": house, "wire": wire, "frames": frames, "endpoint": endpoint, "multi": multi, "narrate": narrate,
           "player": player, "warm": warm, "text": text, "streams": streams, "voices": voices, "bench": bench}
# Seconds for one part, far above what any needs.
LIMIT = 300


class Log:
    """The rows so far, with everything one needs to read them; on disk after each part."""

    def __init__(self, path, kugel):
        self.path = path
        self.rows = []
        self.head = {
            "schema": 1, "began": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "kugel": version(kugel), "machine": machine(), "peers": peers(), "seconds": {}, "failed": []}

    def add(self, name, rows, seconds, failed):
        self.rows += rows
        self.head["seconds"][name] = round(seconds, 1)
        if failed:
            self.head["failed"].append(name)
        with open(self.path + ".part", "w") as file:
            json.dump({**self.head, "rows": [dataclasses.asdict(row) for row in self.rows]}, file, indent=1)
        os.replace(self.path + ".part", self.path)


def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
        return (done.stdout or done.stderr).splitlines()[0].strip()
    except (OSError, subprocess.SubprocessError, IndexError):
        return None


def version(kugel):
    here = os.path.dirname(os.path.abspath(__file__))
    commit = first_line(["git", "-C", here, "describe", "--always", "--dirty"])
    return f"{first_line([kugel, '--version']) or 'no kugel'}, commit {commit or 'unknown'}"


def peers():
    words = {"espeak-ng": ["espeak-ng", "--version"], "aplay": ["aplay", "--version"],
             "ffplay": ["ffplay", "-version"], "cc": ["cc", "--version"], "python": [sys.executable, "--version"]}
    found = {name: first_line(command) for name, command in words.items()}
    # What some add to their version is long.
    shown = {name: line.split("  ")[0].split(" Copyright")[0] if line else "missing" for name, line in found.items()}
    return {**shown, "kugelaudio": wire.SDK}


def too_long(*_):
    raise Failed(f"took more than {LIMIT} s")


def measured(name, part, kugel):
    """The rows of one part, what failed, and whether the whole run was interrupted."""
    rows, trouble, interrupted = [], None, False
    signal.signal(signal.SIGALRM, too_long)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            signal.alarm(LIMIT)
            for row in part(kugel, scratch):
                rows.append(row)
    except KeyboardInterrupt:
        trouble, interrupted = "interrupted", True
    except subprocess.CalledProcessError as error:
        trouble = f"{os.path.basename(str(error.cmd[0]))} ended with {error.returncode}"
    except (Exception, SystemExit) as error:  # whatever it is, the other parts are worth having
        trouble = f"{type(error).__name__}: {error}" if not isinstance(error, Failed) else str(error)
    finally:
        signal.alarm(0)
    if trouble:
        module, _, short = name.partition(".")
        rows.append(Row(module, short or module, "failed: " + " ".join(trouble.split())[:100]))
    return rows, trouble, interrupted


def chosen(names):
    """`wire` is all of it, `wire.bulk` one part."""
    every = {f"{m}.{p}": part for m, module in MODULES.items() for p, part in module.PARTS.items()}
    if not names:
        return every
    unknown = [n for n in names if n not in every and n not in MODULES]
    if unknown:
        raise SystemExit(f"benchmark: no part {unknown[0]}; there are {', '.join([*MODULES, *every])}")
    return {n: part for n, part in every.items() if n in names or n.split(".")[0] in names}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kugel", required=True, help="the binary to measure")
    parser.add_argument("--json", required=True, help="keep the rows in this file too")
    parser.add_argument("part", nargs="*", help="measure these only: wire, or wire.bulk")
    options = parser.parse_args()
    parts = chosen(options.part)
    os.makedirs(os.path.dirname(os.path.abspath(options.json)), exist_ok=True)
    log = Log(options.json, options.kugel)
    interrupted = False
    for name, part in parts.items():
        print(f"measuring: {name}", end="", flush=True, file=sys.stderr)
        begin = time.monotonic()
        rows, trouble, interrupted = measured(name, part, options.kugel)
        seconds = time.monotonic() - begin
        print(f", {seconds:.0f} s" + (f": {trouble}" if trouble else ""), file=sys.stderr)
        log.add(name, rows, seconds, trouble)
        if interrupted:
            break
    print(f"{log.head['machine']}\n{log.head['kugel']}; {log.head['began']}")
    print("; ".join(f"{name}: {line}" for name, line in log.head["peers"].items()) + "\n")
    print(table(log.rows))
    print(f"\nkept in {options.json}; how to read it: the end of README.md")
    return 130 if interrupted else 1 if log.head["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
