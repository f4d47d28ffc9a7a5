"""Narration that is killed at any moment and run again, its subtitles, and its proof over a book."""

import json
import pathlib
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile

from checks import Checks, Skipped, holds, same
from environments import Unavailable, python_with
from narration import CUE, PARSER, Terminal, book, contents, probe, prose, real_book, run, tool
from service import binary, clean_environment, service

KILLS = 50
check = Checks("narrate")
def kill(folder, words, whole, length, kills, chance):
    """Kills a narration again and again, at any moment, and has it run again; the runs that were begun.

    `whole` is what a run leaves that nobody disturbs, and its exit status.
    """
    whole, status = whole
    made, runs, total = {}, 0, sum(name.endswith(".wav") for name in whole)
    while kills > 0:
        runs += 1
        # About as long as what is missing takes, so that most runs are killed.
        missing = total - len(list(folder.glob("*.wav")))
        patience = chance.random() * (0.2 + length * missing / total)
        with open(folder.parent / "talk", "w") as talk:
            process = subprocess.Popen([binary(), "narrate", "-O", str(folder), *words], stderr=talk,
                                       env=clean_environment())
        try:
            process.wait(patience)
            same((process.returncode, (folder.parent / "talk").read_text()[-500:] if process.returncode > status else ""),
                 (status, ""), "a run that was not killed")
            # Begun anew, so that all moments are tried.
            same(contents(folder), whole, "what is there after a run that was killed before")
            for path in chance.sample(sorted(folder.glob("*.wav")), 4):
                path.unlink()
                made.pop(path.name, None)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills -= 1
        for path in folder.glob("*.wav"):
            now = path.stat()
            holds(path.read_bytes() == whole[path.name], f"{path.name} is not whole")
            before = made.setdefault(path.name, (now.st_ino, now.st_mtime_ns))
            same((now.st_ino, now.st_mtime_ns), before, f"{path.name} was made twice")
    same(run(["-O", str(folder), *words]).returncode, status, "the last run")
    same(contents(folder), whole, "what is there in the end")
    return runs


