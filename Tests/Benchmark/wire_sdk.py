"""What the official Python SDK needs for the same: wire_sdk.py URL VOICE FILE TURNS TARGET.

The text of FILE is asked for TURNS times on one pooled socket, the samples go to TARGET.
"""

import asyncio
import sys

from kugelaudio import KugelAudio
from kugelaudio.models import AudioChunk


async def speak(url, voice, text, turns, target):
    client = KugelAudio(api_key="ka_benchmark", api_url=url)
    for _ in range(turns):
        async for item in client.tts.stream_async(text, voice_id=voice):
            if isinstance(item, AudioChunk):
                target.write(item.audio)
    await client.aclose()


def main():
    url, voice, file, turns, target = sys.argv[1:]
    with open(file) as source:
        text = source.read()
    with open(target, "wb") as output:
        asyncio.run(speak(url, int(voice), text, int(turns), output))


main()
