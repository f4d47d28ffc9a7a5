"""kugel's own client of KugelAudio's sockets, and a service that is looked at from outside: what both say on the wire."""

import json
import pathlib
import subprocess
import tempfile
import urllib.request

from websockets.sync.client import connect

from checks import Checks, holds, same, same_sound
from service import binary, clean_environment, service
from tap import tap
from tone import tone

checks = Checks("own")
LIMIT = 30
PLAY = "@voice A = 1, lang de\n@voice B = 2, lang fr\nA: Eins.\nB: Deux.\nA: Drei.\nB: Quatre.\n"


def kugel(address, *words, text=""):
    result = subprocess.run(
        [binary(), words[0], "-e", "kugel", "--url", address, *words[1:]], capture_output=True, timeout=LIMIT,
        input=text.encode(), env=clean_environment())
    same(result.returncode, 0, f"exit status of {words[0]}, saying {result.stderr.decode()!r},")
    return result.stdout, result.stderr.decode()


def raw(*words):
    return [*words, "-o", "-", "--format", "raw"]


@checks
def languages():
    """kugel multi: each context keeps to its language, whatever the others speak"""
    with service() as home, tap(home.address) as wire:
        kugel(wire.address, *raw("multi", "-"), text=PLAY)
        asked = [message for connection in wire.asked for message in connection]
        said, spoken = {}, {}
        for message in asked:
            name = message.get("context_id")
            if "language" in message:
                said[name] = message["language"]
            if message.get("text", "").strip():
                spoken[message["text"].strip()] = said.get(name)
        same(spoken, {"Eins.": "de", "Deux.": "fr", "Drei.": "de", "Quatre.": "fr"}, "languages")


@checks
def defaults():
    """kugel multi: what holds for all speakers is said once for each, unless the script says otherwise"""
    with service() as home, tap(home.address) as wire:
        kugel(wire.address, *raw(
            "multi", "-", "-v", "3", "-m", "kugel-3", "-x", "cfg_scale=1.5", "-x", "temperature=0.5", "-x",
            "normalize=false", "-x", "inactivity_timeout=40"),
            text="@voice A = kugel:\n@voice B = 2\nA: One.\nB: Two.\n")
        asked = [message for connection in wire.asked for message in connection]
        opened = {}
        for message in asked:
            if message.get("context_id"):
                into = opened.setdefault(message["context_id"], {})
                into.update({key: value for key, value in message.items() if key != "text"})
        same(sorted(c["voice_settings"]["voice_id"] for c in opened.values()), [2, 3], "voices")
        for name, wanted in (("model_id", "kugel-3"), ("temperature", 0.5), ("normalize", False),
                             ("sample_rate", 24000), ("inactivity_timeout", 40)):
            said = [m[name] for m in asked if name in m]
            holds(said and set(said) == {wanted}, f"{name} is {said}")
        same({c["voice_settings"]["cfg_scale"] for c in opened.values()}, {1.5}, "cfg_scale")


@checks
def goodbye():
    """a service that hangs up is answered before the client leaves"""
    with service() as home:
        for words, text in ((("multi", "-"), PLAY), (("stream",), "One.\n"), (("session", ), "One.\n")):
            ends = "session_closed" if words[0] != "multi" else "context_closed"
            # A client waits for its farewell to be written, but not for long: on a busy machine it may be late.
            for _ in range(4):
                with tap(home.address, hang_up_after=ends) as wire, tempfile.TemporaryDirectory() as folder:
                    kugel(wire.address, *words, "-o", str(pathlib.Path(folder) / "heard.wav"), text=text)
                if wire.closes and None not in wire.closes:
                    break
            holds(wire.closes and None not in wire.closes, f"{words[0]}: the closes are {wire.closes}")


@checks
def unacknowledged():
    """a cancel that is never acknowledged does not pay for a text twice"""
    first = " ".join(f"Sentence number {n} goes on." for n in range(60))
    with service() as home, tap(home.address, drop="interrupted") as wire, tempfile.TemporaryDirectory() as folder:
        heard = pathlib.Path(folder) / "heard.wav"
        kugel(wire.address, "session", "-v", "1", "-o", str(heard), "--pace", "realtime",
              text=f"{first}\n/wait 300ms\n/cancel\nAnd now this.\n")
        asked = [m for connection in wire.asked for m in connection]
        holds(any(m.get("cancel") for m in asked), "nothing was cancelled")
        texts = [m["text"] for m in asked if "Sentence number 0" in m.get("text", "")]
        same(len(texts), 1, "times that the cancelled text was sent")
        last = tone("And now this.")
        same_sound(heard.read_bytes()[-len(last):], last)


@checks
def closed_once():
    """kugel serve: the second close of a context is not answered"""
    with service() as home:
        with connect(home.address.replace("http", "ws") + "/ws/tts/multi", proxy=None) as socket:
            for message in ({"text": "One.", "context_id": "a", "voice_settings": {"voice_id": 1}},
                            {"context_id": "a", "close_context": True}, {"context_id": "a", "close_context": True},
                            {"close_socket": True}):
                socket.send(json.dumps(message))
            told = [json.loads(message) for message in socket]
        same(len([m for m in told if m.get("context_closed")]), 1, "closes")
        same([m for m in told if "error" in m], [], "errors")


@checks
def codes():
    """kugel serve: voices list ISO codes, without regions"""
    with service() as home:
        with urllib.request.urlopen(home.address + "/v1/voices", timeout=10) as page:
            listed = json.load(page)
        voices = listed["voices"] if isinstance(listed, dict) else listed
        holds(voices, "there are none")
        codes = {code for voice in voices for code in voice["supported_languages"]}
        holds(codes and all(len(code) in (2, 3) and code.isalpha() and code.islower() for code in codes), sorted(codes))


if __name__ == "__main__":
    checks.run(limit=LIMIT)
