"""`multi_context_session` of the SDK: many contexts over one connection."""

import asyncio
import contextlib
import sys

from kugelaudio import KugelAudioError, RateLimitError, ValidationError

from checks import Checks, holds, raises_async, same, same_sound
from client import OTHER_VOICE, VOICE, Client, sound
from tone import tone

checks = Checks("multi")
LONG = " ".join(f"Sentence number {n} goes on." for n in range(300))


@contextlib.asynccontextmanager
async def opened(service, **options):
    client = service.open()
    options = {"default_voice_id": VOICE, "language": "en"} | options
    async with client.tts.multi_context_session(**options) as session:
        yield session
    await client.aclose()


@checks
async def two_voices(service):
    """two contexts speak with a voice each"""
    async with opened(service) as session:
        await session.create_context("narrator")
        await session.create_context("guest", voice_id=OTHER_VOICE)
        same(session.active_contexts, {"narrator", "guest"}, "contexts")
        for context, voice, text in (
            ("narrator", 1, "It was late."), ("guest", 2, "Who is there?"),
            ("narrator", 1, "Nobody answered."), ("guest", 2, "Hello?"),
        ):
            same_sound(await sound(session.send(context, text, flush=True)), tone(text, voice))


@checks
async def usage(service):
    """usage comes once for each context, when it is closed; totals with the session"""
    client = service.open()
    session = client.tts.multi_context_session(default_voice_id=VOICE, language="en")
    await session.connect()
    for context, texts in (("a", ("One.", "Two.")), ("b", ("Three.",))):
        spoken = 0
        for text in texts:
            spoken += len(await sound(session.send(context, text, flush=True)))
        same(await sound(session.close_context(context)), b"", "late sound")
        told = session.usage_for(context)
        same(round(told.audio_seconds, 3), round(spoken / 48000, 3), f"seconds of {context}")
        same(told.characters, sum(map(len, texts)), f"characters of {context}")
    same(session.active_contexts, set(), "contexts")
    totals = await session.close()
    same(round(totals["total_audio_seconds"], 3),
         round(sum(len(tone(t)) for t in ("One.", "Two.", "Three.")) / 48000, 3), "totals")
    await client.aclose()


@checks
async def graceful(service):
    """close_context speaks what is left first"""
    async with opened(service) as session:
        await session.create_context("a")
        await session._ws.send('{"text":"The tail of it","context_id":"a"}')
        same_sound(await sound(session.close_context("a")), tone("The tail of it"))


@checks
async def immediate(service):
    """close_context at once cuts one context, and the others go on"""
    async with opened(service) as session:
        await session.create_context("other")
        chunks = session.send("a", LONG, flush=True)
        await anext(chunks)
        await chunks.aclose()
        late = await asyncio.wait_for(sound(session.close_context("a", immediate=True)), 5)
        holds(len(late) < len(tone(LONG)) / 2, "the context was spoken to its end")
        same_sound(await sound(session.send("other", "Still here.", flush=True)),
                   tone("Still here."))
        same_sound(await sound(session.send("a", "Made anew.", flush=True)), tone("Made anew."))


@checks
async def kept_alive(service):
    """keep_alive makes no sound and no trouble; flush of nothing is answered"""
    async with opened(service) as session:
        await session.create_context("a")
        await session.keep_alive("a")
        same(await asyncio.wait_for(sound(session.flush("a")), 5), b"", "sound of nothing")
        await session.keep_alive("a")
        same_sound(await sound(session.send("a", "Awake.", flush=True)), tone("Awake."))


@checks
async def settings(service):
    """update_settings holds for contexts made later"""
    async with opened(service) as session:
        same_sound(await sound(session.send("a", "Before.", flush=True)), tone("Before."))
        same((await session.update_settings(speed=0.9))["speed"], 0.9, "speed")
        same_sound(await sound(session.send("b", "After.", flush=True)), tone("After.", speed=0.9))
        await raises_async(ValidationError, session.update_settings(speed=9))


@checks
async def words(service):
    """word times name their context"""
    told = []
    async with opened(service, word_timestamps=True,
                      on_word_timestamps=lambda c, stamps: told.append((c, stamps))) as session:
        await sound(session.send("a", "Good morning.", flush=True))
        same([(c, s.word.strip(".")) for c, stamps in told for s in stamps],
             [("a", "Good"), ("a", "morning")], "words")
        same(len(session.get_word_timestamps("a")), 2, "kept words")


@checks
async def too_many(service):
    """the 21st context is RateLimitError; the 20 and the connection go on"""
    async with opened(service) as session:
        for number in range(20):
            await session.create_context(f"c{number}")
        error = await raises_async(RateLimitError, session.create_context("c20"))
        same(error.error_code, "TOO_MANY_CONTEXTS", "error")
        same_sound(await sound(session.send("c7", "Seven.", flush=True)), tone("Seven."))
        await sound(session.close_context("c0"))
        await session.create_context("c20")


@checks
async def no_voice(service):
    """a context without a voice is told so at its first text"""
    async with opened(service, default_voice_id=None) as session:
        error = await raises_async(
            ValidationError, sound(session.send("a", "Who?", flush=True)))
        same(error.error_code, "MISSING_VOICE_ID", "error")
        await session.create_context("b", voice_id=VOICE)
        same_sound(await sound(session.send("b", "Me.", flush=True)), tone("Me."))


@checks
async def conversation(service):
    """forty turns, one context each, over one connection; never more than two, none left"""
    async with opened(service) as session:
        for number in range(40):
            context, text = f"turn-{number}", f"This is turn {number}."
            # The next turn's context is made before the last one's is closed.
            await session.create_context(context)
            holds(service.open_contexts() <= 2, "contexts are left behind")
            if number:
                await sound(session.close_context(f"turn-{number - 1}"))
            same_sound(await sound(session.send(context, text, flush=True)), tone(text))
        await sound(session.close_context("turn-39"))
        holds(session.is_alive, "the connection is gone")
        same(service.open_contexts(), 0, "contexts left")


@checks
async def bad_key(service):
    """a wrong key is an exception with status 401"""
    client = service.open(api_key="ka_wrong")
    session = client.tts.multi_context_session(default_voice_id=VOICE, language="en")
    try:
        await session.connect()
    except KugelAudioError as error:
        same(error.status_code, 401, "status")
    else:
        raise AssertionError("no exception")
    await client.aclose()


if __name__ == "__main__":
    checks.run(Client(*sys.argv[1:3]))
