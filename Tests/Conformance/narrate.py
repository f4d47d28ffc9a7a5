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
import zipfile

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


CONTAINER = ('<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
             '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')
PACKAGE = ('<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
           'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>B</dc:title><dc:language>en</dc:language></metadata>'
           '<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
           '<item id="b" href="text/b%20b.xhtml" media-type="application/xhtml+xml"/>'
           '<item id="a" href="../a.xhtml" media-type="application/xhtml+xml"/></manifest>'
           '<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>')
NAVIGATION = ('<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav '
              'epub:type="toc"><ol><li><a href="../a.xhtml">Part One</a><ol><li><a href="../a.xhtml#z">Chapter 1</a>'
              '</li></ol></li><li><a href="text/b%20b.xhtml">Part Two</a></li></ol></nav></body></html>')
PAGES = {
    "a.xhtml": ('<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x.dtd"><html '
                'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><style>p{}'
                '</style></head><body><h1>Part One</h1><p>Preface&nbsp;here.<a epub:type="noteref" href="#n">1</a></p>'
                '<p id="z">The 1st * chapter&#8230; <i>begins</i>.<br/>So it does.</p><aside epub:type="footnote" id="n">'
                '<p>A note.</p></aside></body></html>'),
    "OPS/text/b b.xhtml": "<html><body><p>All is well that ends.<p>Never closed</body>",
}


def epub(path, **other):
    """A book with odd things that the format allows."""
    files = {"META-INF/container.xml": CONTAINER, "OPS/book.opf": PACKAGE, "OPS/nav.xhtml": NAVIGATION, **PAGES}
    files.update({name: content for name, content in other.items()})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content, zipfile.ZIP_DEFLATED)


@check
def books(scratch):
    """Chapters of an EPUB by its contents, and each bad one is told."""
    epub(scratch / "good.epub")
    words = ["-e", "tone", "--split", "headings", "--notes", "skip", "--subs", "srt"]
    result = run(["-O", str(scratch / "epub"), *words, str(scratch / "good.epub")])
    same(result.returncode, 0, result.stderr)
    folder = scratch / "epub"
    same(sorted(path.name for path in folder.glob("*.wav")),
         ["good-1-part-one.wav", "good-2-chapter-1.wav", "good-3-part-two.wav"], "files")
    texts = [" ".join(line for cue in path.read_text().strip().split("\n\n") for line in cue.splitlines()[2:])
             for path in sorted(folder.glob("*.srt"))]
    same(texts, ["Part One Preface\u00a0here.", "The 1st * chapter\u2026 begins. So it does.",
                 "All is well that ends. Never closed"], "what is read")
    encrypted = ('<encryption><EncryptedData><CipherData><CipherReference URI="a.xhtml"/></CipherData>'
                 '</EncryptedData></encryption>')
    bad = {
        "encrypted": ({"META-INF/encryption.xml": encrypted}, "it is encrypted"),
        "absent": ({"a.xhtml": None}, "a.xhtml is not in it"),
        "no-book": ({"META-INF/container.xml": None}, "it is no EPUB"),
        "no-package": ({"OPS/book.opf": None}, "it is no EPUB"),
        "bomb": ({"a.xhtml": b"<p>" + b" " * (70 << 20)}, "larger than any book"),
    }
    for name, (files, cause) in bad.items():
        epub(scratch / f"{name}.epub", **files)
    (scratch / "no-zip.epub").write_bytes(b"no archive at all")
    bad["no-zip"] = (None, "it is no ZIP archive")
    whole = (scratch / "good.epub").read_bytes()
    (scratch / "torn.epub").write_bytes(whole[: len(whole) // 2])
    bad["torn"] = (None, "it is no ZIP archive")
    result = run(["-O", str(scratch / "bad"), "-e", "tone", *[str(scratch / f"{name}.epub") for name in bad],
                  str(scratch / "good.epub")])
    same(result.returncode, 1, "exit status")
    for name, (_, cause) in bad.items():
        holds(re.search(f"{name}.epub: .*{re.escape(cause)}", result.stderr), f"{name}: {result.stderr}")
    same(sorted(path.name for path in (scratch / "bad").glob("*.wav")), ["good.wav"], "files")


def probe(path):
    told = subprocess.run(["ffprobe", "-v", "error", "-show_chapters", "-show_streams", "-show_format", "-of", "json",
                           str(path)], capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


@check
def joined(scratch):
    """One file with chapters, title and author, as ffprobe reads them."""
    epub(scratch / "book.epub")
    picture = scratch / "cover.png"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:size=16x16", "-frames:v", "1", str(picture)],
                   check=True)
    folder = scratch / "parts"
    for kind in ("wav", "flac", "opus", "mp3", "m4b"):
        path = scratch / f"book.{kind}"
        words = ["-O", str(folder), "-e", "tone", "--split", "headings", "--title", "The Book", "--author", "N. N.",
                 "--gap", "600ms", "--subs", "srt", "--join", str(path), str(scratch / "book.epub")]
        cover = ["--cover", str(picture)] if kind != "wav" else []
        result = run(cover + words)
        same(result.returncode, 0, f"{kind}: {result.stderr}")
        told = probe(path)
        same([chapter["tags"]["title"] for chapter in told["chapters"]], ["Part One", "Chapter 1", "Part Two"],
             f"chapters of {kind}")
        files = [float(probe(part)["format"]["duration"]) for part in sorted(folder.glob("*.wav"))]
        starts = [sum(files[:number]) + 0.6 * number for number in range(len(files))]
        for chapter, start in zip(told["chapters"], starts):
            holds(abs(float(chapter["start_time"]) - start) < 0.002, f"{kind}: {chapter} begins at {start}")
        length = sum(files) + 0.6 * (len(files) - 1)
        holds(abs(float(told["format"]["duration"]) - length) < 0.1, f"{kind} lasts {told['format']['duration']}")
        tags = {name.lower(): value for name, value in
                {**told["format"].get("tags", {}), **told["streams"][0].get("tags", {})}.items()}
        same((tags["title"], tags["artist"]), ("The Book", "N. N."), f"tags of {kind}")
        if cover:
            holds(any(stream["codec_type"] == "video" for stream in told["streams"]), f"{kind} has no cover")
        decoded = subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), "-map", "0:a", "-f", "null", "-"],
                                 capture_output=True, text=True)
        same((decoded.returncode, decoded.stderr), (0, ""), f"what ffmpeg says of {kind}")
        before = path.stat().st_mtime_ns
        same(run(cover + words).returncode, 0, "again")
        same(path.stat().st_mtime_ns, before, f"{kind} when nothing has changed")


@check
def loudness(scratch):
    """Files are as loud as was asked for, as ffmpeg measures."""
    source = scratch / "loud.txt"
    source.write_text(book(random.Random(9), "en", 4_000))
    figures = []
    for wanted in (-19, -26):
        folder = scratch / f"loud{wanted}"
        result = run(["-O", str(folder), "-e", "espeak", f"--loudness={wanted}", str(source)])
        same(result.returncode, 0, result.stderr)
        told = subprocess.run(["ffmpeg", "-nostats", "-i", str(folder / "loud.wav"), "-af", "ebur128=peak=true", "-f",
                               "null", "-"], capture_output=True, text=True).stderr
        level = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1])
        peak = float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", told)[-1])
        holds(abs(level - wanted) < 0.3 or peak > -1.6, f"{level} LUFS, not {wanted}")
        holds(peak <= -0.8, f"a peak of {peak} dB")
        figures.append(f"{level} LUFS with peaks of {peak} dB")
    return "; ".join(figures)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        check.run(pathlib.Path(name), limit=900)
