"""The text pipeline on Markdown that comes in tokens; cmark, which reads all of it at once, is the peer."""

import json
import os
import pathlib
import subprocess

from measure import Row, repeat, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
READER = ROOT / ".build" / "release" / "kugel-reading"
# What answers of models are made of.
ANSWER = """## Step {n}: the *fermentation* of **bread**

Mix 500 g of flour with 3.5 dl of water (see [the table](https://example.org/flour/{n}?a=1&b=2)), and let it
rest for 45 minutes. It costs $3.20, not `$PRICE`; [^1] says why 🙂. Dr. Miller wrote on 3 May 2024:

> "It rises _slowly_ — by 12 % an hour, or 1/2 in 4 h."

1. Fold the dough.
   - once from the left,
   - once from the right;
2. [ ] wait until 18:30, or ~~17:00~~.

| flour | water | time |
|-------|------:|------|
| rye   | 70 %  | 2 h  |
| wheat | 62 %  | 90 min |

```python
def rise(hours: float) -> float:
    return 1.12 ** hours  # {n}
```

The growth is $e^{{kt}}$ with k = 0.113; <b>never</b> use &lt;old&gt; yeast. See https://example.org/{n} for more.

[^1]: A footnote of its own.

"""


def markdown(path, size):
    """Writes about `size` bytes."""
    count, written = 0, 0
    with open(path, "w") as file:
        while written < size:
            count += 1
            written += len(ANSWER.format(n=count).encode())
            file.write(ANSWER.format(n=count))


def read(path):
    """What `kugel-reading` says of a file, and its run."""
    result = path + ".json"
    with open(path) as file, open(result, "w") as out:
        done = run([str(READER), "5"], stdin=file, stdout=out)
    return json.loads(pathlib.Path(result).read_text()), done


def pipeline(_, scratch):
    subprocess.run(
        ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "kugel-reading"],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    large, small = os.path.join(scratch, "large.md"), os.path.join(scratch, "small.md")
    markdown(large, 10_000_000)
    markdown(small, 100_000)
    figures, ours = read(large)
    _, short = read(small)
    (cmark,) = repeat(5, ["cmark", large])
    return [
        Row("text", "10 MB of Markdown in pieces of 5 bytes, CPU", f"{ours.cpu:.2f} s",
            f"cmark, at once {cmark.cpu:.2f} s", f"{ours.cpu / cmark.cpu:.1f}x"),
        Row("text", "speed", f"{figures['bytes'] / figures['seconds'] / 1e6:.2f} MB/s",
            f"cmark {figures['bytes'] / cmark.wall / 1e6:.0f} MB/s"),
        Row("text", "peak memory", f"{ours.peak:.1f} MiB", f"100 kB {short.peak:.1f} MiB",
            f"{ours.peak / short.peak:.2f}x"),
        Row("text", "a piece's delay, p50 / p99", f"{figures['p50']:.1f} / {figures['p99']:.1f} us", "", "",
            "p99 50 us"),
    ]


PARTS = {"pipeline": pipeline}
