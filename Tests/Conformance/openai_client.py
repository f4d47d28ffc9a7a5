"""`kugel serve` as the official OpenAI SDK sees it, and kugel's own client with a server of every kind."""

import asyncio
import base64
import json
import pathlib
import subprocess
import tempfile
import time

import openai as sdk

from checks import Checks, holds, raises, raises_async, same, same_sound
from openai_service import KEY, VOICES, openai
from service import binary, clean_environment, service
from tone import tone

checks = Checks("openai")
LIMIT = 30
TEXT = "The kettle is singing, and nobody gets up."
LONG = " ".join(f"Sentence number {n} goes on." for n in range(12))
MODEL = "tts-1"

# ---- kugel serve, with the SDK


def client(served, key="none", **options):
    return sdk.OpenAI(api_key=key, base_url=served.address + "/v1", max_retries=0, timeout=LIMIT, **options)


@checks
def whole():
    """the SDK gets all samples as pcm, of the engine's own voice and of one by OpenAI's name"""
    with service() as served:
        speech = client(served).audio.speech
        sound = speech.create(model=MODEL, voice="1", input=TEXT, response_format="pcm").read()
        same_sound(sound, tone(TEXT))
        named = speech.create(model=MODEL, voice="alloy", input=TEXT, response_format="pcm").read()
        holds(len(named) == len(sound), f"{len(named)} bytes, not {len(sound)}")


@checks
def formats():
    """mp3, opus, flac and wav are made and are what they are called; aac is refused by name"""
    with service() as served:
        speech = client(served).audio.speech
        begin = {"mp3": (b"ID3", b"\xff"), "opus": (b"OggS",), "flac": (b"fLaC",), "wav": (b"RIFF",)}
        for form, words in begin.items():
            answer = speech.create(model=MODEL, voice="1", input=TEXT, response_format=form)
            sound = answer.read()
            holds(sound.startswith(words), f"{form} begins with {sound[:4]!r}")
            holds(answer.response.headers["content-type"].startswith("audio/"), "no audio/ type")
            if form == "wav":
                # Its length is not known while it grows.
                same_sound(sound[44:], tone(TEXT))
        error = raises(sdk.BadRequestError, lambda: speech.create(
            model=MODEL, voice="1", input=TEXT, response_format="aac"))
        same(error.param, "response_format", "param")


@checks
def streamed():
    """a streaming response comes while it is made, and is whole"""
    with service() as served:
        with client(served).audio.speech.with_streaming_response.create(
                model=MODEL, voice="1", input=LONG, response_format="pcm") as answer:
            pieces = list(answer.iter_bytes(4096))
        holds(len(pieces) > 3, f"{len(pieces)} pieces")
        same_sound(b"".join(pieces), tone(LONG))


@checks
def file():
    """a streaming response is written to a file"""
    with service() as served, tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "a.flac"
        with client(served).audio.speech.with_streaming_response.create(
                model=MODEL, voice="1", input=TEXT, response_format="flac") as answer:
            answer.stream_to_file(path)
        holds(path.read_bytes().startswith(b"fLaC"), "no FLAC")


@checks
def raw():
    """the raw response has status, headers and a request id"""
    with service() as served:
        answer = client(served).audio.speech.with_raw_response.create(
            model=MODEL, voice="1", input=TEXT, response_format="pcm")
        same(answer.status_code, 200, "status")
        holds(answer.headers.get("x-request-id"), "no request id")
        same_sound(answer.parse().read(), tone(TEXT))


@checks
async def awaited():
    """the async client, whole and streaming, several at once"""
    with service() as served:
        async with sdk.AsyncOpenAI(api_key="none", base_url=served.address + "/v1", max_retries=0) as speaker:
            texts = [f"Text number {n} is this." for n in range(4)]
            answers = await asyncio.gather(*[
                speaker.audio.speech.create(model=MODEL, voice="1", input=text, response_format="pcm")
                for text in texts])
            for text, answer in zip(texts, answers):
                same_sound(await answer.aread(), tone(text))
            async with speaker.audio.speech.with_streaming_response.create(
                    model=MODEL, voice="1", input=TEXT, response_format="pcm") as answer:
                same_sound(b"".join([piece async for piece in answer.iter_bytes()]), tone(TEXT))
            error = await raises_async(sdk.NotFoundError, speaker.audio.speech.create(
                model="gpt-9", voice="1", input=TEXT))
            same(error.code, "model_not_found", "code")


