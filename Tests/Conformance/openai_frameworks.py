"""`kugel serve` as LiveKit's and Pipecat's own OpenAI speech see it: unpatched, only told the address."""

import asyncio
import os

os.environ.setdefault("LOGURU_LEVEL", "CRITICAL")

from livekit.agents import APIStatusError
from livekit.agents.tokenize import basic
from livekit.agents.tts import StreamAdapter
from livekit.agents.types import APIConnectOptions
from livekit.plugins import openai as livekit_plugin
from pipecat.frames.frames import (
    ErrorFrame, LLMFullResponseEndFrame, LLMFullResponseStartFrame, LLMTextFrame, TTSAudioRawFrame, TTSSpeakFrame)
from pipecat.services.openai.tts import OpenAITTSService
from pipecat.tests.utils import run_test

from checks import Checks, holds, raises_async, same, same_sound
from service import service
from tone import tone

checks = Checks("openai-frameworks")
TEXT = "Good evening from the room."
SENTENCES = "This is the first sentence. This is the second one. And a third."
ONCE = APIConnectOptions(max_retry=0)


# ---- LiveKit


def speaker(served, **options):
    return livekit_plugin.TTS(**{
        "base_url": served.address + "/v1", "api_key": "none", "voice": "1", "response_format": "pcm"} | options)


async def collected(stream):
    async with stream:
        return b"".join([bytes(event.frame.data) async for event in stream])


def trimmed(audio, expected):
    """Without the silence that the framework adds to fill its last frame."""
    same(audio[len(expected):].strip(b"\0"), b"", "what follows the sound")
    return audio[:len(expected)]


@checks
async def livekit_events():
    """LiveKit with gpt-4o-mini-tts asks for events, and gets all samples"""
    with service() as served:
        tts = speaker(served)
        same_sound(trimmed(await collected(tts.synthesize(TEXT)), tone(TEXT)), tone(TEXT))
        await tts.aclose()


@checks
async def livekit_bytes():
    """LiveKit with tts-1 asks for bytes, one after the other and at once"""
    with service() as served:
        tts = speaker(served, model="tts-1")
        same_sound(trimmed(await collected(tts.synthesize(TEXT)), tone(TEXT)), tone(TEXT))
        texts = [f"Together with number {n}." for n in range(5)]
        for text, heard in zip(texts, await asyncio.gather(*[collected(tts.synthesize(text)) for text in texts])):
            same_sound(trimmed(heard, tone(text)), tone(text))
        await tts.aclose()


@checks
async def livekit_formats():
    """LiveKit decodes what is made: its default mp3, opus, flac and wav, as bytes and in events"""
    with service() as served:
        for model in ("tts-1", "gpt-4o-mini-tts"):
            for form in ("mp3", "opus", "flac", "wav"):
                tts = speaker(served, model=model, response_format=form)
                heard = await collected(tts.synthesize(SENTENCES))
                expected = tone(SENTENCES)
                holds(abs(len(heard) - len(expected)) < 9600, f"{model}, {form}: {len(heard)} bytes, not {len(expected)}")
                if form == "flac" and len(heard) < len(expected):
                    # LiveKit's way of opening loses the first block of any FLAC, of those that sox makes too.
                    expected = expected[2 * 4096:]
                if form in ("flac", "wav"):
                    same_sound(trimmed(heard, expected), expected)
                await tts.aclose()


@checks
async def livekit_options():
    """LiveKit's voice and speed are obeyed, also when they change"""
    with service() as served:
        tts = speaker(served)
        await collected(tts.synthesize("Before."))
        tts.update_options(voice="2", speed=1.2)
        expected = tone("After the change.", 2, 1.2)
        same_sound(trimmed(await collected(tts.synthesize("After the change.")), expected), expected)
        await tts.aclose()


@checks
async def livekit_stream():
    """LiveKit's adapter for streams of tokens speaks sentence by sentence"""
    with service() as served:
        tts = speaker(served)
        adapter = StreamAdapter(tts=tts, sentence_tokenizer=basic.SentenceTokenizer(min_sentence_len=5))
        async with adapter.stream() as stream:
            for token in SENTENCES.split(" "):
                stream.push_text(token + " ")
            stream.end_input()
            heard = b"".join([bytes(event.frame.data) async for event in stream])
        silent = heard.replace(b"\0", b"")
        same(len(silent), len(tone(SENTENCES).replace(b"\0", b"")), "sound")
        await tts.aclose()


@checks
async def livekit_trouble():
    """LiveKit hears of a voice and a model that are not there, by status"""
    with service() as served:
        for change in ({"voice": "nobody at all"}, {"model": "gpt-9"}):
            tts = speaker(served, **change)
            error = await raises_async(APIStatusError, collected(tts.synthesize(TEXT, conn_options=ONCE)))
            same(error.status_code, 404, f"status of {change}")
            await tts.aclose()


@checks
async def livekit_interrupted():
    """an utterance that LiveKit gives up leaves the next one clean"""
    with service() as served:
        tts = speaker(served)
        async with tts.synthesize("More and more and more is said here. " * 60) as stream:
            await anext(aiter(stream))
        same_sound(trimmed(await collected(tts.synthesize("Yes, please?")), tone("Yes, please?")), tone("Yes, please?"))
        await tts.aclose()


# ---- Pipecat


async def heard(served, frames, voice="alloy", key="none", **settings):
    tts = OpenAITTSService(
        api_key=key, base_url=served.address + "/v1", sample_rate=24000,
        settings=OpenAITTSService.Settings(voice=voice, **settings))
    down, up = await run_test(tts, frames_to_send=frames)
    trouble = [frame for frame in [*down, *up] if isinstance(frame, ErrorFrame)]
    return b"".join(frame.audio for frame in down if isinstance(frame, TTSAudioRawFrame)), trouble


def without_end(audio):
    return audio.rstrip(b"\0")


@checks
async def pipecat_speaks():
    """a frame that speaks gives all samples in Pipecat"""
    with service() as served:
        audio, trouble = await heard(served, [TTSSpeakFrame(TEXT)])
        holds(not trouble, f"errors: {trouble}")
        same_sound(without_end(audio), without_end(tone(TEXT)))


@checks
async def pipecat_response():
    """a model's answer is spoken sentence by sentence in Pipecat, with another voice and speed"""
    with service() as served:
        tokens = [LLMTextFrame(word + " ") for word in SENTENCES.split(" ")]
        audio, trouble = await heard(
            served, [LLMFullResponseStartFrame(), *tokens, LLMFullResponseEndFrame()], voice="ash", speed=1.5)
        holds(not trouble, f"errors: {trouble}")
        same(len(audio.replace(b"\0", b"")), len(tone(SENTENCES, 2, 1.5).replace(b"\0", b"")), "sound")


@checks
async def pipecat_trouble():
    """what is refused is an error frame in Pipecat"""
    with service() as served:
        audio, trouble = await heard(served, [TTSSpeakFrame("x" * 4097)])
        holds(trouble and "4096" in str(trouble[0]), f"errors: {trouble}")
        same(audio, b"", "sound")


if __name__ == "__main__":
    checks.run(limit=60)
