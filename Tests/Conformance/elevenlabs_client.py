"""kugel's own ElevenLabs client, and the official SDK as a witness that its service is a fair one."""

import json
import pathlib
import select
import subprocess
import sys
import tempfile
import time

from elevenlabs import ElevenLabs as SDK

from checks import Checks, holds, same, same_sound
from elevenlabs_service import KEY, VOICES, elevenlabs
from service import binary, clean_environment, service
from tone import tone

checks = Checks("elevenlabs")
LIMIT = 30
GEORGE = next(iter(VOICES))
TEXT = "The kettle is singing, and nobody gets up."
LONG = " ".join(f"Sentence number {n} goes on." for n in range(40))


def kugel(served, *words, text=None, voice=GEORGE, key=KEY, **variables):
    """Exit status, talk and standard output of one run."""
    said = ["-v", voice] if voice else []
    result = subprocess.run(
        [binary(), words[0], "-e", "elevenlabs", "--url", served.address, *said, *words[1:]],
        capture_output=True, timeout=LIMIT, input=(text or "").encode(),
        env=clean_environment() | {"ELEVENLABS_API_KEY": key} | variables)
    holds(not key or key not in result.stderr.decode(), "the key was told")
    return result.returncode, result.stderr.decode(), result.stdout


def raw(*words):
    return [*words, "-o", "-", "--format", "raw"]


def spoken(served, *words, **options):
    code, talk, sound = kugel(served, *words, **options)
    same(code, 0, f"exit status, saying {talk!r},")
    return sound


@checks
def vouched():
    """the official SDK speaks with the stand-in and hears all samples"""
    with elevenlabs() as served:
        client = SDK(api_key=KEY, base_url=served.address)
        client.text_to_speech._ws_base_url = served.address
        heard = b"".join(client.text_to_speech.convert_realtime(
            GEORGE, text=iter(word + " " for word in TEXT.split()), model_id="eleven_flash_v2_5",
            output_format="pcm_24000"))
        same_sound(heard, tone(TEXT))
        same([voice.name for voice in client.voices.get_all().voices], list(VOICES.values()), "voices")


@checks
def say():
    """kugel say: all samples in one call with times, the key in a header only"""
    with elevenlabs() as served:
        code, talk, sound = kugel(served, *raw("say", "--events", "/dev/stderr", TEXT))
        same(code, 0, f"exit status, saying {talk!r},")
        same_sound(sound, tone(TEXT))
        same(served.targets, [f"/v1/text-to-speech/{GEORGE}/stream/with-timestamps?output_format=pcm_24000"],
             "requests")
        same(served.calls, [{"text": TEXT, "model_id": "eleven_flash_v2_5"}], "body")
        same(served.headers[0].get("xi-api-key"), KEY, "header")
        holds("authorization" not in served.headers[0], "the key went out twice")
        words = [json.loads(line) for line in talk.splitlines() if '"ev":"word"' in line]
        same([word["word"] for word in words], TEXT.split(), "words")
        holds(all(word["score"] == 1 for word in words), "a word is estimated")