@checks
def events():
    """stream_format sse: deltas, then done with a usage"""
    with service() as served:
        with client(served).audio.speech.with_streaming_response.create(
                model=MODEL, voice="1", input=LONG, response_format="pcm", stream_format="sse") as answer:
            holds(answer.headers["content-type"].startswith("text/event-stream"), "no events")
            found = [json.loads(line[6:]) for line in answer.iter_lines() if line.startswith("data: ")]
        same(found[-1]["type"], "speech.audio.done", "last event")
        same(found[-1]["usage"]["input_tokens"], len(LONG), "input_tokens")
        same({each["type"] for each in found[:-1]}, {"speech.audio.delta"}, "types")
        same_sound(b"".join(base64.b64decode(each["audio"]) for each in found[:-1]), tone(LONG))


@checks
def pace():
    """speed is obeyed"""
    with service() as served:
        sound = client(served).audio.speech.create(
            model=MODEL, voice="1", input=TEXT, response_format="pcm", speed=2.0).read()
        same_sound(sound, tone(TEXT, 1, 2.0))


@checks
def errors():
    """each mistake is the SDK's exception for it, with type, param and code"""
    with service() as served:
        speech = client(served).audio.speech
        cases = [
            (sdk.BadRequestError, dict(input="x" * 4097), "input", "string_too_long"),
            (sdk.BadRequestError, dict(input=""), "input", "string_too_short"),
            (sdk.BadRequestError, dict(response_format="ogg"), "response_format", "invalid_value"),
            (sdk.BadRequestError, dict(speed=9), "speed", "invalid_value"),
            (sdk.BadRequestError, dict(input=3), "input", None),
            (sdk.NotFoundError, dict(model="gpt-9"), None, "model_not_found"),
            (sdk.NotFoundError, dict(voice="nobody at all"), None, "not_found"),
        ]
        for kind, change, param, code in cases:
            error = raises(kind, lambda: speech.create(**{"model": MODEL, "voice": "1", "input": TEXT} | change))
            same((error.param, error.code), (param, code), f"param and code of {change}")
            same(error.type, "invalid_request_error", "type")
            holds(error.message and error.body["message"], "no message")
        speech.create(model=MODEL, voice="1", input="x" * 4096, response_format="pcm")
    with service("--openai-limit", "5000") as served:
        client(served).audio.speech.create(model=MODEL, voice="1", input="x " * 2400, response_format="pcm")


@checks
def keys():
    """a wrong key is an AuthenticationError, the right one is taken as Bearer"""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "keys"
        file.write_text("sk-right\n")
        file.chmod(0o600)
        with service("--api-key-file", str(file)) as served:
            error = raises(sdk.AuthenticationError, lambda: client(served, "sk-wrong").audio.speech.create(
                model=MODEL, voice="1", input=TEXT))
            same(error.code, "invalid_api_key", "code")
            client(served, "sk-right").audio.speech.create(model=MODEL, voice="1", input=TEXT)


@checks
def lists():
    """models are listed for the SDK and, at the same path, for KugelAudio's; voices by name"""
    with service() as served:
        models = [model.id for model in client(served).models.list()]
        holds("tts-1" in models and "gpt-4o-mini-tts" in models, f"models are {models}")
        page = client(served).get("/models", cast_to=object)
        holds(page["models"][0]["id"].startswith("kugel"), "no KugelAudio models")
        voices = [voice["id"] for voice in client(served).get("/audio/voices", cast_to=object)["voices"]]
        holds("alloy" in voices and "verse" in voices, f"voices are {voices}")


# ---- kugel's own client


