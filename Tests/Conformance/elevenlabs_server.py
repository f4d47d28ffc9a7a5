"""The official ElevenLabs SDK, and sockets by hand, against `kugel serve`."""

import asyncio
import base64
import json

from elevenlabs import AsyncElevenLabs as AsyncSDK
from elevenlabs import ElevenLabs as SDK
from elevenlabs.core.api_error import ApiError
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from checks import Checks, holds, same, same_sound
from tone import tone

checks = Checks("elevenlabs server")
VOICE = "1"
MODEL = "eleven_flash_v2_5"
TEXT = "The kettle is singing, and nobody gets up. But then it stops."


class Client:
    def __init__(self, address, key):
        self.address, self.key = address, key

    def sdk(self, base="", **options):
        client = SDK(api_key=self.key, base_url=self.address + base, **options)
        # The scheme is always wss there: what is not TLS needs this (notes, section 11.3).
        client.text_to_speech._ws_base_url = self.address + base
        return client

    def socket(self, kind="stream-input", voice=VOICE, base="", key=True, **query):
        query = {"model_id": MODEL, "output_format": "pcm_24000"} | query
        words = "&".join(f"{name}={value}" for name, value in query.items())
        headers = {"xi-api-key": self.key if key is True else key} if key else {}
        return connect(
            f"ws{self.address[4:]}{base}/v1/text-to-speech/{voice}/{kind}?{words}",
            additional_headers=headers, max_size=1 << 20)


async def heard(socket, *messages):
    """All that is answered, up to the close, and the close."""
    frames = []
    try:
        for message in messages:
            await socket.send(json.dumps(message) if isinstance(message, dict) else message)
        async for message in socket:
            frames.append(json.loads(message))
    except ConnectionClosed:
        pass
    return frames, socket.close_code, socket.close_reason


def sound(frames, context=None):
    return b"".join(
        base64.b64decode(frame["audio"]) for frame in frames
        if frame.get("audio") and frame.get("contextId") == context)


def finals(frames):
    return [frame.get("contextId") for frame in frames if frame.get("isFinal") is True]


@checks
def realtime(client):
    """convert_realtime gives all samples, at the root and under /11labs"""
    for base in ("", "/11labs"):
        audio = b"".join(client.sdk(base).text_to_speech.convert_realtime(
            VOICE, text=iter(word + " " for word in TEXT.split()), model_id=MODEL,
            output_format="pcm_24000"))
        same_sound(audio, tone(TEXT))


@checks
def tokens(client):
    """convert_realtime of tokens that cut words gives what its chunker makes of them"""
    pieces = ["Hel", "lo", " wor", "ld", ".", " It is", " late", "."]
    audio = b"".join(client.sdk().text_to_speech.convert_realtime(
        VOICE, text=iter(pieces), model_id=MODEL, output_format="pcm_24000"))
    same_sound(audio, tone("Hello world. It is late."))


@checks
def rates(client):
    """convert_realtime in other formats gives as much sound as there is"""
    seconds = len(tone(TEXT)) / 48_000
    for name, width, rate in (("pcm_16000", 2, 16_000), ("ulaw_8000", 1, 8000), ("alaw_8000", 1, 8000)):
        audio = b"".join(client.sdk().text_to_speech.convert_realtime(
            VOICE, text=iter([TEXT + " "]), model_id=MODEL, output_format=name))
        holds(abs(len(audio) / width / rate - seconds) < 0.02, f"{name}: {len(audio)} bytes")


@checks
def nothing(client):
    """convert_realtime without a text ends at once"""
    same(b"".join(client.sdk().text_to_speech.convert_realtime(
        VOICE, text=iter([]), model_id=MODEL, output_format="pcm_24000")), b"", "sound")


@checks
def refused(client):
    """convert_realtime raises what the live service makes it raise"""
    def error(voice=VOICE, sdk=None, **options):
        try:
            list((sdk or client.sdk()).text_to_speech.convert_realtime(
                voice, text=iter(["Hello there. "]), output_format="pcm_24000",
                **{"model_id": MODEL} | options))
        except ApiError as raised:
            return raised.status_code, raised.body
        raise AssertionError("nothing was raised")

    status, body = error("nobody")
    same(status, 1008, "status")
    holds("A voice with voice_id nobody does not exist." in str(body), body)
    wrong = SDK(api_key="wrong", base_url=client.address)
    wrong.text_to_speech._ws_base_url = client.address
    status, body = error(sdk=wrong)
    same(status, 1008, "status")
    holds("Invalid API key" in str(body), body)


