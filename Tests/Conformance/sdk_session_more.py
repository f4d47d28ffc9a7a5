"""`streaming_session`: barge-in, settings between turns, waiting."""

import asyncio

from kugelaudio import ValidationError

from checks import Checks, holds, raises_async, same, same_sound
from client import VOICE, sound
from tone import tone

checks = Checks("session")
LONG = " ".join(f"Sentence number {n} goes on." for n in range(300))


@checks
async def cancelled(service):
    """cancel_current ends a turn at once; the next has no stale frame"""
    async with service.session() as session:
        socket = session._ws
        chunks = session.send(LONG, flush=True)
        first = await anext(chunks)
        holds(tone(LONG[:400]).startswith(first.audio), "the first frame is another's")
        began = asyncio.get_running_loop().time()
        await session.cancel_current()
        took = asyncio.get_running_loop().time() - began
        holds(took < 1.5, f"the answer took {took:.1f} s")
        await chunks.aclose()
        same_sound(await sound(session.send("What else?", flush=True)), tone("What else?"))
        holds(session._ws is socket, "the connection was opened anew")


@checks
async def cancelled_unspoken(service):
    """cancel_current forgets text that was not spoken, and answers where no turn is"""
    async with service.session() as session:
        await sound(session.send("This is forgotten"))
        await session.cancel_current()
        await session.cancel_current()
        same_sound(await sound(session.send("This is not.", flush=True)), tone("This is not."))


@checks
async def settings(service):
    """update_settings tells what holds now, and holds from the next turn on"""
    async with service.session() as session:
        same_sound(await sound(session.send("Before.", flush=True)), tone("Before."))
        echo = await session.update_settings(
            speed=0.9, cfg_scale=1.5, temperature=0.2, max_new_tokens=100, normalize=False,
            language="de")
        wanted = {"speed": 0.9, "cfg_scale": 1.5, "temperature": 0.2, "max_new_tokens": 100,
                  "normalize": False, "language": "de"}
        same({name: echo.get(name) for name in wanted}, wanted, "settings")
        same_sound(await sound(session.send("After.", flush=True)), tone("After.", speed=0.9))


@checks
async def bad_settings(service):
    """update_settings out of range is ValidationError, changes nothing and ends nothing"""
    async with service.session() as session:
        same_sound(await sound(session.send("One.", flush=True)), tone("One."))
        for wish in ({"speed": 1.5}, {"cfg_scale": 99}, {"temperature": 2}, {"max_new_tokens": 0}):
            error = await raises_async(ValidationError, session.update_settings(**wish))
            holds("Invalid settings update" in error.message, error.message)
        same_sound(await sound(session.send("Two.", flush=True)), tone("Two."))


@checks
async def first_settings(service):
    """update_settings before any text is answered"""
    async with service.session() as session:
        same((await session.update_settings(speed=1.1))["speed"], 1.1, "speed")
        same_sound(await sound(session.send("Now.", flush=True)), tone("Now.", speed=1.1))


@checks
async def stale_text(service):
    """text without an end is spoken when nothing follows; the turn stays open"""
    async with service.session(flush_timeout_ms=200) as session:
        await sound(session.send("No stop here "))
        await asyncio.sleep(0.6)
        heard = await sound(session.send("more", flush=True))
        same_sound(heard, tone("No stop here more"))
        same(session.last_final["total_text_chunks"], 2, "text chunks")


@checks
async def flush_of_nothing(service):
    """flush without text is answered at once"""
    async with service.session() as session:
        same(await asyncio.wait_for(sound(session.flush()), 2), b"", "sound")
        same_sound(await sound(session.send("Something.", flush=True)), tone("Something."))


@checks
async def idle_turn(service):
    """a turn without news for 5 s is ended and spoken, not lost"""
    async with service.session(flush_timeout_ms=100) as session:
        await sound(session.send("One moment"))
        await asyncio.sleep(5.6)
        heard = await sound(session.drain())
        same_sound(heard, tone("One moment"))
        holds(session.last_usage.audio_seconds > 0, "no usage")


@checks
async def spelled(service):
    """a spell tag cut by tokens is spelled as a whole"""
    async with service.session() as session:
        await sound(session.send("Code <spe"))
        await sound(session.send("ll>A"))
        await sound(session.send("B</spell"))
        split = await sound(session.send("> now", flush=True))
        whole = await sound(session.send("Code <spell>AB</spell> now", flush=True))
        same_sound(split, whole)
        holds(split.startswith(tone("Code")) and split.endswith(tone("now")), "words are missing")
        holds(tone("<spell>AB</spell>") not in split, "the tag was spoken")


@checks
async def sessions_at_once(service):
    """a long turn does not delay another session's short one"""
    async with service.session() as long, service.session(voice_id=VOICE) as short:
        chunks = long.send(LONG, flush=True)
        await anext(chunks)
        heard = await asyncio.wait_for(sound(short.send("Quick one.", flush=True)), 5)
        same_sound(heard, tone("Quick one."))
        await long.cancel_current()
        await chunks.aclose()