def kugel(served, *words, text=None, voice="af_bella", key=None, url=None, **variables):
    """Exit status, talk and standard output of one run."""
    said = ["-v", voice] if voice else []
    given = {"OPENAI_API_KEY": key} if key else {}
    clean = {n: v for n, v in clean_environment().items() if not n.startswith("OPENAI")}
    result = subprocess.run(
        [binary(), words[0], "-e", "openai", "--url", url or served.address, *said, *words[1:]],
        capture_output=True, timeout=LIMIT, input=(text or "").encode(), env=clean | given | variables)
    holds(not key or key not in result.stderr.decode(), "the key was told")
    return result.returncode, result.stderr.decode(), result.stdout


def as_raw(*words):
    return [*words, "-o", "-", "--format", "raw"]


def spoken(served, *words, **options):
    code, talk, sound = kugel(served, *words, **options)
    same(code, 0, f"exit status, saying {talk!r},")
    return sound


@checks
def vouched():
    """the official SDK speaks with the stand-in and hears all samples"""
    with openai(key=True) as served:
        speaker = sdk.OpenAI(api_key=KEY, base_url=served.address + "/v1", max_retries=0)
        sound = speaker.audio.speech.create(
            model=MODEL, voice="af_bella", input=TEXT, response_format="pcm").read()
        same_sound(sound, tone(TEXT))
        raises(sdk.NotFoundError, lambda: speaker.audio.speech.create(
            model=MODEL, voice="x", input=TEXT, response_format="pcm"))
        same([model.id for model in speaker.models.list()], ["kokoro", "tts-1"], "models")


@checks
def say():
    """kugel say: all samples; a request for each sentence, two at once, in order; the key in a header only"""
    with openai(key=True) as served:
        same_sound(spoken(served, *as_raw("say", LONG), key=KEY), tone(LONG))
        same(sorted(served.inputs, key=LONG.index), [f"Sentence number {n} goes on." for n in range(12)], "inputs")
        holds(served.most_under_way <= 2, f"{served.most_under_way} under way")
        same({body["model"] for body in served.bodies}, {"tts-1"}, "models")
        same({headers.get("authorization") for headers in served.headers}, {f"Bearer {KEY}"}, "headers")
    with openai(delay=0.3) as served:
        spoken(served, *as_raw("say", LONG))
        same(served.most_under_way, 2, "under way")


@checks
def addresses():
    """the base is taken with /v1 and without"""
    for end in ("", "/", "/v1", "/v1/"):
        with openai() as served:
            same_sound(spoken(served, *as_raw("say", TEXT), url=served.address + end), tone(TEXT))
            same(served.paths[-1], "/v1/audio/speech", f"path for {end!r}")


KINDS = {
    "in one piece, with a length": dict(whole=True),
    "wav alone, refused with 400": dict(formats=("wav",)),
    "wav alone, refused with 422 as FastAPI does": dict(formats=("wav",), refusal=422, detail=True),
    "a WAVE header with length 0": dict(formats=("wav",), length=0),
    "a WAVE header with length 0xFFFFFFFF": dict(formats=("wav",), length=0xFFFFFFFF),
    "a WAVE file called samples": dict(formats=("wav",), type="audio/pcm"),
    "a WAVE file called MPEG": dict(formats=("wav",), type="audio/mpeg"),
    "samples without a type": dict(type="application/octet-stream"),
    "events that nobody asked for": dict(events=True),
    "events with a WAVE file in them": dict(events=True, formats=("wav",)),
    "429 with Retry-After, then sound": dict(status=[429]),
    "503 twice, then sound": dict(status=[503, 503]),
    "an answer that breaks off": dict(drop=1),
    "an odd byte at the end of each answer": dict(odd=1, type="audio/pcm"),
    "connections that are closed behind each answer": dict(hangs_up="told"),
    "connections that are closed without a word": dict(hangs_up="untold"),
}


def add(name, faults):
    def check():
        with openai(**faults) as served:
            same_sound(spoken(served, *as_raw("say", LONG)), tone(LONG))
    check.__doc__ = f"kugel say, with {name}"
    check.__name__ = "kind"
    checks(check)


for each in KINDS.items():
    add(*each)


