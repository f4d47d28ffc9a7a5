"""Start-up, one sentence, one hour, and the first sound of a growing text; espeak-ng is the peer."""

import os
import select
import subprocess
import time

from measure import Row, milliseconds, percentile, repeat

SENTENCE = "The quick brown fox jumps over the lazy dog near the old stone bridge."
PARAGRAPH = (
    "It was a bright cold day in April, and every clock in the town was striking one after another. "
    "Nobody on the square looked up, because nobody there had anywhere to be before noon. "
)


def start(kugel, scratch):
    hello = os.path.join(scratch, "hello")
    source = os.path.join(scratch, "hello.c")
    with open(source, "w") as file:
        file.write('#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n')
    subprocess.run(["cc", "-O2", "-o", hello, source], check=True)
    ours, told, espeak, floor = repeat(
        40, [kugel, "--version"], [kugel, "--help"], ["espeak-ng", "--version"], [hello]
    )
    bare = os.path.join(scratch, "bare")
    subprocess.run(["strip", "-o", bare, kugel], check=True)
    return [
        Row("start", "kugel --version", milliseconds(ours.wall),
            f"espeak-ng --version {milliseconds(espeak.wall)}", f"{ours.wall / espeak.wall:.2f}x", "0.75x"),
        Row("start", "", "", f"C hello {milliseconds(floor.wall)}", f"{ours.wall / floor.wall:.1f}x"),
        Row("start", "kugel --help", milliseconds(told.wall), "", f"{told.wall / espeak.wall:.2f}x", "0.75x"),
        Row("start", "size of the program as it is installed", f"{os.path.getsize(bare) / 1e6:.1f} MB", "", "", "15 MB"),
    ]


def job(kugel, scratch):
    target, peer = os.path.join(scratch, "a.wav"), os.path.join(scratch, "b.wav")

    def clear(index):
        if index == 0 and os.path.exists(target):
            os.remove(target)

    ours, espeak = repeat(
        30, [kugel, "say", "-q", "-e", "espeak", "-o", target, SENTENCE], ["espeak-ng", "-v", "en-us", "-w", peer, SENTENCE],
        prepare=clear,
    )
    return [
        Row("job", "one sentence to WAV", milliseconds(ours.wall),
            f"espeak-ng -w {milliseconds(espeak.wall)}", f"{ours.wall / espeak.wall:.2f}x", "0.85x"),
        Row("job", "peak memory", f"{ours.peak:.1f} MiB", f"espeak-ng {espeak.peak:.1f} MiB", "", "12 MiB"),
    ]


def long(kugel, scratch):
    minute, hour = os.path.join(scratch, "minute.txt"), os.path.join(scratch, "hour.txt")
    target, peer = os.path.join(scratch, "a.wav"), os.path.join(scratch, "b.wav")
    with open(minute, "w") as file:
        file.write(PARAGRAPH * 5)
    with open(hour, "w") as file:
        file.write((PARAGRAPH + "\n") * 330)

    def clear(index):
        if index == 0 and os.path.exists(target):
            os.remove(target)

    def say(text):
        return [kugel, "say", "-q", "-e", "espeak", "-o", target, "-f", text]

    (short,) = repeat(3, say(minute), prepare=clear)
    ours, espeak = repeat(3, say(hour), ["espeak-ng", "-v", "en-us", "-w", peer, "-f", hour], prepare=clear)
    seconds = os.path.getsize(target) / 48_000
    return [
        Row("long", f"{seconds / 60:.0f} min to WAV, CPU", f"{ours.cpu:.2f} s",
            f"espeak-ng -w {espeak.cpu:.2f} s", f"{ours.cpu / espeak.cpu:.2f}x", "1.05x"),
        Row("long", "wall", f"{ours.wall:.2f} s", f"espeak-ng -w {espeak.wall:.2f} s",
            f"{ours.wall / espeak.wall:.2f}x"),
        Row("long", "peak memory", f"{ours.peak:.1f} MiB", f"one minute {short.peak:.1f} MiB",
            f"{ours.peak / short.peak:.2f}x", "1.10x"),
    ]


def first_sound(kugel, scratch, sentences=100):
    """From the write that completes a sentence to the first of its samples at the reader."""
    child = subprocess.Popen(
        [kugel, "stream", "-q", "-e", "espeak", "-o", "-", "--format", "raw"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
    )
    words = "They walked home along the river.".split()
    delays = []
    for _ in range(sentences):
        for word in words[:-1]:
            child.stdin.write((word + " ").encode())
            time.sleep(0.05)
        # What is left of the sentence before must not be taken for the first of this one.
        while select.select([child.stdout], [], [], 0)[0]:
            os.read(child.stdout.fileno(), 1 << 20)
        begin = time.perf_counter()
        child.stdin.write(words[-1].encode())
        os.read(child.stdout.fileno(), 1 << 20)
        delays.append(time.perf_counter() - begin)
        child.stdin.write(b" ")
    child.stdin.close()
    while os.read(child.stdout.fileno(), 1 << 20):
        pass
    child.wait()
    return [
        Row("first sound", f"sentence complete to samples, p50 of {sentences}",
            milliseconds(percentile(delays, 50)), "", "", "5 ms"),
        Row("first sound", "p99", milliseconds(percentile(delays, 99))),
    ]


PARTS = {"start": start, "job": job, "long": long, "first sound": first_sound}