@checks
async def frames(client):
    """frames have the four keys, the first of a chunk its characters, the last is final and without sound"""
    async with client.socket() as socket:
        got, code, reason = await heard(
            socket, {"text": " ", "voice_settings": None}, {"text": "One moment. ", "flush": True},
            {"text": "And two. "}, {"text": ""})
    same((code, reason), (1000, ""), "close")
    holds(all({"audio", "isFinal", "alignment", "normalizedAlignment"} <= set(frame) for frame in got),
          got[0].keys())
    same(got[-1], {"audio": None, "isFinal": True, "normalizedAlignment": None, "alignment": None}, "last")
    holds(all(frame["isFinal"] is None for frame in got[:-1]), "isFinal of a frame with sound")
    same_sound(sound(got), tone("One moment. And two."))
    said = [frame["alignment"] for frame in got if frame["alignment"]]
    same(["".join(times["chars"]) for times in said], ["One moment. ", "And two. "], "characters")
    for times in said:
        same(len(times["chars"]), len(times["charStartTimesMs"]), "starts")
        same(len(times["chars"]), len(times["charDurationsMs"]), "durations")
        holds(times["charStartTimesMs"] == sorted(times["charStartTimesMs"]), times)
    holds(got[0]["alignment"], "the first frame has no characters")


@checks
async def schedule(client):
    """what is short of the schedule waits for a flush or the end, what fills it does not"""
    async with client.socket() as socket:
        await socket.send(json.dumps({"text": " "}))
        await socket.send(json.dumps({"text": "Too short. "}))
        try:
            await asyncio.wait_for(socket.recv(), 0.5)
            raise AssertionError("it was spoken")
        except TimeoutError:
            pass
        await socket.send(json.dumps({"text": "word " * 30}))
        holds(json.loads(await asyncio.wait_for(socket.recv(), 5))["audio"], "it was not spoken")
        await heard(socket, {"text": ""})


@checks
async def key_in_message(client):
    """a key in the first message is as good as one in a header; without any it is refused by its name"""
    for name in ("xi_api_key", "xi-api-key"):
        async with client.socket(key=None) as socket:
            got, code, _ = await heard(socket, {"text": " ", name: client.key}, {"text": ""})
            same((code, finals(got)), (1000, [None]), "end")
    async with client.socket(key=None) as socket:
        got, code, reason = await heard(socket, {"text": " "})
        same((code, got[0]["error"], got[0]["code"]), (1008, "authentication_required", 1008), "error")
        holds(reason.startswith("None of the authentication methods"), reason)
    async with client.socket(key="wrong") as socket:
        got, code, reason = await heard(socket)
        same((code, got[0]["error"], reason), (1008, "invalid_api_key", "Invalid API key"), "error")


@checks
async def inactivity(client):
    """silence for longer than was asked for ends the connection, by its name"""
    async with client.socket(inactivity_timeout=1) as socket:
        got, code, _ = await heard(socket, {"text": " "})
        same((code, got[0]["error"]), (1008, "input_timeout_exceeded"), "error")


@checks
async def multi(client):
    """contexts are spoken side by side, each to its end; a sixth is refused"""
    async with client.socket("multi-stream-input") as socket:
        got, code, _ = await heard(
            socket, {"text": " ", "context_id": "a"}, {"text": TEXT + " ", "context_id": "a"},
            {"text": "Another voice. ", "context_id": "b", "flush": True},
            {"text": "", "context_id": "b"}, {"context_id": "a", "close_context": True},
            {"context_id": "b", "close_context": True}, {"close_socket": True})
    same(code, 1000, "close")
    same_sound(sound(got, "a"), tone(TEXT))
    same_sound(sound(got, "b"), tone("Another voice."))
    same(sorted(finals(got)), ["a", "b"], "finals")
    async with client.socket("multi-stream-input") as socket:
        got, code, reason = await heard(
            socket, *({"text": " ", "context_id": str(n)} for n in range(6)))
        same((code, got[-1]["error"]), (1008, "max_active_conversations"), "error")


@checks
async def unreadable(client):
    """what is no message ends the connection, by its name"""
    for message in ("nonsense", "[1]", json.dumps({"text": 7})):
        async with client.socket() as socket:
            got, code, _ = await heard(socket, message)
            same((code, got[0]["error"]), (1008, "invalid_input_message"), "error")


FORMATS = {
    "mp3_44100_128": b"ID3", "mp3_22050_32": b"", "opus_48000_64": b"OggS", "wav_24000": b"RIFF",
    "pcm_8000": b"", "pcm_16000": b"", "pcm_22050": b"", "pcm_32000": b"", "pcm_44100": b"", "pcm_48000": b"",
    "ulaw_8000": b"", "alaw_8000": b"",
}


