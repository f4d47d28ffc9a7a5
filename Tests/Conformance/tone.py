"""The sound of the engine `tone`, from the formula in its documentation."""

import array
import functools

WIDE = 0xFFFFFFFF


def _seed(word, voice):
    seed = 2166136261
    for byte in word.encode():
        seed = (seed ^ byte) * 16777619 & WIDE
    return seed if voice == 1 else seed ^ (voice * 2654435761 & WIDE)


def length(word, speed=1.0):
    """Samples of one word."""
    return int((960 + 240 * min(len(word), 40)) / speed + 0.5)


@functools.lru_cache(maxsize=4096)
def _word(word, voice, speed):
    seed = _seed(word, voice)
    period = 40 + seed % 160
    samples = array.array("h")
    for n in range(length(word, speed)):
        x = seed + n & WIDE
        x ^= x >> 16
        x = x * 0x7FEB352D & WIDE
        x ^= x >> 15
        x = x * 0x846CA68B & WIDE
        x ^= x >> 16
        triangle = abs(2 * (n % period) - period) * 12000 // period - 6000
        samples.append(triangle + 2 * (x >> 24) - 255)
    return samples.tobytes()


def tone(text, voice=1, speed=1.0):
    """16-bit little-endian samples at 24 kHz of all words of `text`."""
    return b"".join(_word(word, voice, speed) for word in text.split())


def leading_silence(text, voice=1):
    """Milliseconds before the first sample above -50 dBFS."""
    samples = array.array("h", tone(text, voice))
    return next(n for n, sample in enumerate(samples) if abs(sample) > 103) / 24


def difference(heard, expected):
    """None where both are the same; else where they part, for people."""
    if heard == expected:
        return None
    both = min(len(heard), len(expected))
    at = next((i for i in range(0, both, 2) if heard[i : i + 2] != expected[i : i + 2]), both)
    return f"{len(heard) // 2} samples, not {len(expected) // 2}; different from sample {at // 2} on"
