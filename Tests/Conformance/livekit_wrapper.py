"""The LiveKit wrapper of the SDK, without a room."""

import asyncio
import sys

import aiohttp
from kugelaudio.livekit import TTS
from livekit.agents import APIStatusError
from livekit.agents.types import APIConnectOptions
from livekit.plugins import elevenlabs as elevenlabs_plugin

from checks import Checks, holds, same, same_sound
from client import OTHER_VOICE, VOICE, Client
from elevenlabs_service import KEY, VOICES, elevenlabs
from tone import tone

checks = Checks("livekit")


class Opened:
    """The wrapper with a session of its own, closed at the end."""

    def __init__(self, service, **options):
        self.options = {"api_key": service.key, "base_url": service.address, "voice_id": VOICE,
                        "language": "en"} | options

    async def __aenter__(self):
        self.session = aiohttp.ClientSession()
        self.tts = TTS(http_session=self.session, **self.options)
        return self.tts

    async def __aexit__(self, *_):
        await self.tts.aclose()
        await self.session.close()


async def collected(stream):
    return b"".join([bytes(event.frame.data) async for event in stream])


def trimmed(audio, expected):
    """Without the silence that the framework adds to fill its last frame."""
    same(audio[len(expected):].strip(b"\0"), b"", "what follows the sound")
    return audio[:len(expected)]


@checks
async def synthesize(service):
    """synthesize gives all samples"""
    async with Opened(service) as tts:
        async with tts.synthesize("Good evening from the room.") as stream:
            heard = await collected(stream)
        expected = tone("Good evening from the room.")
        same_sound(trimmed(heard, expected), expected)


@checks
async def streamed(service):
    """a stream of tokens gives all samples of its sentences"""
    text = "First comes this sentence. Then comes another one, a little longer."
    async with Opened(service) as tts:
        async with tts.stream() as stream:
            for token in text.split(" "):
                stream.push_text(token + " ")
            stream.flush()
            stream.end_input()
            heard = await collected(stream)
        same_sound(trimmed(heard, tone(text)), tone(text))


@checks
async def several(service):
    """one connection serves utterances one after the other and at once"""
    async with Opened(service) as tts:
        async def one(text):
            async with tts.synthesize(text) as stream:
                heard = await collected(stream)
            same_sound(trimmed(heard, tone(text)), tone(text))

        await one("Alone.")
        connection = tts._current_connection
        await asyncio.gather(*(one(f"Together with number {n}.") for n in range(5)))
        holds(tts._current_connection is connection, "the connection was opened anew")


@checks
async def conversation(service):
    """forty utterances, some given up, leave no context behind; never more than two at once"""
    async with Opened(service) as tts:
        for number in range(40):
            text = f"This is turn {number}."
            if number % 5 == 4:
                async with tts.stream() as stream:
                    stream.push_text("More and more and more is said here. " * 60)
                    stream.flush()
                    await anext(aiter(stream))
                    holds(service.open_contexts() <= 2, "contexts are left behind")
                continue
            async with tts.synthesize(text) as stream:
                heard = await collected(stream)
            same_sound(trimmed(heard, tone(text)), tone(text))
            holds(service.open_contexts() <= 2, "contexts are left behind")
        for _ in range(100):
            if service.open_contexts() == 0:
                break
            await asyncio.sleep(0.05)
        same(service.open_contexts(), 0, "contexts left")


@checks
async def interrupted(service):
    """an utterance that is given up leaves the next one clean"""
    async with Opened(service) as tts:
        async with tts.stream() as stream:
            stream.push_text("More and more and more is said here. " * 60)
            stream.flush()
            await anext(aiter(stream))
        async with tts.synthesize("Yes, please?") as stream:
            heard = await collected(stream)
        same_sound(trimmed(heard, tone("Yes, please?")), tone("Yes, please?"))


@checks
async def options(service):
    """another voice and tempo hold from the next utterance on"""
    async with Opened(service) as tts:
        async with tts.synthesize("Before.") as stream:
            await collected(stream)
        tts.update_options(voice_id=OTHER_VOICE, speed=1.2)
        async with tts.synthesize("After the change.") as stream:
            heard = await collected(stream)
        expected = tone("After the change.", voice=2, speed=1.2)
        same_sound(trimmed(heard, expected), expected)


@checks
async def prewarmed(service):
    """prewarm connects ahead"""
    async with Opened(service) as tts:
        tts.prewarm()
        for _ in range(100):
            if tts._current_connection:
                break
            await asyncio.sleep(0.05)
        holds(tts._current_connection, "no connection")
        async with tts.synthesize("Warm.") as stream:
            heard = await collected(stream)
        same_sound(trimmed(heard, tone("Warm.")), tone("Warm."))


@checks
async def bad_key(service):
    """a wrong key is APIStatusError 401"""
    async with Opened(service, api_key="ka_wrong") as tts:
        try:
            async with tts.synthesize(
                    "No.", conn_options=APIConnectOptions(max_retry=0, timeout=5)) as stream:
                await collected(stream)
        except APIStatusError as error:
            same(error.status_code, 401, "status")
        else:
            raise AssertionError("no exception")


@checks
async def elevenlabs_stand_in(_):
    """LiveKit's own plugin for ElevenLabs hears all samples of our stand-in, over its contexts"""
    text = "First comes this sentence. Then comes another one, a little longer."
    with elevenlabs() as served:
        async with aiohttp.ClientSession() as session:
            tts = elevenlabs_plugin.TTS(
                api_key=KEY, voice_id=next(iter(VOICES)), base_url=f"{served.address}/v1",
                encoding="pcm_24000", model="eleven_flash_v2_5", http_session=session)
            for _ in range(2):
                async with tts.stream() as stream:
                    for token in text.split(" "):
                        stream.push_text(token + " ")
                    stream.end_input()
                    heard = await collected(stream)
                same_sound(trimmed(heard, tone(text)), tone(text))
            await tts.aclose()
        same(served.sockets, 1, "sockets")


@checks
async def elevenlabs_plugin_here(service):
    """LiveKit's own ElevenLabs plugin speaks with the service, as a stream and as one text, in pcm and in mp3"""
    text = "First comes this sentence. Then comes another one, a little longer."
    for encoding in ("pcm_24000", "mp3_22050_32"):
        async with aiohttp.ClientSession() as session:
            tts = elevenlabs_plugin.TTS(
                api_key=service.key, voice_id="1", base_url=f"{service.address}/v1",
                encoding=encoding, model="eleven_flash_v2_5", http_session=session)
            async with tts.stream() as stream:
                for token in text.split(" "):
                    stream.push_text(token + " ")
                stream.end_input()
                streamed = await collected(stream)
            async with tts.synthesize(text) as stream:
                whole = await collected(stream)
            for heard in (streamed, whole):
                if encoding == "pcm_24000":
                    same_sound(trimmed(heard, tone(text)), tone(text))
                holds(len(heard) > len(tone(text)) / 2, f"{encoding}: {len(heard)} bytes")
            await tts.aclose()


if __name__ == "__main__":
    checks.run(Client(*sys.argv[1:3]))
