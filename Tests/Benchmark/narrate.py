"""Many items to files: against a shell's loop of espeak-ng, one worker against two, a second run, and memory."""

import os
import random
import shutil
import time

from measure import Failed, Row, run

LINES = 10_000
# Lines that the shell's loop is given; it is as quick with any.
LOOPED = 500
WORDS = ("please press hold wait number menu again thank you for calling the office is closed today call back "
         "tomorrow between nine and five your call is important to us").split()


def lines(scratch, count):
    chance = random.Random(1)
    path = os.path.join(scratch, f"{count}.txt")
    with open(path, "w") as file:
        for number in range(count):
            file.write(" ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 7))) + f" {number}.\n")
    return path


def narrate(kugel, scratch, name, source, *words):
    folder = os.path.join(scratch, name)
    shutil.rmtree(folder, ignore_errors=True)
    # What runs before have written would else be carried to the disk in this one's time.
    os.sync()
    done = run([kugel, "narrate", "-q", "-e", "espeak", "-O", folder, "--list", "lines", *words, source])
    if done.status:
        raise Failed(f"narrate ended with {done.status}")
    return folder, done


def many(kugel, scratch):
    source, few = lines(scratch, LINES), lines(scratch, LOOPED)
    loop = os.path.join(scratch, "loop.sh")
    peer = os.path.join(scratch, "peer")
    os.makedirs(peer, exist_ok=True)
    with open(loop, "w") as file:
        file.write(f'n=0\nwhile read -r line; do n=$((n+1)); espeak-ng -v en-us -w "{peer}/$n.wav" "$line"; '
                   f'done < "{few}"\n')
    shell = run(["/bin/sh", loop])
    one = narrate(kugel, scratch, "one", source, "-j", "1")[1]
    folder, two = narrate(kugel, scratch, "two", source, "-j", "2")
    looped = shell.wall / LOOPED * LINES
    begin = time.monotonic()
    again = run([kugel, "narrate", "-q", "-e", "espeak", "-O", folder, "--list", "lines", "-j", "2", source])
    again.wall = time.monotonic() - begin
    if again.status:
        raise Failed(f"the second run ended with {again.status}")
    return [
        Row("narrate", f"{LINES} short lines to files", f"{two.wall:.1f} s",
            f"a loop of espeak-ng -w {looped:.1f} s", f"{looped / two.wall:.1f}x", "5x"),
        Row("narrate", "one worker", f"{one.wall:.1f} s", "", f"{one.wall / two.wall:.2f}x of two", "1.7x"),
        Row("narrate", "all of them again", f"{again.wall:.2f} s", "", "", "1 s"),
        Row("narrate", "peak memory", f"{two.peak:.0f} MiB", "", "", ""),
    ]


def book(kugel, scratch):
    chance = random.Random(2)
    rows = []
    for size in (30_000, 300_000):
        path = os.path.join(scratch, f"book{size}.txt")
        with open(path, "w") as file:
            while file.tell() < size:
                file.write(" ".join(chance.choice(WORDS) for _ in range(60)).capitalize() + ".\n\n")
        folder = os.path.join(scratch, f"book{size}")
        done = run([kugel, "narrate", "-q", "-e", "espeak", "-O", folder, path])
        if done.status not in (0, 1):
            raise Failed(f"narrate ended with {done.status}")
        rows.append(Row("narrate", f"a book of {size // 1000} kB, peak memory", f"{done.peak:.0f} MiB", "",
                        f"{done.wall:.1f} s", ""))
    return rows


PARTS = {"narrate": many, "narrate-book": book}