@checks
def billed():
    """what a call says it is billed for is told with the turn, whichever way it is shown"""
    text = "The first sentence. And now the second one, which is longer."
    with elevenlabs() as served:
        code, talk, told = kugel(
            served, "stream", "-m", "eleven_v3", "--verbose", "--turn", "line", "--events", "-", "-o", "/dev/null",
            "--format", "raw", text=text + "\nMore.\n")
        same(code, 0, f"exit status, saying {talk!r},")
        stated = [event for event in map(json.loads, told.decode().splitlines()) if event["ev"] == "usage"]
        costs = [len(call["text"]) // 2 for call in served.calls]
        same([event["characters"] for event in stated], [sum(costs[:-1]), costs[-1]], "characters")
        holds(all(f"{event['characters']} characters" in talk for event in stated), talk)
        holds(served.connections <= 2, f"{served.connections} connections for {len(costs)} calls")
    with elevenlabs(costless=True) as served:
        code, talk, told = kugel(served, "say", "--events", "-", "-o", "/dev/null", "--format", "raw", text)
        stated = [event for event in map(json.loads, told.decode().splitlines()) if event["ev"] == "usage"]
        same([event["characters"] for event in stated], [None], "characters")


@checks
def untimed():
    """where there is no call with times, or nobody wants them, the one without is taken"""
    with elevenlabs(untimed=True) as served:
        same_sound(spoken(served, *raw("say", TEXT)), tone(TEXT))
        same([t.split("?")[0].split("/", 4)[4] for t in served.targets], ["stream/with-timestamps", "stream"],
             "calls")
    with elevenlabs() as served:
        same_sound(spoken(served, *raw("say", "-x", "word_timestamps=false", TEXT)), tone(TEXT))
        same([t.split("?")[0].split("/", 4)[4] for t in served.targets], ["stream"], "calls")


@checks
def socketless():
    """a model without sockets is spoken in calls, and the word why is plain; also one that is not known so"""
    sentences = [f"Sentence number {n} goes on, and on, and on." for n in range(9)]
    text = " ".join(sentences)
    with elevenlabs() as served:
        code, talk, sound = kugel(served, *raw("stream", "-m", "eleven_v3"), text=text)
        same(code, 0, f"exit status, saying {talk!r},")
        same_sound(sound, tone(text))
        holds("eleven_v3 is not spoken over sockets" in talk, talk)
        same(served.sockets, 0, "sockets")
        holds(1 < len(served.calls) < 9, f"{len(served.calls)} calls")
        holds(all("previous_text" not in call for call in served.calls), "neighbours")
    with elevenlabs(socketless=["eleven_new"]) as served:
        code, talk, sound = kugel(served, *raw("stream", "-m", "eleven_new"), text=text)
        same(code, 0, f"exit status, saying {talk!r},")
        same_sound(sound, tone(text))
        holds("eleven_new is not spoken over sockets" in talk, talk)
        calls = sorted(served.calls, key=lambda call: text.index(call["text"]))
        same([call.get("previous_text") for call in calls],
             [None] + [call["text"] for call in calls[:-1]], "what is before")
        same(served.sockets, 0, "sockets")
    with elevenlabs(socketless=["eleven_new"]) as served, tempfile.TemporaryDirectory() as folder:
        heard = pathlib.Path(folder) / "heard.wav"
        code, talk, told = kugel(
            served, "session", "-o", str(heard),
            text="First.\n/end\n/set model=eleven_v3\nSecond.\n/end\n/set model=eleven_new\nThird.\n")
        same(code, 0, f"exit status, saying {talk!r} and {told!r},")
        same_sound(heard.read_bytes()[44:], tone("First. Second. Third."))
        same((served.sockets, len(served.calls)), (1, 2), "sockets and calls")


@checks
def callless():
    """where there are sockets and no calls, a whole text goes over one, and the word why is plain"""
    for status in (404, 405):
        with elevenlabs(callless=status) as served:
            code, talk, sound = kugel(served, *raw("say", TEXT))
            same(code, 0, f"exit status, saying {talk!r},")
            same_sound(sound, tone(TEXT))
            holds("has no calls for a whole text: it goes over a socket" in talk, talk)
            same([t.split("?")[0].split("/", 4)[4] for t in served.targets],
                 ["stream/with-timestamps", "stream", "multi-stream-input"], "requests")
    with elevenlabs(callless=404) as served:
        code, talk, _ = kugel(served, *raw("say", "-m", "eleven_v3", TEXT))
        same(code, 64, f"exit status, saying {talk!r},")
        same(served.sockets, 0, "sockets")


@checks
def neighbours():
    """what is said before and behind goes along, and only over calls"""
    with elevenlabs() as served:
        same_sound(
            spoken(served, *raw("say", "-x", "previous_text=Before.", "-x", "next_text=Behind.", TEXT)),
            tone(TEXT))
        same((served.calls[0]["previous_text"], served.calls[0]["next_text"]), ("Before.", "Behind."), "texts")


@checks
def credentials():
    """the key as a bearer's token, and as one that is good for one socket"""
    with elevenlabs() as served:
        same_sound(spoken(served, *raw("say", "-x", "credential=bearer", TEXT)), tone(TEXT))
        same(served.headers[0].get("authorization"), f"Bearer {KEY}", "header")
        holds("xi-api-key" not in served.headers[0], "the key went out twice")
    with elevenlabs() as served:
        same_sound(spoken(served, *raw("say", "-x", "credential=token", TEXT)), tone(TEXT))
        holds(f"single_use_token={KEY}" in served.targets[0], served.targets[0])
        holds(KEY not in str(served.headers), "the key went out twice")
        same(len(served.targets), 1, "requests")


@checks
def codecs():
    """mp3 and opus, which kugel serve makes, are decoded as they come, over calls and over sockets"""
    with service() as home:
        where = type("Where", (), {"address": home.address + "/11labs"})
        _, _, plain = kugel(where, *raw("say", TEXT), voice="1")
        holds(plain, "no sound")
        # Coders of files add some at both ends.
        coded = [("mp3_44100_128", 44100, 0.15), ("mp3_22050_32", 22050, 0.15), ("opus_48000_64", 48000, 0.15)]
        plainly = [(f"{name}_{rate}", rate, 0.05) for name, rate in
                   (("pcm", 16000), ("pcm", 48000), ("ulaw", 8000), ("alaw", 8000))]
        for form, rate, allowed in coded + plainly:
            for words, text in ((("say", TEXT), None), (("stream",), TEXT)):
                code, talk, sound = kugel(
                    where, *raw(*words, "-x", f"output_format={form}"), text=text, voice="1")
                same(code, 0, f"exit status, saying {talk!r},")
                seconds, wanted = len(sound) / 2 / rate, len(plain) / 2 / 24000
                holds(abs(seconds - wanted) < allowed, f"{form}: {seconds} s in place of {wanted}")
                holds("calls" not in talk and "request" not in talk, talk)
        for form in ("mp3_44100_128", "mp3_22050_32", "opus_48000_64"):
            process = subprocess.Popen(
                [binary(), "stream", "-e", "elevenlabs", "--url", where.address, "-v", "1",
                 *raw("-x", f"output_format={form}")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env=clean_environment() | {"ELEVENLABS_API_KEY": KEY}, bufsize=0)
            try:
                process.stdin.write(TEXT.encode() + b" ")
                # More than half of it, while the text is still growing.
                begun = b""
                while len(begun) < int(form.split("_")[1]) * len(plain) // 24000 // 2:
                    ready, _, _ = select.select([process.stdout], [], [], LIMIT)
                    holds(ready, f"{form}: {len(begun)} bytes before the end")
                    begun += process.stdout.read(4096)
                process.stdin.close()
                process.stdout.read()
                same(process.wait(LIMIT), 0, f"exit status with {form}")
            finally:
                process.kill()
                process.wait()


@checks
def stream_once():
    """kugel stream: all samples, one context, the key in a header only"""
    with elevenlabs() as served:
        same_sound(spoken(served, *raw("stream", "-VV"), text=TEXT), tone(TEXT))
        same(len(served.targets), 1, "requests")
        path, query = served.targets[0].split("?")
        same(path, f"/v1/text-to-speech/{GEORGE}/multi-stream-input", "path")
        holds("model_id=eleven_flash_v2_5" in query and "output_format=pcm_24000" in query, query)
        same(served.headers[0].get("xi-api-key"), KEY, "header")
        holds("Authorization" not in served.headers[0], "the key went out twice")
        same(served.messages[0][0], {"text": " ", "context_id": "turn-1"}, "opening")
        same([m.get("close_context") for m in served.messages[0]].count(True), 1, "closes")


@checks
def settings():
    """speed, voice settings and the schedule reach the context or the call that they are for"""
    with elevenlabs() as served:
        words = raw("say", "-s", "1.1", "-x", "stability=0.3", "-x", "use_speaker_boost=false", "-m",
                    "eleven_turbo_v2_5", "-l", "de-at", "-x", "seed=7", "-x", "pronunciation_dictionaries=a:b", TEXT)
        same_sound(spoken(served, *words), tone(TEXT, 1, 1.1))
        same(served.calls[0], {
            "text": TEXT, "model_id": "eleven_turbo_v2_5", "language_code": "de", "seed": 7,
            "voice_settings": {"stability": 0.3, "use_speaker_boost": False, "speed": 1.1},
            "pronunciation_dictionary_locators": [
                {"pronunciation_dictionary_id": "a", "version_id": "b"}]}, "body")
    with elevenlabs() as served:
        words = raw("stream", "-s", "1.1", "-x", "stability=0.3", "-x", "use_speaker_boost=false", "-x",
                    "chunk_length_schedule=60,90", "-m", "eleven_turbo_v2_5", "-l", "de-at")
        same_sound(spoken(served, *words, text=TEXT), tone(TEXT, 1, 1.1))
        same(served.messages[0][0]["voice_settings"],
             {"stability": 0.3, "use_speaker_boost": False, "speed": 1.1}, "voice_settings")
        same(served.messages[0][0]["generation_config"], {"chunk_length_schedule": [60, 90]}, "config")
        holds("eleven_turbo_v2_5" in served.targets[0], "the model is missing")
        holds("language_code=de" in served.targets[0], "the language is missing")


@checks
def formats():
    """another format on the wire is decoded"""
    for words, text in ((("say", TEXT), None), (("stream",), TEXT)):
        with elevenlabs() as served:
            sound = spoken(served, *raw(*words, "-x", "output_format=ulaw_8000"), text=text)
            same(set(sound), {0}, "samples")
            holds("output_format=ulaw_8000" in served.targets[0], served.targets[0])


@checks
def stream():
    """kugel stream: a growing text of many pieces, spoken before its end, all samples"""
    with elevenlabs() as served:
        same_sound(spoken(served, *raw("stream"), text=LONG), tone(LONG))
        same({m.get("context_id") for m in served.messages[0]}, {"turn-1"}, "contexts")


@checks
def tokens():
    """tokens go out as sentences, and a finished one is spoken though nothing follows it"""
    with elevenlabs() as served:
        process = subprocess.Popen(
            [binary(), "stream", "-e", "elevenlabs", "--url", served.address, "-v", GEORGE, "-o", "-",
             "--format", "raw"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=clean_environment() | {"ELEVENLABS_API_KEY": KEY})
        try:
            for token in ("One", " mo", "ment", ". ", "Hel"):
                process.stdin.write(token.encode())
                process.stdin.flush()
                time.sleep(0.02)
            first = tone("One moment.")
            same_sound(process.stdout.read(len(first)), first)
            process.stdin.write(b"lo.")
            process.stdin.close()
            same_sound(process.stdout.read(), tone("Hello."))
            same(process.wait(LIMIT), 0, "exit status")
        finally:
            process.kill()
            process.wait()
        texts = [m["text"].strip() for m in served.messages[0] if m.get("text", "").strip()]
        same(texts, ["One moment.", "Hello."], "texts")
        same([m.get("flush") for m in served.messages[0]].count(True), 2, "flushes")


@checks
def auto_mode():
    """with auto mode each message is a sentence, and none is flushed before the end"""
    with elevenlabs() as served:
        same_sound(spoken(served, *raw("stream", "--preset", "fast"), text=LONG), tone(LONG))
        holds("auto_mode=true" in served.targets[0], served.targets[0])
        texts = [m["text"] for m in served.messages[0] if m.get("text", "").strip()]
        holds(all(text.rstrip().endswith(".") for text in texts), texts)


@checks
def single():
    """where there is no socket of several contexts the other one is asked for, once, each turn its own"""
    for status in (403, 404):
        with elevenlabs(single=status) as served:
            heard = spoken(served, *raw("stream", "--turn", "line"), text="One.\nTwo is longer.\nThree.\n")
            same_sound(heard, tone("One. Two is longer. Three."))
            kinds = [target.split("?")[0].rsplit("/", 1)[1] for target in served.targets]
            same(kinds, ["multi-stream-input"] + ["stream-input"] * 3, "sockets")
            holds(all("context_id" not in m for sent in served.messages for m in sent), "a context's name")
            same([sent[-1] for sent in served.messages], [{"text": ""}] * 3, "ends")


@checks
def single_cut():
    """a cut on a socket of one context ends it, and the next turn is heard whole"""
    with elevenlabs(single=404, gap=0.02) as served, tempfile.TemporaryDirectory() as folder:
        heard = pathlib.Path(folder) / "heard.wav"
        code, talk, told = kugel(
            served, "session", "-o", str(heard), text=f"{LONG}\n/wait 300ms\n/cancel\nAnd now this.\n")
        same(code, 0, f"exit status, saying {talk!r} and {told!r},")
        last = tone("And now this.")
        same_sound(heard.read_bytes()[-len(last):], last)


@checks
def cast():
    """kugel multi: each speaker has the voice of its own, over a socket of its own"""
    script = "@voice A = George\n@voice B = Sarah\nA: The first line.\nB: The second one.\nA: And a third.\n"
    with elevenlabs() as served:
        code, talk, sound = kugel(served, *raw("multi", "-"), text=script, voice=None)
        same(code, 0, f"exit status, saying {talk!r},")
        holds(len(sound) >= len(tone("The first line. The second one. And a third.")), len(sound))
        voices = [t.split("/")[3] for t in served.targets if "stream-input" in t]
        same(sorted(voices), sorted(VOICES), "voices")


@checks
def usage():
    """usage that nobody stated is not stated, and what was heard is told by the characters that came"""
    with elevenlabs() as served:
        code, talk, told = kugel(
            served, "stream", "--events", "-", "-o", "/dev/null", "--format", "raw", text=TEXT)
        same(code, 0, f"exit status, saying {talk!r},")
        events = [json.loads(line) for line in told.decode().splitlines()]
        stated = [event for event in events if event["ev"] == "usage"]
        holds(all(event["audio_seconds"] is None for event in stated), stated)
        same([e["word"] for e in events if e["ev"] == "word"], TEXT.split(), "words")


@checks
def turns():
    """turn by turn over one socket, each in a context of its own"""
    lines = ["One.", "Two is longer.", "Three."]
    with elevenlabs() as served:
        heard = spoken(served, *raw("stream", "--turn", "line"), text="\n".join(lines) + "\n")
        same_sound(heard, tone(" ".join(lines)))
        same(served.sockets, 1, "sockets")
        same([m["context_id"] for m in served.messages[0] if m.get("close_context")],
             ["turn-1", "turn-2", "turn-3"], "contexts")


@checks
def markup():
    """spelled letters are sent as words, and a break is our silence, or sent where it was asked for"""
    text = 'Hear <spell>AB</spell> and <break time="200ms"/> go.'
    sent = lambda served: "".join(m.get("text", "") for m in served.messages[0][1:]).strip()
    with elevenlabs() as served:
        heard = spoken(served, *raw("say", text))
        same_sound(heard, tone("Hear A, B and") + bytes(2 * 4800) + tone("go."))
        same([call["text"].strip() for call in served.calls], ["Hear A, B and", "go."], "texts")
    with elevenlabs() as served:
        heard = spoken(served, *raw("stream"), text=text)
        same(" ".join(sent(served).split()), "Hear A, B and go.", "text")
        same_sound(heard, tone("Hear A, B and") + bytes(2 * 4800) + tone("go."))
    with elevenlabs() as served:
        spoken(served, *raw("stream", "-x", "enable_ssml_parsing=true"), text=text)
        same(sent(served), 'Hear A, B and <break time="200ms"/> go.', "text")
        holds("enable_ssml_parsing=true" in served.targets[0], served.targets[0])


@checks
def voices():
    """voices are listed with their ids, found by name, and the first speaks without one"""
    with elevenlabs() as served:
        listed = spoken(served, "voices", voice=None).decode()
        holds(GEORGE in listed and "George" in listed and "en de" in listed, listed)
        named = json.loads(spoken(served, "voices", "--json", voice=None))
        same([voice["id"] for voice in named], list(VOICES), "ids")
        same_sound(spoken(served, *raw("say", TEXT), voice="sar"), tone(TEXT))
        holds(f"/{list(VOICES)[1]}/" in served.targets[-1], served.targets[-1])
        same_sound(spoken(served, *raw("say", TEXT), voice=None), tone(TEXT))
        holds(f"/{GEORGE}/" in served.targets[-1], served.targets[-1])


@checks
def conversation():
    """a session: what is interrupted is not heard on, the next turn is heard whole"""
    with elevenlabs(gap=0.02) as served, tempfile.TemporaryDirectory() as folder:
        heard = pathlib.Path(folder) / "heard.wav"
        process = subprocess.Popen(
            [binary(), "session", "-e", "elevenlabs", "--url", served.address, "-v", GEORGE, "-o",
             str(heard)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
            env=clean_environment() | {"ELEVENLABS_API_KEY": KEY})
        try:
            seen = []

            def wait(text):
                while not seen or text not in seen[-1]:
                    line = process.stdout.readline()
                    holds(line, f"it ended before {text!r}: {seen[-3:]}")
                    seen.append(line)

            process.stdin.write(LONG + "\n")
            wait("turn 1 started")
            process.stdin.write("/cancel\n")
            wait("turn 1 cancelled")
            process.stdin.write("And now this.\n")
            process.stdin.close()
            wait("turn 2 heard")
            same(process.wait(LIMIT), 0, "exit status")
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        last = tone("And now this.")
        same_sound(heard.read_bytes()[-len(last):], last)
        same(served.sockets, 1, "sockets")


@checks
def another_voice():
    """another voice within a session is another socket, and nothing is lost"""
    with elevenlabs() as served, tempfile.TemporaryDirectory() as folder:
        heard = pathlib.Path(folder) / "heard.wav"
        code, talk, told = kugel(
            served, "session", "-o", str(heard), text="First.\n/end\n/set voice=Sarah\nSecond.\n")
        same(code, 0, f"exit status, saying {talk!r} and {told!r},")
        same_sound(heard.read_bytes()[44:], tone("First. Second."))
        sockets = [target for target in served.targets if "stream-input" in target]
        same([target.split("/")[3] for target in sockets], list(VOICES), "voices")


@checks
def resumed():
    """a connection that breaks within the sound goes on where it broke, nothing twice"""
    with elevenlabs(drop=9) as served:
        code, talk, sound = kugel(served, *raw("say", LONG))
        same(code, 0, f"exit status, saying {talk!r},")
        same_sound(sound, tone(LONG))
        same(len(served.calls), 2, "calls")
    with elevenlabs(drop=9) as served:
        code, talk, sound = kugel(served, *raw("stream"), text=LONG)
        same(code, 0, f"exit status, saying {talk!r},")
        same_sound(sound, tone(LONG))
        same(served.sockets, 2, "sockets")


def refused(code, cause, *, words=("say", "Hello."), voice=GEORGE, key=KEY, text=None, **faults):
    with elevenlabs(**faults) as served:
        got, talk, _ = kugel(served, *raw(*words, "--retries", "0"), voice=voice, key=key, text=text)
        same(got, code, f"exit status, saying {talk!r},")
        holds(cause in talk, f"the reason is {talk!r}")
        return served


@checks
def refusals():
    """what the service refuses ends with its own exit code, cause and next step"""
    refused(77, "ELEVENLABS_API_KEY", key="sk_wrong")
    refused(77, "Invalid API key", key="sk_wrong", voice=None)
    unknown = "a" * 20
    growing = {"words": ("stream",), "text": "Hello."}
    refused(64, "that it is an ElevenLabs service", status=(404, "not_found", "Not Found"), **growing)
    refused(76, "bytes of binary data", binary=True, **growing)
    for way in ({}, growing):
        refused(77, "ELEVENLABS_API_KEY", key="sk_wrong", **way)
        refused(64, "kugel voices -e elevenlabs", voice=unknown, **way)
        refused(79, "credit", refuse=("quota_exceeded", "You have no credits left."), **way)
        refused(75, "slow down", status=(429, "rate_limit_exceeded", "Too many requests"), **way)
        refused(64, "unsupported_model", status=(400, "unsupported_model", "Not with this model"), **way)
        refused(69, "went wrong", refuse=("internal", "Something went wrong", 1011), **way)


@checks
def mistakes():
    """what elevenlabs cannot do is told before anything is sent"""
    with elevenlabs() as served:
        for words, cause in (
                (("say", "--region", "mars", "x"), "eu"),
                (("say", "-x", "cfg_scale=2", "x"), "stability"),
                (("say", "--speed", "1.5", "x"), "0.7 to 1.2"),
                (("say", "--project", "1", "x"), "--project")):
            code, talk, _ = kugel(served, *raw(*words))
            same(code, 64, f"exit status, saying {talk!r},")
            holds(cause in talk, talk)
        same(served.targets, [], "requests")
    code, talk, _ = kugel(served, *raw("say", "--retries", "0", "x"), key="")
    same(code, 69, f"exit status, saying {talk!r},")


@checks
def other_keys():
    """a key for KugelAudio never goes to elevenlabs, and its address is not used for it"""
    with elevenlabs() as served:
        code, talk, _ = kugel(served, *raw("say", "x"), key="", KUGELAUDIO_API_KEY="ka_1")
        same(code, 77, f"exit status, saying {talk!r},")
        holds(all("ka_1" not in str(h) for h in served.headers), "the key went out")
        result = subprocess.run(
            [binary(), "say", "-e", "elevenlabs", "-o", "-", "x"], capture_output=True,
            timeout=LIMIT, stdin=subprocess.DEVNULL,
            env=clean_environment() | {"KUGELAUDIO_API_URL": served.address})
        same(result.returncode, 77, f"exit status, saying {result.stderr.decode()!r},")
        holds("ELEVENLABS_API_KEY" in result.stderr.decode(), result.stderr.decode())


@checks
def bench():
    """kugel bench lays both protocols and an engine side by side in one run"""
    with elevenlabs(delay=0.03, gap=0.005) as served, service() as home:
        result = subprocess.run(
            [binary(), "bench", "-e", f"elevenlabs:{GEORGE}@{served.address}", "-e",
             f"kugel:123@{home.address}", "-e", "tone", "-N", "20", "--cold", "2", "--barge-in", "2",
             "--json", "-"], capture_output=True, timeout=LIMIT, stdin=subprocess.DEVNULL,
            env=clean_environment() | {"ELEVENLABS_API_KEY": KEY})
        same(result.returncode, 0, f"exit status, saying {result.stderr.decode()!r},")
        report = json.loads(result.stdout)
        same([case["conditions"]["engine"] for case in report["cases"]],
             ["elevenlabs", "kugel", "tone"], "engines")
        turns = report["cases"][0]["turns"]
        warm = sorted(t["first_byte"] for t in turns if t["phase"] == "warm")
        same(len(warm), 20, "warm turns")
        holds(30 <= warm[10] <= 60, f"first byte is {warm[10]:.1f} ms; 30 were put in")
        cut = [t for t in turns if t["phase"] == "barge-in"]
        holds(len(cut) == 2 and all(t["cancel_acknowledged"] > 1 for t in cut), f"barge-ins: {cut}")
        return f"first byte p50 {warm[10]:.1f} ms; 30 were put in"


if __name__ == "__main__":
    checks.run(limit=LIMIT)
