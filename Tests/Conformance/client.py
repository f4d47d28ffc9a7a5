"""What the checks share: a client of the SDK for the service, and its usual answers."""

import contextlib
import urllib.request

from kugelaudio import AudioChunk, KugelAudio

VOICE = 123  # of published examples; the engine's first voice
OTHER_VOICE = 268  # the engine's second


class Client:
    def __init__(self, address, key):
        self.address, self.key = address, key

    def open_contexts(self):
        """How many contexts the service holds, by its own account."""
        request = urllib.request.Request(
            f"{self.address}/metrics", headers={"X-API-Key": self.key})
        with urllib.request.urlopen(request, timeout=10) as page:
            lines = page.read().decode().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("kugel_open_contexts "))

    def open(self, **options):
        options.setdefault("api_key", self.key)
        return KugelAudio(api_url=self.address, **options)

    @contextlib.asynccontextmanager
    async def session(self, **options):
        """A streaming session, closed at the end."""
        client = self.open()
        async with client.tts.streaming_session(**{"voice_id": VOICE, "language": "en"} | options
                                                ) as session:
            yield session
        await client.aclose()


async def sound(chunks):
    """All audio of an iterator of the SDK's."""
    return b"".join([c.audio async for c in chunks if isinstance(c, AudioChunk)])


def joined(chunks):
    return b"".join(chunk.audio for chunk in chunks)
