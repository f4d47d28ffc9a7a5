"""`streaming_session`: turns, their ends and their reports."""

import asyncio

from kugelaudio import NotFoundError, StreamConfig, ValidationError

from checks import Checks, holds, raises, raises_async, same, same_sound
from client import OTHER_VOICE, VOICE, joined, sound
from tone import tone

checks = Checks("session")


@checks
async def tokens(service):
    """tokens become one turn; flush ends it at once with final, totals and usage"""
    async with service.session() as session:
        for token in ("Your ", "parcel ", "is on ", "its way"):
            same(await sound(session.send(token)), b"", "early sound")
        heard = await asyncio.wait_for(sound(session.flush()), 1.5)
        text = "Your parcel is on its way"
        same_sound(heard, tone(text))
        seconds = round(len(heard) / 48000, 3)
        same(round(session.last_usage.audio_seconds, 3), seconds, "usage")
        same(session.last_usage.characters, len(text), "characters")
        same(session.last_final["final"], True, "final")
        same(round(session.last_final["total_audio_seconds"], 3), seconds, "final's seconds")
        same(session.last_final["total_text_chunks"], 1, "text chunks")
        stats = await session.end_session()
        same(round(stats["total_audio_seconds"], 3), seconds, "totals")


@checks
async def split_words(service):
    """a word cut by tokens is spoken as one"""
    async with service.session() as session:
        await sound(session.send("Dampf"))
        await sound(session.send("schiff"))
        heard = await sound(session.send("fahrt", flush=True))
        same_sound(heard, tone("Dampfschifffahrt"))


@checks
async def sentence_first(service):
    """a finished sentence is spoken before the flush, the rest after it"""
    async with service.session(flush_timeout_ms=10_000) as session:
        first = await sound(session.send("This sentence is finished. And "))
        same_sound(first, tone("This sentence is finished."))
        same_sound(await sound(session.send("this one too.", flush=True)),
                   tone("And this one too."))
        same(session.last_final["total_text_chunks"], 2, "text chunks")


@checks
async def many_turns(service):
    """one connection carries ten turns, none mixed with another"""
    async with service.session() as session:
        socket = session._ws
        for number in range(10):
            text = f"Turn number {number} of ten."
            same_sound(await sound(session.send(text, flush=True)), tone(text))
            await session.end_session()
        holds(session._ws is socket, "the connection was opened anew")


@checks
async def voice_change(service):
    """update_config changes the voice on the same connection, and it stays"""
    async with service.session() as session:
        socket = session._ws
        same_sound(await sound(session.send("Hello from Anna.", flush=True)),
                   tone("Hello from Anna."))
        await session.end_session()
        session.update_config(voice_id=OTHER_VOICE)
        same_sound(await sound(session.send("And this is Ben.", flush=True)),
                   tone("And this is Ben.", voice=2))
        same_sound(await sound(session.send("Still Ben.", flush=True)), tone("Still Ben.", voice=2))
        holds(session._ws is socket, "the connection was opened anew")


@checks
async def whole_config(service):
    """update_config takes a StreamConfig with schedule, auto_mode, speed and format"""
    async with service.session() as session:
        session.update_config(StreamConfig(
            voice_id=3, language="en", speed=0.8, auto_mode=True,
            chunk_length_schedule=[5, 80, 150, 250], model_id="kugel-3", temperature=0.3))
        same_sound(await sound(session.send("Slower now.", flush=True)),
                   tone("Slower now.", voice=3, speed=0.8))
        same(session.last_usage.model_id, "kugel-3", "model")
        session.update_config(StreamConfig(voice_id=3, language="en", output_format="ulaw_8000"))
        heard = await sound(session.send("On the phone.", flush=True))
        holds(abs(len(heard) - len(tone("On the phone.")) / 6) <= 1, f"{len(heard)} bytes of mu-law")


@checks
async def drained(service):
    """drain yields the rest of an open turn; after a flush it sends nothing"""
    async with service.session() as session:
        await sound(session.send("Half a sentence"))
        same_sound(await sound(session.drain()), tone("Half a sentence"))
        holds(session.last_usage.audio_seconds > 0, "no usage")
        same(await sound(session.drain()), b"", "sound of no turn")
        same_sound(await sound(session.send("Next one.", flush=True)), tone("Next one."))


@checks
async def ended(service):
    """end_session ends an open turn with its totals; an empty one gives none"""
    async with service.session() as session:
        same(await session.end_session(), {}, "totals of nothing")
        await sound(session.send("Never flushed"))
        stats = await session.end_session()
        seconds = len(tone("Never flushed")) / 48000
        same(round(stats["total_audio_seconds"], 3), round(seconds, 3), "totals")
        same(round(stats["usage"]["audio_seconds"], 3), round(seconds, 3), "usage")


@checks
async def closed(service):
    """close ends an open turn and the connection; the totals come back"""
    client = service.open()
    session = client.tts.streaming_session(voice_id=VOICE, language="en")
    await session.connect()
    await sound(session.send("Goodbye for now"))
    stats = await session.close()
    same(round(stats["total_audio_seconds"], 3),
         round(len(tone("Goodbye for now")) / 48000, 3), "totals")
    await client.aclose()


@checks
async def word_times(service):
    """word times come to the callback and stay readable"""
    batches = []
    async with service.session(word_timestamps=True, on_word_timestamps=batches.append) as session:
        heard = await sound(session.send("Good morning dear listeners.", flush=True))
        same_sound(heard, tone("Good morning dear listeners."))
        words = [stamp.word.strip(".") for batch in batches for stamp in batch]
        same(words, ["Good", "morning", "dear", "listeners"], "words")
        same(session.last_word_timestamps, batches[-1], "last_word_timestamps")
        same(batches[0][0].start_ms, 0, "start")
        holds(abs(batches[-1][-1].end_ms - len(heard) / 48) <= 1, "the last word ends elsewhere")


@checks
async def error_in_turn(service):
    """an unknown voice is NotFoundError, and the connection goes on"""
    async with service.session(voice_id=987654) as session:
        socket = session._ws
        await raises_async(NotFoundError, sound(session.send("Nobody.", flush=True)))
        session.update_config(voice_id=VOICE)
        same_sound(await sound(session.send("Somebody.", flush=True)), tone("Somebody."))
        holds(session._ws is socket, "the connection was opened anew")


@checks
async def no_voice(service):
    """a session without a voice is told so, and goes on with one"""
    async with service.session(voice_id=None) as session:
        error = await raises_async(ValidationError, sound(session.send("Who?", flush=True)))
        same(error.error_code, "MISSING_VOICE_ID", "error")
        session.update_config(voice_id=VOICE)
        same_sound(await sound(session.send("Me.", flush=True)), tone("Me."))


@checks
def synchronous(service):
    """the synchronous session does the same: send, flush, drain, cancel, settings, words"""
    client = service.open()
    with client.tts.streaming_session_sync(
            voice_id=VOICE, language="en", word_timestamps=True) as session:
        same(session.send("Without "), [], "early sound")
        session.send("waiting")
        same_sound(joined(session.flush()), tone("Without waiting"))
        same([w.word for w in session.last_word_timestamps], ["Without", "waiting"], "words")
        holds(session.last_usage.audio_seconds > 0 and session.last_final["final"], "no reports")
        session.send("The tail")
        same_sound(joined(session.drain()), tone("The tail"))
        session.send("Never heard")
        session.cancel_current()
        same(session.update_settings(speed=1.2)["speed"], 1.2, "speed")
        same_sound(joined(session.send("Faster.", flush=True)), tone("Faster.", speed=1.2))
    client.close()
