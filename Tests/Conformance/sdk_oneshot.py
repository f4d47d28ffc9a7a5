"""`generate` and `stream`, with and without a running loop."""

import asyncio

from kugelaudio import (
    AudioChunk, AuthenticationError, KugelAudio, NotFoundError, ValidationError, WordTimestamp)

from checks import Checks, holds, raises, raises_async, same, same_sound
from client import OTHER_VOICE, VOICE, sound
from tone import length, tone

checks = Checks("oneshot")
TEXT = "Good evening. The trains from Berlin are late tonight."


@checks
def generate(service):
    """generate returns all samples, and tells their number, rate and usage"""
    with service.open() as client:
        audio = client.tts.generate(text=TEXT, voice_id=VOICE, language="en")
    same_sound(audio.audio, tone(TEXT))
    same(audio.sample_rate, 24000, "rate")
    same(audio.samples, len(tone(TEXT)) // 2, "samples")
    same(round(audio.usage.audio_seconds, 3), round(audio.samples / 24000, 3), "usage")
    same(audio.usage.characters, len(TEXT), "characters")
    same(audio.usage.model_id, "kugel-3.5", "model")
    holds(audio.generation_ms > 0 and audio.rtf > 0, "no statistics")


@checks
async def generate_async(service):
    """generate_async speaks with another voice and tempo"""
    client = service.open()
    audio = await client.tts.generate_async(
        text=TEXT, voice_id=OTHER_VOICE, language="en", speed=1.2)
    same_sound(audio.audio, tone(TEXT, voice=2, speed=1.2))
    await client.aclose()


@checks
def generate_words(service):
    """generate tells each word, where it stands and when it is spoken"""
    with service.open() as client:
        audio = client.tts.generate(
            text=TEXT, voice_id=VOICE, language="en", word_timestamps=True)
    same_sound(audio.audio, tone(TEXT))
    stamps = audio.word_timestamps
    spoken = [w.strip(".") for w in TEXT.split()]
    same([stamp.word.strip(".") for stamp in stamps], spoken, "words")
    for stamp in stamps:
        holds(stamp.end_ms > stamp.start_ms, f"{stamp.word} takes no time")
        holds(stamp.char_end > stamp.char_start, f"{stamp.word} stands nowhere")


@checks
def stream(service):
    """stream yields frames numbered from 0, then the statistics"""
    with service.open() as client:
        items = list(client.tts.stream(text=TEXT, voice_id=VOICE, language="en"))
    frames = [item for item in items if isinstance(item, AudioChunk)]
    same_sound(b"".join(frame.audio for frame in frames), tone(TEXT))
    same([frame.index for frame in frames], list(range(len(frames))), "indices")
    holds(all(frame.samples * 2 == len(frame.audio) for frame in frames), "samples are miscounted")
    holds(max(frame.samples for frame in frames) <= 4800, "a frame is longer than 200 ms")
    final = items[-1]
    same(final["chunks"], len(frames), "chunks")
    same(final["total_samples"], len(tone(TEXT)) // 2, "total_samples")
    same(final["debug"]["original_text"], TEXT, "original_text")


@checks
def stream_words(service):
    """stream yields word times after the audio they describe"""
    with service.open() as client:
        items = list(client.tts.stream(
            text="One two.", voice_id=VOICE, language="en", word_timestamps=True))
    lists = [at for at, item in enumerate(items) if isinstance(item, list)]
    holds(lists and lists[0] > 0, "no word times, or before the audio")
    words = [word for at in lists for word in items[at]]
    holds(all(isinstance(word, WordTimestamp) for word in words), "odd word times")
    same(words[0].start_ms, 0, "start")
    same(words[0].end_ms, round(length("One") / 24), "end")


@checks
async def reuse(service):
    """stream_async keeps one connection for several requests and models"""
    client = service.open()
    for model in ("kugel-3.5", "kugel-3.5", "kugel-3"):
        heard = await sound(client.tts.stream_async(
            text="Once more.", voice_id=VOICE, language="en", model_id=model))
        same_sound(heard, tone("Once more."))
    holds(client.is_connected(), "the connection is gone")
    await client.aclose()


@checks
async def no_reuse(service):
    """stream_async opens a connection for each request where it is told so"""
    client = service.open()
    for word in ("First.", "Second."):
        heard = await sound(client.tts.stream_async(
            text=word, voice_id=VOICE, language="en", reuse_connection=False))
        same_sound(heard, tone(word))
    await client.aclose()


@checks
async def created(service):
    """KugelAudio.create connects ahead, and so does connect_async"""
    client = await KugelAudio.create(api_key=service.key, api_url=service.address)
    holds(client.is_connected(), "create did not connect")
    same_sound(
        await sound(client.tts.stream_async(text="Ready.", voice_id=VOICE, language="en")),
        tone("Ready."))
    await client.aclose()
    later = service.open()
    await later.connect_async()
    holds(later.is_connected(), "connect_async did not connect")
    await later.aclose()


@checks
async def at_once(service):
    """eight requests at once get each its own sound"""
    client = service.open()

    async def one(number):
        text = f"This is request number {number} of eight."
        heard = await sound(client.tts.stream_async(
            text=text, voice_id=VOICE, language="en", reuse_connection=False))
        same_sound(heard, tone(text))

    await asyncio.gather(*(one(number) for number in range(8)))
    await client.aclose()


@checks
def rates_and_codes(service):
    """generate delivers other rates, mu-law and A-law, of the right length"""
    seconds = len(tone(TEXT)) / 2 / 24000
    with service.open() as client:
        for wish, rate, size in (
            ({"sample_rate": 16000}, 16000, 2), ({"sample_rate": 44100}, 44100, 2),
            ({"output_format": "pcm_8000"}, 8000, 2), ({"output_format": "pcm_22050"}, 22050, 2),
            ({"output_format": "ulaw_8000"}, 8000, 1), ({"output_format": "alaw_8000"}, 8000, 1),
        ):
            audio = client.tts.generate(text=TEXT, voice_id=VOICE, language="en", **wish)
            same(audio.sample_rate, rate, f"rate of {wish}")
            same(len(audio.audio), audio.samples * size, f"bytes of {wish}")
            holds(abs(audio.samples - seconds * rate) <= 2, f"{audio.samples} samples of {wish}")


@checks
def long_text(service):
    """generate speaks a text of 400 words to its end"""
    text = " ".join(f"Word{number}." for number in range(400))
    with service.open() as client:
        heard = client.tts.generate(text=text, voice_id=VOICE, language="en")
    same(heard.samples, sum(length(word) for word in text.split()), "samples")
    same_sound(heard.audio[-200_000:], tone(" ".join(text.split()[-80:]))[-200_000:])


@checks
def beyond_ascii(service):
    """generate speaks text beyond ASCII, escaped as the SDK does"""
    text = "Grüße aus Köln, 東京 und 🎵 dazu."
    with service.open() as client:
        heard = client.tts.generate(text=text, voice_id=VOICE, language="de", normalize=False)
    same_sound(heard.audio, tone(text))


@checks
def unknown_voice(service):
    """an unknown voice is NotFoundError"""
    with service.open() as client:
        error = raises(NotFoundError, lambda: client.tts.generate(
            text=TEXT, voice_id=987654, language="en"))
    same((error.status_code, error.error_code), (404, "NOT_FOUND"), "error")


@checks
def bad_speed(service):
    """a tempo out of range is ValidationError"""
    with service.open() as client:
        error = raises(ValidationError, lambda: client.tts.generate(
            text=TEXT, voice_id=VOICE, language="en", speed=3.0))
    same((error.status_code, error.error_code), (400, "VALIDATION_ERROR"), "error")


@checks
def no_voice(service):
    """a missing voice is ValidationError with its own code"""
    with service.open() as client:
        error = raises(ValidationError, lambda: client.tts.generate(text=TEXT, language="en"))
    same(error.error_code, "MISSING_VOICE_ID", "error")


@checks
async def empty_text(service):
    """an empty text is ValidationError, and the connection goes on"""
    client = service.open()
    for text in ("", "   "):
        await raises_async(ValidationError, client.tts.generate_async(
            text=text, voice_id=VOICE, language="en"))
    audio = await client.tts.generate_async(text="Still here.", voice_id=VOICE, language="en")
    same_sound(audio.audio, tone("Still here."))
    await client.aclose()


@checks
def too_long(service):
    """a text over 10,000 characters is ValidationError"""
    with service.open() as client:
        raises(ValidationError, lambda: client.tts.generate(
            text="a" * 10_001, voice_id=VOICE, language="en"))


@checks
def bad_values(service):
    """unknown models, languages and formats are ValidationErrors"""
    with service.open() as client:
        for wish in (
            {"model_id": "kugel-99"}, {"language": "xx"}, {"language": "en-US"},
            {"output_format": "mp3"}, {"output_format": "ulaw_8000", "sample_rate": 16000},
            {"sample_rate": 12345}, {"temperature": 1.5},
        ):
            raises(ValidationError, lambda: client.tts.generate(
                **{"text": TEXT, "voice_id": VOICE, "language": "en"} | wish))


@checks
async def bad_key(service):
    """a wrong key is AuthenticationError, over both sockets and in requests"""
    client = service.open(api_key="ka_wrong")
    await raises_async(AuthenticationError, client.tts.generate_async(
        text=TEXT, voice_id=VOICE, language="en"))
    session = client.tts.streaming_session(voice_id=VOICE, language="en")
    error = await raises_async(AuthenticationError, session.connect())
    same((error.status_code, error.error_code), (401, "UNAUTHORIZED"), "error")
    raises(AuthenticationError, lambda: client.voices.list(limit=1))
    await client.aclose()
