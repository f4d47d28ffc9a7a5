"""What the checks of narration share: books, runs, terminals, and what is asked of others."""

import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import subprocess
import time

from checks import Skipped, holds
from service import binary, clean_environment

WORDS = {
    "en": "the old house on the hill had stood empty for years before anybody came to ask who owned it and why "
          "no light was ever seen behind its windows although smoke rose from the chimney every winter".split(),
    "de": "der alte Mann am Fluss hatte lange geschwiegen bevor er dem Kind erzählte warum das Boot seit dem "
          "großen Sturm nicht mehr an seinem Platz lag und niemand davon sprechen wollte".split(),
}


def book(chance, language, size):
    """Prose without sense, always the same."""
    text, count = [], 0
    while sum(map(len, text)) < size:
        count += 1
        text.append(("Chapter" if language == "en" else "Kapitel") + f" {count}")
        for _ in range(chance.randint(8, 14)):
            sentences = []
            for _ in range(chance.randint(2, 6)):
                words = [chance.choice(WORDS[language]) for _ in range(chance.randint(4, 24))]
                if chance.random() < 0.2:
                    words.insert(len(words) // 2, str(chance.randint(2, 2999)))
                sentences.append(" ".join(words).capitalize() + chance.choice([".", ".", "?", "!"]))
            text.append(" ".join(sentences))
    return "\n\n".join(text) + "\n"


# German quotations in the package fortunes-de; the King James Bible is in bible-kjv.
QUOTATIONS = pathlib.Path("/usr/share/games/fortunes/de/zitate")


def real_book(language, size):
    """Prose that people wrote, in chapters: in English of the King James Bible, in German quotations."""
    if language == "en":
        if not shutil.which("bible"):
            raise Skipped("bible-kjv is not installed")
        verses = subprocess.run(["bible", "-f", "gen1:1-deut34:12"], stdin=subprocess.DEVNULL, capture_output=True,
                                text=True, check=True).stdout
        chapters = {}
        for line in verses.splitlines():
            place, verse = line.split(" ", 1)
            chapters.setdefault(place.split(":")[0], []).append(verse)
        parts = [" ".join(verses) for verses in chapters.values()]
    else:
        if not QUOTATIONS.exists():
            raise Skipped("fortunes-de is not installed")
        quotations = [" ".join(line.strip() for line in quotation.splitlines())
                      for quotation in QUOTATIONS.read_text().split("\n%\n")]
        # What is no prose is none to be spoken: verses of links, lists and addresses.
        quotations = [quotation for quotation in quotations if quotation and not re.search("[<>@|_=#/]", quotation)]
        parts = ["\n\n".join(quotations[start:start + 30]) for start in range(0, len(quotations), 30)]
    text, length = [], 0
    for number, part in enumerate(parts, 1):
        text += [("Chapter" if language == "en" else "Kapitel") + f" {number}", part]
        length += len(part.encode())
        if length >= size:
            break
    return "\n\n".join(text) + "\n"


def prose(chance, language, size):
    """A real book where one is installed."""
    try:
        return real_book(language, size)
    except Skipped:
        return book(chance, language, size)


def run(words, **options):
    return subprocess.run([binary(), "narrate", *words], env=clean_environment(), text=True,
                          capture_output=True, timeout=600, **options)


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}


def certain(folder):
    """What is in a folder but for doubts: they follow what a run heard before, and one that was killed heard less."""
    found = contents(folder)
    name = "kugel-manifest.jsonl"
    lines = [json.loads(line) for line in found.pop(name).decode().splitlines()]
    return found, [{key: value for key, value in line.items() if key not in ("state", "doubts")} for line in lines]


CUE = re.compile(r"(\d\d):(\d\d):(\d\d)[,.](\d\d\d) --> (\d\d):(\d\d):(\d\d)[,.](\d\d\d)")
# Reads subtitles with libraries of others, and tells their cues as JSON: from, to, text.
PARSER = """
import json, sys
import pysubs2, webvtt
path = sys.argv[1]
if path.endswith(".vtt"):
    def seconds(clock):
        h, m, s = clock.split(":")
        return int(h) * 3600 + int(m) * 60 + float(s)
    cues = [(seconds(cue.start), seconds(cue.end), cue.text) for cue in webvtt.read(path)]
else:
    cues = [(event.start / 1000, event.end / 1000, event.plaintext) for event in pysubs2.load(path)]
print(json.dumps(cues))
"""


def tool(name):
    if not shutil.which(name):
        raise Skipped(f"{name} is not installed")
    return name


def probe(path):
    told = subprocess.run(["ffprobe", "-v", "error", "-show_chapters", "-show_streams", "-show_format", "-of", "json",
                           str(path)], capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


class Terminal:
    """A command whose standard streams are a terminal of its own. Use it in a `with`."""

    def __init__(self, words, columns=100):
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.environ.clear()
            os.environ.update(clean_environment() | {"TERM": "xterm"})
            os.execv(binary(), [binary(), "narrate", *words])
        import fcntl
        import struct
        import termios
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.seen = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.descriptor)
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def until(self, pattern, seconds=60):
        """Reads until the pattern is there, or the end."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if pattern and re.search(pattern, self.seen):
                return
            if not select.select([self.descriptor], [], [], 0.1)[0]:
                continue
            try:
                more = os.read(self.descriptor, 65536)
            except OSError:
                more = b""
            if not more:
                break
            self.seen += more.decode(errors="replace")
        holds(not pattern or re.search(pattern, self.seen), f"{pattern} is not in {self.seen[-500:]!r}")

    def send(self, keys):
        os.write(self.descriptor, keys.encode())

    def status(self):
        self.until(None)
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)
