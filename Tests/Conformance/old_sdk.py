"""Older SDKs: they say `close` after turns that a flush has already ended."""

import asyncio
import os
import sys

from kugelaudio import AudioChunk, KugelAudio, KugelAudioError

from checks import Checks, holds, same, same_sound
from client import OTHER_VOICE, VOICE, Client, sound
from tone import tone

checks = Checks(os.environ["CONFORMANCE_TITLE"])


@checks
def generate(service):
    """generate returns all samples"""
    client = service.open()
    audio = client.tts.generate(text="Good evening, Berlin.", voice_id=VOICE, language="en")
    same_sound(audio.audio, tone("Good evening, Berlin."))
    holds(audio.usage.audio_seconds > 0, "no usage")
    client.close()


@checks
def stream(service):
    """stream yields all frames, then the statistics"""
    client = service.open()
    items = list(client.tts.stream(text="One after another.", voice_id=VOICE, language="en"))
    frames = [item.audio for item in items if isinstance(item, AudioChunk)]
    same_sound(b"".join(frames), tone("One after another."))
    same(items[-1]["final"], True, "final")
    client.close()


@checks
async def pooled(service):
    """stream_async keeps its connection"""
    client = service.open()
    for word in ("One.", "Two.", "Three."):
        same_sound(await sound(client.tts.stream_async(text=word, voice_id=VOICE, language="en")),
                   tone(word))
    await client.aclose()


@checks
async def closed_after_flush(service):
    """close after a flushed turn is answered at once, with totals of nothing"""
    client = service.open()
    session = client.tts.streaming_session(voice_id=VOICE, language="en")
    await session.connect()
    heard = await sound(session.send("Flushed.", flush=True))
    same_sound(heard, tone("Flushed."))
    holds(session.last_usage.audio_seconds > 0, "no usage")
    stats = await asyncio.wait_for(session.close(), 3)
    same(stats["total_audio_seconds"], 0, "totals")
    await client.aclose()


@checks
async def many_turns(service):
    """end_session after each flushed turn keeps the connection and changes voices"""
    client = service.open()
    session = client.tts.streaming_session(voice_id=VOICE, language="en")
    await session.connect()
    socket = session._ws
    for number in range(6):
        text = f"Turn {number}."
        session.update_config(voice_id=OTHER_VOICE if number % 2 else VOICE)
        heard = await sound(session.send(text, flush=True))
        same_sound(heard, tone(text, voice=number % 2 + 1))
        await asyncio.wait_for(session.end_session(), 3)
    holds(session._ws is socket, "the connection was opened anew")
    await asyncio.wait_for(session.close(), 3)
    await client.aclose()


@checks
async def tokens(service):
    """tokens, drain and final behave as in newer ones"""
    client = service.open()
    async with client.tts.streaming_session(voice_id=VOICE, language="en") as session:
        for token in ("Word ", "by ", "word"):
            await sound(session.send(token))
        same_sound(await sound(session.drain()), tone("Word by word"))
        heard = await sound(session.send("Again.", flush=True))
        same_sound(heard, tone("Again."))
    await client.aclose()


@checks
async def cancelled(service):
    """cancel_current ends a turn at once; the next has no stale frame"""
    client = service.open()
    async with client.tts.streaming_session(voice_id=VOICE, language="en") as session:
        chunks = session.send("More and more and more. " * 100, flush=True)
        await anext(chunks)
        await asyncio.wait_for(session.cancel_current(), 1.5)
        await chunks.aclose()
        same_sound(await sound(session.send("Yes?", flush=True)), tone("Yes?"))
    await client.aclose()


@checks
def resources(service):
    """models, voices and dictionaries are understood"""
    client = service.open()
    holds(client.models.list(), "no models")
    page = client.voices.list(limit=5)
    same(len(page.voices), 5, "voices")
    same(client.voices.get(VOICE).id, VOICE, "voice")
    book = client.dictionaries.create(name="Old")
    client.dictionaries.entries.add(book.id, word="a", replacement="b")
    same(client.dictionaries.entries.list(book.id).total, 1, "entries")
    client.dictionaries.delete(book.id)
    client.close()


@checks
async def errors(service):
    """a wrong key, an unknown voice and a bad tempo end in exceptions of the SDK"""
    wrong = KugelAudio(api_key="ka_wrong", api_url=service.address)
    error = raises_any(lambda: wrong.voices.list())
    same(error.status_code, 401, "status")
    error = await raises_any_async(wrong.tts.generate_async(text="x", voice_id=VOICE, language="en"))
    same(error.status_code, 401, "status")
    client = service.open()
    for wish, status in (({"voice_id": 987654}, 404), ({"speed": 3.0}, 400)):
        error = await raises_any_async(client.tts.generate_async(
            **{"text": "Hello.", "voice_id": VOICE, "language": "en"} | wish))
        same(error.status_code, status, "status")
    await client.aclose()


def raises_any(work):
    try:
        work()
    except KugelAudioError as error:
        return error
    raise AssertionError("no exception")


async def raises_any_async(awaitable):
    try:
        await awaitable
    except KugelAudioError as error:
        return error
    raise AssertionError("no exception")


if __name__ == "__main__":
    checks.run(Client(*sys.argv[1:3]))