@check
def killed(scratch):
    """Killed at random moments, and run again until it is done: a book of two languages, and parts of it."""
    chance = random.Random(7)
    told = []
    # A whole book takes long to be read again, and a voice longer to speak; a part has as many moments.
    for name, engine, sizes, kills in (
            ("book", "tone", (150_000, 160_000), KILLS // 5), ("part", "tone", (20_000, 20_000), KILLS * 2 // 5),
            ("voice", "espeak", (6_000, 6_000), KILLS * 2 // 5)):
        source = scratch / f"{name}.txt"
        source.write_text(prose(chance, "en", sizes[0]) + "\n" + prose(chance, "de", sizes[1]))
        words = ["-e", engine, "--split", "paragraphs" if engine == "espeak" else "headings", "--retries", "0",
                 "--subs", "srt,vtt", str(source)]
        begin = time.monotonic()
        result = run(["-O", str(scratch / f"{name}-whole"), *words])
        length = time.monotonic() - begin
        status = result.returncode
        # A sentence of a voice may stay doubtful.
        holds(status == 0 or engine == "espeak" and status == 1, result.stderr)
        whole = contents(scratch / f"{name}-whole")
        runs = kill(scratch / f"{name}-killed", words, (whole, status), length, kills, chance)
        told.append(f"{kills} kills in {runs} runs over {len(whole)} files of {source.stat().st_size // 1000} kB")
    return "; ".join(told)


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
def real(scratch):
    """A real book in two languages: chapters, few alarms, subtitles that others read and that fit the sound."""
    try:
        python = python_with("subtitles", "pysubs2 webvtt-py", 120)
    except Unavailable as error:
        raise Skipped(str(error)) from None
    told = []
    for language in ("en", "de"):
        source = scratch / f"real-{language}.txt"
        source.write_text(real_book(language, 160_000))
        folder, report = scratch / f"real-{language}", scratch / f"real-{language}.json"
        result = run(["-O", str(folder), "--split", "headings", "-e", "espeak", "-l", language, "--retries", "0",
                      "--subs", "srt,vtt,ass", "--report", str(report), str(source)])
        holds(result.returncode in (0, 1), result.stderr[-500:])
        found = json.loads(report.read_text())
        same(found["failed"], [], "failures")
        share = len(found["doubts"]) / found["sentences"]
        holds(share <= 0.01, f"{share:.2%} of {found['sentences']} sentences in {language} are doubted: "
                             f"{json.dumps(found['doubts'], ensure_ascii=False)[:1500]}")
        files = sorted(folder.glob("*.wav"))
        words = {kind: [] for kind in ("srt", "vtt", "ass")}
        for number, path in enumerate(files):
            length = float(probe(path)["format"]["duration"])
            for kind in words:
                if kind != "vtt" and number % 5:
                    continue
                done = subprocess.run([python, "-c", PARSER, str(path.with_suffix("." + kind))], capture_output=True,
                                      text=True, check=True)
                cues = json.loads(done.stdout)
                holds(abs(cues[-1][1] - length) < 0.011, f"{path.name}: {kind} ends at {cues[-1][1]}, sound at {length}")
                holds(all(a < b for a, b, _ in cues), f"a cue of {path.name} ends before it begins")
                holds(all(one[1] <= two[0] + 0.011 for one, two in zip(cues, cues[1:])), f"{path.name}: cues overlap")
                words[kind] += [word for _, _, text in cues for word in text.split()]
        same(words["vtt"], source.read_text().split(), f"the words in {language}")
        told.append(f"{language}: {len(files)} chapters, {len(found['doubts'])} of {found['sentences']} sentences "
                    f"doubted, {len(words['vtt'])} words")
    return "; ".join(told)


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


def sentences(folder, name):
    """The samples of each sentence of an item, as the manifest tells them."""
    for line in (folder / "kugel-manifest.jsonl").read_text().splitlines():
        entry = json.loads(line)
        if entry["file"] == name:
            spans = entry["sentences"]
            return [spans[i + 3] - spans[i + 2] for i in range(0, len(spans), 4)]
    raise AssertionError(f"{name} is not in the manifest")


@check
def faults(scratch):
    """Sentences that a service loses or cuts are all found, and few others; those said twice mostly."""
    source = scratch / "faults.txt"
    source.write_text(book(random.Random(5), "en", 12_000))
    words = ["-e", "kugel", "-j", "1", "--retries", "0", str(source)]
    with service("-e", "espeak") as served:
        result = run(["-O", str(scratch / "good"), "--url", served.address, *words])
        holds(result.returncode in (0, 1), result.stderr[-500:])
    good = sentences(scratch / "good", "faults.wav")
    figures = []
    for kind in ("drop", "cut", "double"):
        for every in (5, 11):
            folder = scratch / f"{kind}{every}"
            with service("-e", "espeak", "--fault", f"{kind}-pieces={every}") as served:
                report = scratch / f"{kind}{every}.json"
                result = run(["-O", str(folder), "--url", served.address, "--report", str(report), *words])
                same(result.returncode, 1, result.stderr[-500:])
            told = json.loads(report.read_text())
            same(told["sentences"], len(good), "sentences")
            now = sentences(folder, "faults.wav")
            # Whatever is not as long as it was, by a tenth of a second, was not said as it should be.
            spoiled = {n + 1 for n, (a, b) in enumerate(zip(good, now)) if abs(a - b) > 2400}
            found = {doubt["sentence"] for doubt in told["doubts"]}
            holds(len(spoiled) > len(good) // every // 3, f"{kind}={every} spoiled {len(spoiled)} only")
            missed, false = sorted(spoiled - found), sorted(found - spoiled)
            figures.append(f"{kind}={every}: {len(spoiled) - len(missed)} of {len(spoiled)}, {len(false)} others")
            if kind != "double":
                same(missed, [], f"what was not found of {kind}={every}: {[(good[n - 1], now[n - 1]) for n in missed]}")
            holds(len(false) <= len(good) / 100, f"{kind}={every}: {len(false)} of {len(good)} are false alarms")
    return "; ".join(figures)


@check
def again(scratch):
    """What a service lost or cut is said again, and the sound is as if nothing had been."""
    source = scratch / "again.txt"
    source.write_text(book(random.Random(6), "en", 10_000))
    sounds = []
    for fault in ([], ["--fault", "drop-pieces=23"], ["--fault", "cut-pieces=23"]):
        folder = scratch / f"again{len(sounds)}"
        with service("-e", "tone", *fault) as served:
            result = run(["-O", str(folder), "-e", "kugel", "-v", "1", "-j", "1", "--retries", "4", "--url",
                          served.address, str(source)])
        same(result.returncode, 0, result.stderr[-500:])
        sounds.append((folder / "again.wav").read_bytes())
    holds(sounds[0] == sounds[1] == sounds[2], "the sounds differ")


@check
def verified(scratch):
    """A speech recogniser hears the words of a voice, and none in tones."""
    source = scratch / "verified.txt"
    source.write_text(" ".join(
        f"{start} and then we went {place} to see what had become of the old {thing}."
        for start in ("The sun came up", "It rained all morning", "Nobody said a word", "My brother laughed")
        for place in ("home", "down to the river", "into the town")
        for thing in ("house", "bridge", "church", "garden")))
    shares = {}
    for engine in ("espeak", "tone"):
        report = scratch / f"verified-{engine}.json"
        result = run(["-O", str(scratch / f"verified-{engine}"), "-e", engine, "-j", "1", "--retries", "0", "--verify",
                      "--report", str(report), str(source)])
        if "not installed" in result.stderr:
            raise Skipped(result.stderr.strip())
        told = json.loads(report.read_text())
        shares[engine] = sum("unheard" in doubt["doubt"] for doubt in told["doubts"]) / told["sentences"]
    holds(shares["espeak"] <= 0.02 and shares["tone"] >= 0.98, shares)
    return f"{shares['espeak']:.0%} doubted of a voice, {shares['tone']:.0%} of tones"


@check
def verified_short(scratch):
    """Short sentences of a voice are believed, and half of what is said in their place is not."""
    texts = ("The dog ran home. Birds sing. Come back soon. We ate bread. Rain fell. Close the window. He laughed out "
             "loud. Nobody came. The milk is cold. Take the bus. Two men sat there. Wait a minute. She opened the box. "
             "Look at me. They went away. Bring some water.").split(". ")
    source = scratch / "short.txt"
    source.write_text("".join(f"{text.rstrip('.')}.\n" for text in texts))
    wrong = scratch / "wrong"
    # The letters from the last to the first, so that it takes about as long.
    wrong.write_text("#!/bin/sh\nrev | espeak-ng --stdin --stdout\n")
    wrong.chmod(0o755)
    shares = {}
    for name, words in (("right", ["-e", "espeak"]), ("wrong", ["-e", "command", "-x", f"command={wrong}"])):
        report = scratch / f"short-{name}.json"
        result = run(["-O", str(scratch / f"short-{name}"), *words, "--list", "lines", "-j", "4", "--retries", "0",
                      "--verify", "--report", str(report), str(source)])
        if "not installed" in result.stderr:
            raise Skipped(result.stderr.strip())
        told = json.loads(report.read_text())
        same((told["failed"], told["sentences"]), ([], len(texts)), name)
        shares[name] = sum("unheard" in doubt["doubt"] for doubt in told["doubts"])
    holds(shares["right"] <= 1 and shares["wrong"] >= len(texts) // 2, shares)
    return f"{shares['right']} and {shares['wrong']} of {len(texts)} are doubted"


@check
def verified_later(scratch):
    """What was made before is listened to when that is asked for, once, and not made anew."""
    source = scratch / "later.txt"
    source.write_text("".join(f"This is a sentence that somebody can hear, with the number {word} in it.\n"
                              for word in ("one", "two", "three", "four", "five", "six")))
    folder = scratch / "later"
    # As tones: nobody hears words in them, so each is doubted, but not made anew.
    words = ["-O", str(folder), "-e", "tone", "--list", "lines", "-j", "2", str(source)]
    same(run(words).returncode, 0, "without")
    before = contents(folder)
    result = run([*words, "--verify"])
    if "not installed" in result.stderr:
        raise Skipped(result.stderr.strip())
    same(result.returncode, 1, result.stderr)
    holds("made 0" in result.stderr and "6 doubtful" in result.stderr, result.stderr)
    now = contents(folder)
    manifest = "kugel-manifest.jsonl"
    same({**now, manifest: b""}, {**before, manifest: b""}, "the files")
    entries = [json.loads(line) for line in now[manifest].decode().splitlines()]
    same({(entry["state"], entry["verified"]) for entry in entries}, {("doubtful", True)}, "what the manifest tells")
    begin = time.monotonic()
    again = run([*words, "--verify"])
    took = time.monotonic() - begin
    same(again.returncode, 1, "doubted still")
    same(contents(folder), now, "listened to twice")
    return f"{took:.1f} s the second time"


@check
def awaited(scratch):
    """A silence of hours before a part is left at once when it is not wanted any more."""
    source = scratch / "late.srt"
    source.write_text("1\n90:00:00,000 --> 90:00:02,000\nFar away.\n")
    with subprocess.Popen([binary(), "narrate", "-e", "espeak", "--format", "opus", "-O", scratch / "late", source], env=clean_environment(),
                          stderr=subprocess.PIPE, text=True) as child:
        time.sleep(2)
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=30)
    same(child.returncode, 130, told)
    holds("the same command goes on" in told, told)
    same([path.name for path in (scratch / "late").iterdir() if path.suffix == ".opus"], [], "files")


PROGRESS = r"\[[#.]{20}\]  (\d+) of (\d+) items  \d+:\d\d made  [\d.]+\u00d7 real time  (\d+:)?\d+:\d\d left"


@check
def progress(scratch):
    """A terminal shows items, what is made, how fast and how long still, and is clean in the end."""
    source = scratch / "shown.txt"
    source.write_text(book(random.Random(4), "en", 600_000))
    words = ["-e", "espeak", "--split", "paragraphs", "-j", "1", "-O", str(scratch / "shown"), str(source)]
    with Terminal(words) as terminal:
        terminal.until(PROGRESS)
        # A key of the terminal ends it, not a signal of ours.
        terminal.send("\x03")
        same(terminal.status(), 130, terminal.seen[-500:])
        holds("the same command goes on" in terminal.seen, terminal.seen[-500:])
        lines = terminal.seen.split("\r\x1b[K")
        holds(all(len(line) < 100 for line in lines[:-1]), max(lines[:-1], key=len))
        holds(not re.search(r"\[[#.]{20}\]", lines[-1]), f"the line stays: {lines[-1]!r}")
        made = int(re.findall(r"made (\d+),", terminal.seen)[-1])
    entries = (scratch / "shown" / "kugel-manifest.jsonl").read_text().splitlines()
    same((len(entries), len(list((scratch / "shown").glob("*.wav")))), (made, made), "what is whole")
    holds(not (scratch / "shown" / ".kugel-narrate").exists(), "a hidden folder stays")
    return f"{made} items before the key"


@check
def pruned(scratch):
    """At a terminal `--prune` asks, and removes what it named only after a yes."""
    source = scratch / "pruned.txt"
    source.write_text("One is here.\nTwo is here.\nThree is here.\n")
    words = ["-e", "tone", "--list", "lines", "--name", "{slug}", "--subs", "srt", "-O", str(scratch / "pruned"), str(source)]
    same(run(words).returncode, 0, "all three")
    source.write_text("One is here.\n")
    for answer, left in (("n\n", 3), ("\n", 3), ("\x04", 3), ("y\n", 1)):
        with Terminal(["--prune", *words]) as terminal:
            terminal.until(r"Remove them\? \[y/N\] ")
            holds("  two-is-here.wav" in terminal.seen and "  three-is-here.wav" in terminal.seen, terminal.seen)
            holds("one-is-here" not in terminal.seen, terminal.seen)
            terminal.send(answer)
            same(terminal.status(), 0, terminal.seen)
        same(len(list((scratch / "pruned").glob("*.wav"))), left, f"after {answer!r}")
        same(len(list((scratch / "pruned").glob("*.srt"))), left, f"after {answer!r}")


@check
def pandoc(scratch):
    """A book that pandoc made: chapters by its contents, notes by choice, emphasis gone."""
    source = scratch / "pandoc.md"
    source.write_text("---\ntitle: The Title\nauthor: N. N.\nlang: en-GB\n---\n\n# One\n\nIt *begins*.[^1]\n\n"
                      "[^1]: A note.\n\n## Inner\n\n- a\n- b\n\n# Zwei\n\nEs endet.\n")
    for version in ("epub2", "epub3"):
        path = scratch / f"{version}.epub"
        subprocess.run([tool("pandoc"), "--to", version, "--toc", "--toc-depth=2", "-o", str(path), str(source)],
                       check=True, capture_output=True)
        folder = scratch / version
        result = run(["-O", str(folder), "-e", "tone", "--split", "headings", "--notes", "skip", "--subs", "srt", str(path)])
        same(result.returncode, 0, result.stderr)
        texts = {file.stem.split("-", 2)[2]: " ".join(
            line for cue in file.read_text().strip().split("\n\n") for line in cue.splitlines()[2:])
            for file in sorted(folder.glob("*.srt"))}
        same(texts["one"], "One It begins.", f"the first chapter of {version}")
        same(texts["inner"], "Inner a b", f"the second chapter of {version}")
        same(texts["zwei"], "Zwei Es endet.", f"the last chapter of {version}")


@check
def parallel(scratch):
    """Two shards under GNU parallel are the same set as one run, as one worker makes it."""
    tool("parallel")
    source = scratch / "shards.jsonl"
    source.write_text("".join(json.dumps({"text": f"This is number {n}."}) + "\n" for n in range(1, 301)))
    words = ["-e", "espeak", str(source)]
    same(run(["-O", str(scratch / "all"), "-j", "1", *words]).returncode, 0, "the whole")
    command = ["parallel", "--will-cite", "-j2", binary(), "narrate", "-O", str(scratch / "shard{}"), "--shard", "{}/2",
               *words, ":::", "1", "2"]
    subprocess.run(command, env=clean_environment(), check=True, capture_output=True)
    whole, one, two = contents(scratch / "all"), contents(scratch / "shard1"), contents(scratch / "shard2")
    name = "kugel-manifest.jsonl"
    lines = [shard.pop(name).decode().splitlines() for shard in (one, two)]
    same(sorted(lines[0] + lines[1]), sorted(whole.pop(name).decode().splitlines()), "the manifests")
    holds(not one.keys() & two.keys(), "an item was made twice")
    holds({**one, **two} == whole, "the files")
    # The merged manifest and all files in one directory are what one run leaves: nothing is made again.
    merged = scratch / "merged"
    merged.mkdir()
    for path, content in {**one, **two}.items():
        (merged / path).write_bytes(content)
    (merged / name).write_text("\n".join(lines[0] + lines[1]) + "\n")
    result = run(["-O", str(merged), *words])
    holds("made 0" in result.stderr and "kept 300" in result.stderr, result.stderr)
    return f"{len(one)} and {len(two)} files"


@check
def full(scratch):
    """A disk that is full in the middle: what is whole is kept, nothing else is there, and it goes on later."""
    source = scratch / "full.txt"
    source.write_text("".join(f"This is line number {n} of those that do not fit.\n" for n in range(200)))
    folder = scratch / "disk"
    folder.mkdir()
    words = f"{binary()} narrate -e tone --list lines -O {folder}/out {source}"
    script = (f"mount -t tmpfs -o size=2m none {folder} || exit 99; {words}; echo status $?; "
              f"ls -A {folder}/out; mount -o remount,size=200m {folder}; {words}; echo status $?; ls -A {folder}/out | wc -l")
    done = subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
                          env=clean_environment(), text=True, capture_output=True)
    if done.returncode == 99 or "unshare" in done.stderr:
        raise Skipped(f"no disk can be mounted here: {done.stderr.strip()}")
    first, *_ = done.stdout.split("status", 2)[1:]
    status, *names = first.split()
    holds(status in ("1", "74"), f"{done.stdout[:300]} {done.stderr[-500:]}")
    holds("no space left" in done.stderr.lower(), done.stderr[-500:])
    made = [name for name in names if name.endswith(".wav")]
    holds(0 < len(made) < 200, f"{len(made)} files")
    holds(f"kept {len(made)}" in done.stderr, f"{len(made)} were there: {done.stderr[-300:]}")
    same(done.stdout.split()[-3:], ["status", "0", "201"], "in the end")


@check
def cast(scratch):
    """Subtitles of speakers, read by ffmpeg, end with the sound."""
    source = scratch / "cast.txt"
    source.write_text("@voice anna = espeak:en-us\n@voice bob = espeak:en-gb\n\n" + "".join(
        f"{'anna' if n % 2 else 'bob'}: This is what I say as number {n}, and no more.\n" for n in range(12)))
    for kind in ("srt", "vtt", "ass"):
        result = subprocess.run([binary(), "multi", "-o", str(scratch / f"cast-{kind}.wav"), "--subs",
                                 str(scratch / f"cast.{kind}"), str(source)], env=clean_environment(), text=True,
                                capture_output=True)
        same(result.returncode, 0, result.stderr)
        length = float(probe(scratch / f"cast-{kind}.wav")["format"]["duration"])
        converted = subprocess.run(["ffmpeg", "-v", "error", "-i", str(scratch / f"cast.{kind}"), "-f", "srt", "-"],
                                   capture_output=True, text=True)
        same((converted.returncode, converted.stderr), (0, ""), f"what ffmpeg says of {kind}")
        times = [tuple(map(int, match)) for match in CUE.findall(converted.stdout)]
        same(len(times), 12, f"cues of {kind}")
        ends = [((h * 60 + m) * 60 + s) + f / 1000 for *_, h, m, s, f in times]
        holds(abs(ends[-1] - length) < 0.011, f"{kind} ends at {ends[-1]}, the sound at {length}")


CONTAINER = ('<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
             '<rootfile full-path="OPS/the%20book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')
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
    files = {"META-INF/container.xml": CONTAINER, "OPS/the book.opf": PACKAGE, "OPS/nav.xhtml": NAVIGATION, **PAGES}
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
    same(texts, ["Part One Preface here.", "The 1st * chapter\u2026 begins. So it does.",
                 "All is well that ends. Never closed"], "what is read")
    encrypted = ('<encryption><EncryptedData><CipherData><CipherReference URI="a.xhtml"/></CipherData>'
                 '</EncryptedData></encryption>')
    bad = {
        "encrypted": ({"META-INF/encryption.xml": encrypted}, "it is encrypted"),
        "no-book": ({"META-INF/container.xml": None}, "it is no EPUB"),
        "no-package": ({"OPS/the book.opf": None}, "it is no EPUB"),
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


def spoken(scratch, name, source):
    """What is read of a file, by its subtitles; exit status and what was told."""
    folder = scratch / name
    result = run(["-O", str(folder), "-e", "tone", "--subs", "srt", str(source)])
    cues = (folder / f"{source.stem}.srt").read_text().strip().split("\n\n")
    return " ".join(line for cue in cues for line in cue.splitlines()[2:]), result.returncode, result.stderr


@check
def pages(scratch):
    """Pages of old with all elements open are read to their end; of a broken book all is read that can be, and the rest told."""
    for number, open_element in enumerate(("<p><font size=2>", "<div>", "<blockquote>", "<form><b>")):
        deep = scratch / f"deep{number}.html"
        deep.write_text("<html><body>" + "".join(f"{open_element}Sentence number {n}.\n" for n in range(1, 401)))
        text, status, told = spoken(scratch, f"deep{number}", deep)
        same((text.count("Sentence"), text.endswith("number 400."), status), (400, True, 0), f"{open_element}: {told}")
    nested = "<html><body>" + "<div>" * 300 + "<p>Deep.</p>" + "</div>" * 300 + "<p>Behind.</p></body></html>"
    epub(scratch / "nested.epub", **{"a.xhtml": nested})
    text, status, _ = spoken(scratch, "nested", scratch / "nested.epub")
    same((text, status), ("Deep. Behind. All is well that ends. Never closed", 0), "what is read of a deep chapter")
    for name, page, wanted, code, cause in (
            ("garbage", bytes(range(128, 160)) * 40, "All is well that ends. Never closed", 1, "a.xhtml is no page; it is left out"),
            ("absent", None, "All is well that ends. Never closed", 1, "a.xhtml is not in it; it is left out"),
            ("zeros", b"<html><body><p>One.</p>\0\0<p>Two.</p></body></html>",
             "One. Two. All is well that ends. Never closed", 0, "a.xhtml has bytes that are no text"),
            ("quote", b"<html><body><p>One.</p>\n<p class=\"x>Two.</p><p>Three.</p></body></html>", None, 0,
             "line 2 of a.xhtml is no XHTML")):
        epub(scratch / f"{name}.epub", **{"a.xhtml": page})
        text, status, told = spoken(scratch, name, scratch / f"{name}.epub")
        same(status, code, f"{name}: {told}")
        holds(cause in told, f"{name}: {told}")
        holds(wanted in (None, text), f"{name}: {text}")
    # What everybody writes and no declaration names is no flaw.
    epub(scratch / "plain.epub", **{"a.xhtml": "<html><body><p>One&nbsp;&mdash; two.</p></body></html>",
                                   "OPS/text/b b.xhtml": "<html><body><p>Three.</p></body></html>"})
    text, status, told = spoken(scratch, "plain", scratch / "plain.epub")
    same((status, "warning" in told), (0, False), told)
    report = scratch / "report.json"
    result = run(["-O", str(scratch / "told"), "-e", "tone", "--report", str(report), str(scratch / "none.txt"),
                  str(scratch / "plain.epub")])
    same(result.returncode, 1, result.stderr)
    failed = json.loads(report.read_text())["failed"]
    same([failure["place"] for failure in failed], [str(scratch / "none.txt")], "what failed")
    holds("none.txt" in report.with_suffix(".html").read_text(), "the page tells nothing of it")


@check
def joining(scratch):
    """A join that is interrupted or killed leaves nothing behind, and is known again however its file is named."""
    source = scratch / "long.txt"
    source.write_text("".join(f"{prose(random.Random(3), 'en', 1200)}\n\n" for _ in range(60)))
    folder = scratch / "join"
    words = [binary(), "narrate", "-O", str(folder), "-e", "tone", str(source)]
    same(subprocess.run(words, env=clean_environment(), capture_output=True).returncode, 0, "the items")
    for kind, number, status in (("opus", signal.SIGINT, 130), ("m4b", signal.SIGTERM, 143), ("opus", signal.SIGKILL, -9),
                                 ("m4b", signal.SIGKILL, -9)):
        path = scratch / f"all.{kind}"
        process = subprocess.Popen([*words, "--join", str(path)], stderr=subprocess.PIPE, env=clean_environment(), text=True)
        pattern = f".all.{kind}.kugel-join" + (".m4b" if kind == "m4b" else "")
        until = time.monotonic() + 60
        while not (scratch / pattern).exists() and time.monotonic() < until and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(number)
        told = process.communicate()[1]
        same(process.returncode, status, f"{kind}: {told}")
        holds(not path.exists(), f"{path} is there")
        if number != signal.SIGKILL:
            holds("the same command goes on" in told, told)
            same([entry.name for entry in scratch.iterdir() if "kugel-join" in entry.name], [], "what is left")
        elif kind == "m4b":
            until = time.monotonic() + 10
            while "kugel-join.m4b" in (running := subprocess.run(
                    ["ps", "-eo", "args"], capture_output=True, text=True).stdout) and time.monotonic() < until:
                time.sleep(0.05)
            holds("kugel-join.m4b" not in running, "ffmpeg lives on")
    small = scratch / "small.md"
    small.write_text("# One\n\nA.\n\n# Two\n\nB.\n")
    inside = scratch / "inside"
    again = ["narrate", "-O", "inside", "-e", "tone", "--split", "headings", "--subs", "srt", "small.md", "--join"]
    stamps = set()
    for place, spelling in ((".", "inside/all.opus"), (".", "./inside/all.opus"), (".", str(inside / "all.opus")),
                            ("moved", "inside/all.opus")):
        if place == "moved":
            (scratch / place).mkdir()
            shutil.move(inside, scratch / place / "inside")
            shutil.copy(small, scratch / place / "small.md")
        where = scratch / place
        result = subprocess.run([binary(), *again, spelling], cwd=where, env=clean_environment(), capture_output=True, text=True)
        same(result.returncode, 0, f"{spelling}: {result.stderr}")
        stamps.add((where / "inside" / "all.opus").stat().st_mtime_ns)
    same(len(stamps), 1, "times that it was joined")
    # A file beside the directory, called as an item in it is.
    for _ in range(2):
        result = subprocess.run([binary(), "narrate", "-O", "d", "-e", "tone", "small.md", "--join", "small.wav"], cwd=scratch,
                                env=clean_environment(), capture_output=True, text=True)
        same(result.returncode, 0, result.stderr)


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
    """Files are as loud as was asked for, and no peak is above -1 dB, as ffmpeg measures."""
    source = scratch / "loud.txt"
    source.write_text(book(random.Random(9), "en", 100)[:900])
    figures = []
    for engine, wanted in (("espeak", -19), ("espeak", -26), ("espeak", -16), ("espeak", -14), ("tone", -19)):
        folder = scratch / f"loud{engine}{wanted}"
        result = run(["-O", str(folder), "-e", engine, f"--loudness={wanted}", str(source)])
        same(result.returncode, 0, result.stderr)
        told = subprocess.run(["ffmpeg", "-nostats", "-i", str(folder / "loud.wav"), "-af", "ebur128=peak=true", "-f",
                               "null", "-"], capture_output=True, text=True).stderr
        level = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1])
        peak = float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", told)[-1])
        # ffmpeg tells tenths.
        holds(abs(level - wanted) <= 0.3, f"{level} LUFS, not {wanted}")
        holds(peak <= -0.9, f"a peak of {peak} dB")
        figures.append(f"{engine} {level} LUFS with peaks of {peak} dB")
    return "; ".join(figures)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        check.run(pathlib.Path(name), limit=900)
