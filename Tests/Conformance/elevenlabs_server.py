"""The official ElevenLabs SDK, and sockets by hand, against `kugel serve`."""

import asyncio
import base64
import json

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


if __name__ == "__main__":
    import sys

    checks.run(Client(*sys.argv[1:3]), limit=60)
