"""Narration that is killed at any moment and run again, its subtitles, and its proof over a book."""

import json
import os
import pathlib
import random
import re
import signal
import subprocess
import tempfile
import time

from checks import Checks, holds, same
from service import binary, clean_environment, service

KILLS = 50
check = Checks("narrate")
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


def run(words, **options):
    return subprocess.run([binary(), "narrate", *words], env=clean_environment(), text=True,
                          capture_output=True, timeout=600, **options)


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}


@check
def killed(scratch):
    """Killed at random moments, and run again until it is done."""
    chance = random.Random(7)
    source = scratch / "book.txt"
    source.write_text(book(chance, "en", 150_000) + "\n" + book(chance, "de", 160_000))
    words = ["-e", "tone", "--split", "headings", "--subs", "srt,vtt", str(source)]
    begin = time.monotonic()
    result = run(["-O", str(scratch / "whole"), *words])
    length = time.monotonic() - begin
    same(result.returncode, 0, result.stderr)
    whole = contents(scratch / "whole")
    made, kills, runs = {}, 0, 0
    folder = scratch / "killed"
    while kills < KILLS:
        runs += 1
        with open(scratch / "talk", "w") as talk:
            process = subprocess.Popen([binary(), "narrate", "-O", str(folder), *words], stderr=talk,
                                       env=clean_environment())
        try:
            process.wait(chance.random() * length)
            same((process.returncode, (scratch / "talk").read_text()[-500:] if process.returncode else ""), (0, ""),
                 "a run that was not killed")
            # Begun anew, so that all moments are tried.
            same(contents(folder), whole, "what is there after a run that was killed before")
            for path in chance.sample(sorted(folder.glob("*.wav")), 8):
                path.unlink()
                made.pop(path.name, None)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        for path in folder.glob("*.wav"):
            now = path.stat()
            holds(path.read_bytes() == whole[path.name], f"{path.name} is not whole")
            before = made.setdefault(path.name, (now.st_ino, now.st_mtime_ns))
            same((now.st_ino, now.st_mtime_ns), before, f"{path.name} was made twice")
    same(run(["-O", str(folder), *words]).returncode, 0, "the last run")
    same(contents(folder), whole, "what is there in the end")
    return f"{kills} kills in {runs} runs over {len(whole)} files"


CUE = re.compile(r"(\d\d):(\d\d):(\d\d)[,.](\d\d\d) --> (\d\d):(\d\d):(\d\d)[,.](\d\d\d)")


@check
def subtitles(scratch):
    """Read by ffmpeg, and held to the sound."""
    source = scratch / "short.txt"
    source.write_text(book(random.Random(3), "en", 12_000))
    result = run(["-O", str(scratch / "subs"), "--subs", "srt,vtt,ass", "-e", "espeak", str(source)])
    holds(result.returncode in (0, 1), result.stderr)
    folder = scratch / "subs"
    probe = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "json",
                            str(folder / "short.wav")], capture_output=True, text=True, check=True)
    length = float(json.loads(probe.stdout)["format"]["duration"])
    texts = {}
    for kind in ("srt", "vtt", "ass"):
        converted = subprocess.run(["ffmpeg", "-v", "error", "-i", str(folder / f"short.{kind}"), "-f", "srt", "-"],
                                   capture_output=True, text=True)
        same((converted.returncode, converted.stderr), (0, ""), f"what ffmpeg says of {kind}")
        times = [tuple(map(int, match)) for match in CUE.findall(converted.stdout)]
        holds(len(times) > 50, f"{len(times)} cues of {kind}")
        ends = [((h * 60 + m) * 60 + s) + f / 1000 for *_, h, m, s, f in times]
        starts = [((h * 60 + m) * 60 + s) + f / 1000 for h, m, s, f, *_ in times]
        holds(abs(ends[-1] - length) < 0.011, f"{kind} ends at {ends[-1]}, the sound at {length}")
        holds(all(a < b for a, b in zip(starts, ends)), f"a cue of {kind} ends before it begins")
        holds(all(a <= b + 0.011 for a, b in zip(ends, starts[1:])), f"cues of {kind} overlap")
        holds(all(b - a <= 7.02 for a, b in zip(starts, ends)), f"a cue of {kind} is longer than 7 s")
        # A cue's number, its times, its lines.
        lines = [line for cue in converted.stdout.strip().split("\n\n") for line in cue.splitlines()[2:]]
        texts[kind] = " ".join(re.sub("<[^>]*>", "", line) for line in lines).split()
        same(texts[kind], source.read_text().split(), f"the words of {kind}")
    return f"{len(texts['srt'])} words"


@check
def proof(scratch):
    """Alarms on a book that is spoken well, by the engine itself."""
    source = scratch / "proof.txt"
    source.write_text(book(random.Random(11), "en", 150_000))
    report = scratch / "report.json"
    result = run(["-O", str(scratch / "proof"), "--split", "headings", "-e", "espeak", "--retries", "0", "--report",
                  str(report), str(source)])
    told = json.loads(report.read_text())
    holds(not told["failed"], told["failed"])
    share = len(told["doubts"]) / told["sentences"]
    holds(share <= 0.01, f"{share:.2%} of {told['sentences']} sentences are doubted: {result.stderr[:2000]}")
    return f"{len(told['doubts'])} of {told['sentences']} sentences doubted"


@check
def faults(scratch):
    """Sentences that a service loses, cuts or says twice, and says nothing of."""
    source = scratch / "faults.txt"
    source.write_text(book(random.Random(5), "en", 60_000))
    figures = []
    for kind in ("drop", "cut", "double"):
        for every in (5, 11):
            with service("-e", "espeak", "--fault", f"{kind}-pieces={every}") as served:
                report = scratch / f"{kind}{every}.json"
                result = run(["-O", str(scratch / f"{kind}{every}"), "-e", "kugel", "--url", served.address, "-v", "1", "-j", "1",
                              "--retries", "0", "--report", str(report), str(source)])
                same(result.returncode, 1, result.stderr[-500:])
                told = json.loads(report.read_text())
                figures.append(f"{kind}={every}: {len(told['doubts'])} of {told['sentences']}")
    return "; ".join(figures)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        check.run(pathlib.Path(name), limit=900)
