"""The Pipecat wrapper of the SDK in a pipeline without a transport."""

import os
import sys

os.environ.setdefault("LOGURU_LEVEL", "ERROR")

from kugelaudio.pipecat import KugelAudioTTSService
from pipecat.frames.frames import (
    ErrorFrame, LLMFullResponseEndFrame, LLMFullResponseStartFrame, LLMTextFrame,
    TTSAudioRawFrame, TTSSpeakFrame, TTSStoppedFrame)
from pipecat.tests.utils import run_test

from checks import Checks, holds, same, same_sound
from client import OTHER_VOICE, VOICE, Client
from tone import tone

checks = Checks("pipecat")


def wrapper(service, kind=KugelAudioTTSService, **options):
    return kind(**{
        "api_key": service.key, "base_url": service.address, "voice_id": VOICE, "language": "en",
        "sample_rate": 24000} | options)


async def heard(tts, frames):
    """Everything that leaves the wrapper downstream when `frames` go in."""
    down, up = await run_test(tts, frames_to_send=frames)
    trouble = [f for f in [*down, *up] if isinstance(f, ErrorFrame)]
    holds(not trouble, f"errors: {trouble}")
    return b"".join(f.audio for f in down if isinstance(f, TTSAudioRawFrame)), down


@checks
async def spoken(service):
    """a frame that speaks gives all samples"""
    text = "Good evening from the pipeline."
    audio, frames = await heard(wrapper(service), [TTSSpeakFrame(text)])
    same_sound(audio.rstrip(b"\0"), tone(text).rstrip(b"\0"))
    holds(any(isinstance(f, TTSStoppedFrame) for f in frames), "it never stops")


@checks
async def response(service):
    """a model's answer is spoken sentence by sentence in one context"""
    text = "This is the first sentence. This is the second one. And a third."
    tokens = [LLMTextFrame(word + " ") for word in text.split(" ")]
    audio, _ = await heard(
        wrapper(service), [LLMFullResponseStartFrame(), *tokens, LLMFullResponseEndFrame()])
    same_sound(audio.rstrip(b"\0"), tone(text).rstrip(b"\0"))


@checks
async def conversation(service):
    """forty answers, one context each; never more than two at once, none left"""
    texts = [f"This is turn {number}." for number in range(40)]
    most = 0

    class Counting(KugelAudioTTSService):
        async def run_tts(self, *arguments, **options):
            nonlocal most
            async for frame in super().run_tts(*arguments, **options):
                most = max(most, service.open_contexts())
                yield frame

    frames = [frame for text in texts for frame in (
        LLMFullResponseStartFrame(), LLMTextFrame(text), LLMFullResponseEndFrame())]
    audio, _ = await heard(wrapper(service, kind=Counting), frames)
    silent = audio.replace(b"\0", b"")
    same(len(silent), sum(len(tone(text).replace(b"\0", b"")) for text in texts), "sound")
    holds(0 < most <= 2, f"{most} contexts at once")
    same(service.open_contexts(), 0, "contexts left")


@checks
async def voices(service):
    """the voice that was asked for speaks"""
    audio, _ = await heard(wrapper(service, voice_id=OTHER_VOICE), [TTSSpeakFrame("Ben here.")])
    same_sound(audio.rstrip(b"\0"), tone("Ben here.", voice=2).rstrip(b"\0"))


@checks
async def telephone(service):
    """8 kHz is delivered where it is asked for"""
    audio, frames = await heard(wrapper(service, sample_rate=8000), [TTSSpeakFrame("On the phone.")])
    rates = {f.sample_rate for f in frames if isinstance(f, TTSAudioRawFrame)}
    same(rates, {8000}, "rates")
    expected = len(tone("On the phone.")) / 3
    holds(abs(len(audio) - expected) <= 960, f"{len(audio)} bytes, not about {expected:.0f}")


if __name__ == "__main__":
    checks.run(Client(*sys.argv[1:3]))