@checks
def convert(client):
    """convert gives the sound in every format, and all samples where they are asked for"""
    speech = client.sdk().text_to_speech
    same_sound(b"".join(speech.convert(VOICE, text=TEXT, model_id=MODEL, output_format="pcm_24000")), tone(TEXT))
    seconds = len(tone(TEXT)) / 48_000
    for name, beginning in FORMATS.items():
        audio = b"".join(speech.convert(VOICE, text=TEXT, model_id=MODEL, output_format=name))
        holds(len(audio) > 1000, f"{name}: {len(audio)} bytes")
        holds(audio.startswith(beginning) or name.startswith("mp3"), f"{name}: {audio[:8]}")
        if name.startswith("pcm"):
            holds(abs(len(audio) / 2 / int(name[4:]) - seconds) < 0.02, f"{name}: {len(audio)} bytes")
    holds(len(b"".join(speech.convert(VOICE, text=TEXT))) > 1000, "the default format")


@checks
def streamed(client):
    """stream gives all samples, also under /11labs; a WAVE file cannot be streamed"""
    for base in ("", "/11labs"):
        speech = client.sdk(base).text_to_speech
        same_sound(b"".join(speech.stream(VOICE, text=TEXT, model_id=MODEL, output_format="pcm_24000")), tone(TEXT))
    try:
        b"".join(client.sdk().text_to_speech.stream(VOICE, text=TEXT, output_format="wav_24000"))
        raise AssertionError("nothing was raised")
    except ApiError as raised:
        same((raised.status_code, raised.body["detail"]["param"]), (400, "output_format"), "error")


@checks
def timestamps(client):
    """both timestamp calls give all samples and each character with its times"""
    speech = client.sdk().text_to_speech
    whole = speech.convert_with_timestamps(VOICE, text=TEXT, model_id=MODEL, output_format="pcm_24000")
    same_sound(base64.b64decode(whole.audio_base_64), tone(TEXT))
    same("".join(whole.alignment.characters).split(), TEXT.split(), "characters")
    ends = whole.alignment.character_end_times_seconds
    holds(ends == sorted(ends) and abs(ends[-1] - len(tone(TEXT)) / 48_000) < 0.1, ends[-3:])
    pieces = list(speech.stream_with_timestamps(VOICE, text=TEXT, model_id=MODEL, output_format="pcm_24000"))
    same_sound(b"".join(base64.b64decode(piece.audio_base_64) for piece in pieces), tone(TEXT))
    said = [c for piece in pieces if piece.alignment for c in piece.alignment.characters]
    same("".join(said).split(), TEXT.split(), "characters")
    starts = [t for piece in pieces if piece.alignment for t in piece.alignment.character_start_times_seconds]
    holds(starts == sorted(starts), "times go back")


@checks
def lists(client):
    """voices, their search page after page, one voice, and the models"""
    sdk = client.sdk()
    listed = sdk.voices.get_all().voices
    holds(all(voice.voice_id and voice.name and voice.category for voice in listed), listed)
    found, token = [], None
    while True:
        page = sdk.voices.search(page_size=1, **({"next_page_token": token} if token else {}))
        found += page.voices
        if not page.has_more or len(found) > 3:
            break
        token = page.next_page_token
    same([v.voice_id for v in found], [v.voice_id for v in listed][:len(found)], "pages")
    same(sdk.voices.get(listed[0].voice_id).name, listed[0].name, "name")
    holds(MODEL in [model.model_id for model in sdk.models.list()], "models")


@checks
def http_errors(client):
    """HTTP errors are those of the live service, and headers tell what it cost"""
    def error(sdk=None, voice=VOICE, **options):
        try:
            b"".join((sdk or client.sdk()).text_to_speech.convert(voice, **({"text": "Hi."} | options)))
        except ApiError as raised:
            return raised.status_code, raised.body["detail"]
        raise AssertionError("nothing was raised")

    status, detail = error(voice="nobody")
    same((status, detail["code"]), (404, "voice_not_found"), "error")
    status, detail = error(SDK(api_key="wrong", base_url=client.address))
    same((status, detail["status"]), (401, "invalid_api_key"), "error")
    with client.sdk().text_to_speech.with_raw_response.convert(VOICE, text="Hello.") as response:
        holds(response.headers.get("request-id"), response.headers)
        same(response.headers.get("character-cost"), "6", "character-cost")


@checks
async def asynchronous(client):
    """the async client hears all samples"""
    sdk = AsyncSDK(api_key=client.key, base_url=client.address)
    audio = b"".join([piece async for piece in sdk.text_to_speech.stream(
        VOICE, text=TEXT, model_id=MODEL, output_format="pcm_24000")])
    same_sound(audio, tone(TEXT))
    holds((await sdk.voices.get_all()).voices, "voices")


@checks
def compressed(client):
    """convert_realtime in mp3, its default, and opus gives a file"""
    for name in ("mp3_44100_128", "opus_48000_64"):
        audio = b"".join(client.sdk().text_to_speech.convert_realtime(
            VOICE, text=iter([TEXT + " "]), model_id=MODEL, output_format=name))
        holds(len(audio) > 1000, f"{name}: {len(audio)} bytes")


if __name__ == "__main__":
    import sys

    checks.run(Client(*sys.argv[1:3]), limit=60)
