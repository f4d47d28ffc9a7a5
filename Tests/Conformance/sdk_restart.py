"""Services that end, refuse or break off, as the SDK sees them."""

import asyncio

from kugelaudio import (
    InsufficientCreditsError, KugelAudioConnectionError, KugelAudioError, RateLimitError)

from checks import Checks, holds, raises, raises_async, same, same_sound
from client import VOICE, Client, sound
from service import service as started
from tone import tone

checks = Checks("restart")


def faulty(list_of_faults):
    return started("--fault", list_of_faults)


@checks
async def ends_gracefully(_):
    """a service told to end speaks the running turn to its end first"""
    text = " ".join(f"Sentence number {n} goes on." for n in range(60))
    with started() as served:
        client = Client(served.address, "ka_any")
        async with client.session() as session:
            chunks = session.send(text, flush=True)
            heard = (await anext(chunks)).audio
            served.stop()
            heard += await sound(chunks)
            same_sound(heard, tone(text))
            holds(session.last_usage.audio_seconds > 0, "no usage")
            same(await asyncio.to_thread(served.process.wait, 10), 0, "exit status")


@checks
async def replayed(_):
    """a turn that 1012 or 1013 ended before its sound is replayed by the SDK"""
    for code in (1012, 1013):
        with faulty(f"close={code},times=1") as served:
            async with Client(served.address, "ka_any").session() as session:
                for token in ("Said ", "only "):
                    await sound(session.send(token))
                same_sound(await sound(session.send("once.", flush=True)), tone("Said only once."))


@checks
async def close_codes(_):
    """close codes 4003, 4029 and 4500 are exceptions of their kind"""
    for code, kind in ((4003, InsufficientCreditsError), (4029, RateLimitError),
                       (4500, KugelAudioConnectionError)):
        with faulty(f"close={code}") as served:
            async with Client(served.address, "ka_any").session() as session:
                await raises_async(kind, sound(session.send("Hello.", flush=True)))


@checks
def refusals(_):
    """upgrades refused with 402, 429 and 503 are exceptions of their kind"""
    for status, kind in ((402, InsufficientCreditsError), (429, RateLimitError),
                         (503, KugelAudioConnectionError)):
        with faulty(f"status={status}") as served, Client(served.address, "k").open() as client:
            error = raises(kind, lambda: client.tts.generate(
                text="Hello.", voice_id=VOICE, language="en"))
            same(error.status_code, status, "status")
            if status == 429:
                holds(error.retry_after, "no time to wait was named")


@checks
async def failed_turn(_):
    """a turn that fails is an exception with its code, and the next one is spoken"""
    with faulty("fail-turns=1") as served:
        async with Client(served.address, "ka_any").session() as session:
            error = await raises_async(KugelAudioError, sound(session.send("One.", flush=True)))
            same(error.error_code, "INTERNAL_ERROR", "error")
            same_sound(await sound(session.send("Two.", flush=True)), tone("Two."))