@checks
def kept():
    """requests go over two connections that stay open, beside the one for the list of voices"""
    with openai(delay=0.02) as served:
        same_sound(spoken(served, *as_raw("say", LONG)), tone(LONG))
        same(len(served.connections), 3, "connections")
    with openai() as served:
        heard = spoken(served, *as_raw("stream", "--turn", "line"), text="\n".join(f"Turn {n}." for n in range(20)) + "\n")
        same_sound(heard, tone(" ".join(f"Turn {n}." for n in range(20))))
        holds(len(served.connections) <= 3, f"{len(served.connections)} connections")


@checks
def asked_events():
    """-x stream_format=sse asks for events"""
    with openai() as served:
        same_sound(spoken(served, *as_raw("say", "-x", "stream_format=sse", TEXT)), tone(TEXT))
        same(served.bodies[0]["stream_format"], "sse", "stream_format")


@checks
def rates():
    """a rate that the type names, and one that the user knows"""
    half = len(tone(TEXT)) * 3 // 2
    for faults, words in ((dict(type="audio/pcm;rate=16000"), []),
                          (dict(formats=("wav",), rate=16000), [])):
        with openai(**faults) as served:
            sound = spoken(served, *as_raw("say", *words, TEXT))
            holds(abs(len(sound) - half) <= 4, f"{len(sound)} bytes, not {half}")
    with openai() as served:
        code, talk, sound = kugel(served, "say", "-x", "sample_rate=16000", "-o", "-", TEXT)
        same(code, 0, f"exit status, saying {talk!r},")
        same(int.from_bytes(sound[24:28], "little"), 16000, "rate of the file")
        same_sound(sound[44:], tone(TEXT))


def made(form):
    """A file of the format, of TEXT three times."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"a.{form}"
        subprocess.run([binary(), "say", "-e", "tone", "-q", "-o", str(path), "--sample-rate", "24000",
                        " ".join([TEXT] * 3)], check=True, timeout=LIMIT, env=clean_environment())
        return path.read_bytes()


@checks
def compressed():
    """files that nobody asked for are read: FLAC, MP3 and Opus"""
    for form, words in (("flac", "audio/pcm"), ("mp3", "audio/mpeg"), ("opus", "audio/ogg")):
        with openai(file=made(form), type=words) as served:
            sound, expected = spoken(served, *as_raw("say", TEXT)), tone(" ".join([TEXT] * 3))
            holds(abs(len(sound) - len(expected)) < 9600, f"{form}: {len(sound)} bytes, not {len(expected)}")
            if form == "flac":
                same_sound(sound, expected)


@checks
def no_sound():
    """what is no sound breaks the protocol (76), is named, and none of it is heard"""
    page = b"<!DOCTYPE html><html><body>Welcome to the portal</body></html>"
    cases = [(page, "text/html"), (page, "application/octet-stream"), (b'{"error": {"message": "no"}}', "application/json"),
             (b"fLaC" + bytes(200), "audio/flac"), (b"RIFF\0\0\0\0WAVEfmt " + b"\xff" * 40, "audio/wav"), (b"<p>", "text/html")]
    for body, words in cases:
        with openai(file=body, type=words) as served:
            code, talk, sound = kugel(served, *as_raw("say", TEXT))
            same((code, sound), (76, b""), f"exit status and sound of {words}, saying {talk!r},")


@checks
def dead():
    """no server, one that always breaks off, and one that never has time: exit codes and words"""
    with openai() as served:
        address = served.address
    code, talk, _ = kugel(served, *as_raw("say", "--retries", "1", TEXT), url=address)
    same(code, 69, f"exit status, saying {talk!r},")
    for faults, expected in ((dict(drop="all"), 75), (dict(status=[429] * 50), 75), (dict(status=[503] * 50), 69)):
        with openai(**faults) as served:
            code, talk, sound = kugel(served, *as_raw("say", "--retries", "1", TEXT))
            same(code, expected, f"exit status with {faults}, saying {talk!r},")
            holds(len(served.bodies) <= 3, f"{len(served.bodies)} requests")


@checks
def own_voices():
    """a voice of one's own goes as an object, other bases than /v1 and lists with uploaded voices are read"""
    with openai(base="/api/v1/openai") as served:
        url = served.address + "/api/v1/openai"
        same_sound(spoken(served, *as_raw("say", TEXT), url=url), tone(TEXT))
        holds(b"af_bella" in spoken(served, "voices", voice=None, url=url), "no voices")
    with openai(voices="uploaded") as served:
        holds(b"mine" in spoken(served, "voices", voice=None), "the uploaded voice is missing")
    with openai() as served:
        kugel(served, *as_raw("say", TEXT), voice="voice_1234")
        same(served.bodies[0]["voice"], {"id": "voice_1234"}, "voice")


