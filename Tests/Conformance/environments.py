"""Virtual environments from the package index, kept between runs."""

import pathlib
import subprocess
import sys

from service import ROOT

FOLDER = ROOT / ".build" / "conformance"


class Unavailable(Exception):
    """Why an environment could not be made, in one line."""


def python_with(name, requirement, seconds):
    """The interpreter of an environment that has `requirement`, one or more packages; makes it if need be.

    Takes at most about `seconds`, and leaves no half-made environment that looks whole.
    """
    folder = FOLDER / name
    python = folder / "bin" / "python"
    mark = folder / "complete"
    if mark.exists() and mark.read_text() == requirement:
        return str(python)
    FOLDER.mkdir(parents=True, exist_ok=True)
    command(
        [sys.executable, "-m", "venv", "--clear", str(folder)], 120, "no virtual environment")
    command(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--no-input", "--retries", "1", "--timeout", "15", "--prefer-binary", *requirement.split()],
        seconds, f"{requirement} could not be installed")
    pathlib.Path(mark).write_text(requirement)
    return str(python)


def command(words, seconds, trouble):
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{trouble} within {seconds} s") from None
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        # pip calls what it could not ask for missing; the reason stands above.
        if any("Retrying" in line for line in lines):
            raise Unavailable(f"{trouble}: the package index cannot be reached")
        raise Unavailable(f"{trouble}: {lines[-1].strip()}")