@checks
def members():
    """model, voice, speed, instructions and what only the server knows reach the request"""
    with openai() as served:
        words = ["-m", "kokoro", "-s", "1.5", "-x", "instructions=softly", "-x", "body.lang_code=a", "-x",
                 'body.normalization_options={"normalize":false}']
        same_sound(spoken(served, *as_raw("say", *words, TEXT), voice="af_bella(2)+bm_george(1)"), tone(TEXT, 1, 1.5))
        same(served.bodies[0], {
            "model": "kokoro", "input": TEXT, "voice": "af_bella(2)+bm_george(1)", "response_format": "pcm", "speed": 1.5,
            "instructions": "softly", "lang_code": "a", "normalization_options": {"normalize": False}}, "body")


@checks
def bundles():
    """the schedule bundles sentences"""
    with openai() as served:
        same_sound(spoken(served, *as_raw("say", "-x", "chunk_length_schedule=30,120", LONG)), tone(LONG))
        lengths = [len(text) for text in sorted(served.inputs, key=LONG.index)]
        holds(lengths[0] < 60 and all(length >= 120 for length in lengths[1:-1]), f"lengths are {lengths}")


@checks
def stream():
    """kugel stream: sentences are asked for as they come, turns in order"""
    lines = ["One is this.", "Two is longer. It goes on.", "Three."]
    with openai() as served:
        same_sound(spoken(served, *as_raw("stream"), text=LONG), tone(LONG))
    with openai() as served:
        heard = spoken(served, *as_raw("stream", "--turn", "line"), text="\n".join(lines) + "\n")
        same_sound(heard, tone(" ".join(lines)))


@checks
def early():
    """a finished sentence is asked for while the writer is still writing"""
    with openai() as served:
        process = subprocess.Popen(
            [binary(), "stream", "-e", "openai", "--url", served.address, "-v", "af_bella", *as_raw()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environment(), bufsize=0)
        try:
            process.stdin.write(b"One moment. ")
            process.stdin.flush()
            first = process.stdout.read(100)
            same_sound(first, tone("One")[:len(first)])
            sound, _ = process.communicate(b"Here it is.", timeout=LIMIT)
            same_sound(first + sound, tone("One moment. Here it is."))
        finally:
            process.kill()
            process.wait()


@checks
def barge_in():
    """kugel session: a cancel closes the request, and the next turn is heard whole"""
    with openai(slow=0.05) as served, tempfile.TemporaryDirectory() as folder:
        heard = pathlib.Path(folder) / "heard.wav"
        process = subprocess.Popen(
            [binary(), "session", "-e", "openai", "--url", served.address, "-v", "af_bella", "-o", str(heard)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=clean_environment())
        try:
            seen = []

            def wait(text):
                while not seen or text not in seen[-1]:
                    line = process.stdout.readline()
                    holds(line, f"it ended before {text!r}: {seen[-3:]}")
                    seen.append(line)

            process.stdin.write(LONG + "\n")
            # A request is under way then.
            wait("turn 1 first-sound")
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
        same(served.inputs[-1], "And now this.", "last input")
        holds(len(served.inputs) < 8, f"{len(served.inputs)} requests")
        # The server notices when it writes the next time.
        limit = time.monotonic() + 5
        while not served.broken and time.monotonic() < limit:
            time.sleep(0.02)
        holds(served.broken > 0, "no request was closed")


@checks
def script():
    """kugel multi: several speakers are several requests, each with its voice"""
    lines = "ann: One is this.\nbob: Two is that.\nann: Three.\n"
    with openai() as served:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "play.txt"
            path.write_text("@voice ann = af_bella\n@voice bob = bm_george\n" + lines)
            code, talk, sound = kugel(served, "multi", "-q", *as_raw(str(path)), voice=None)
            same(code, 0, f"exit status, saying {talk!r},")
        said = {body["input"]: body["voice"] for body in served.bodies}
        same(said, {"One is this.": "af_bella", "Two is that.": "bm_george", "Three.": "af_bella"}, "who says what")
        holds(tone("Two is that.", 2) in sound, "bob is not heard")


@checks
def bench():
    """kugel bench measures it"""
    with openai() as served:
        code, talk, printed = kugel(served, "bench", "-N", "2", "--warmup", "0", "--cold", "1", "--json", "-")
        same(code, 0, f"exit status, saying {talk!r},")
        same(json.loads(printed)["cases"][0]["conditions"]["engine"], "openai", "engine")


@checks
def listed():
    """voices in both forms, none at all, and models"""
    for form in ("names", "objects"):
        with openai(voices=form) as served:
            page = spoken(served, "voices", "--json", voice=None)
            same([voice["id"] for voice in json.loads(page)], list(VOICES), "voices")
    with openai(voices="none") as served:
        page = spoken(served, "voices", "--json", voice=None)
        holds("alloy" in [voice["id"] for voice in json.loads(page)], "no usual voices")
        spoken(served, *as_raw("say", TEXT), voice=None)
        same(served.bodies[0]["voice"], "alloy", "voice")
    with openai() as served:
        same(spoken(served, "say", "-m", "?", voice=None), b"kokoro\ntts-1\n", "models")
        spoken(served, *as_raw("say", TEXT), voice="bm")
        same(served.bodies[0]["voice"], "bm_george", "a start of a name")


@checks
def trouble():
    """a wrong key is 77, a voice that is not there 64 or more, with the server's words; other keys stay here"""
    with openai(key=True) as served:
        code, talk, _ = kugel(served, *as_raw("say", TEXT), key="sk-wrong")
        same(code, 77, f"exit status, saying {talk!r},")
        holds("OPENAI_API_KEY" in talk, talk)
        code, talk, _ = kugel(served, *as_raw("say", TEXT), KUGELAUDIO_API_KEY="ka_1", ELEVENLABS_API_KEY="xi_1")
        same(code, 77, f"exit status, saying {talk!r},")
        seen = json.dumps(served.headers)
        holds("ka_1" not in seen and "xi_1" not in seen, "another service's key went out")
    with openai() as served:
        code, talk, _ = kugel(served, *as_raw("say", TEXT), voice="nobody")
        holds(code > 0 and "no such voice" in talk, f"{code}: {talk}")


@checks
def profile():
    """a section of the configuration makes it one word"""
    with openai() as served, tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "config"
        path.write_text(f"[kokoro]\nengine = openai\nurl = {served.address}\nvoice = bm_george\n")
        result = subprocess.run(
            [binary(), "say", "--profile", "kokoro", *as_raw(TEXT)], capture_output=True, timeout=LIMIT,
            env=clean_environment() | {"KUGEL_CONFIG": str(path)})
        same(result.returncode, 0, f"exit status, saying {result.stderr!r},")
        same_sound(result.stdout, tone(TEXT, 2))


@checks
def both():
    """kugel say speaks with kugel serve over this protocol, samples for samples"""
    with service() as served:
        same_sound(spoken(served, *as_raw("say", LONG), voice="1"), tone(LONG))
        same_sound(spoken(served, *as_raw("say", "-x", "body.response_format=flac", LONG), voice="1"), tone(LONG))
        same_sound(spoken(served, *as_raw("say", "-x", "stream_format=sse", LONG), voice="1"), tone(LONG))
        for form in ("mp3", "opus"):
            sound = spoken(served, *as_raw("say", "-x", f"body.response_format={form}", TEXT), voice="1")
            holds(abs(len(sound) - len(tone(TEXT))) < 9600, f"{form}: {len(sound)} bytes")


if __name__ == "__main__":
    checks.run(limit=LIMIT)
