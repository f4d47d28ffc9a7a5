"""First bytes as the official Python SDK lets them be timed: bench_sdk.py URL VOICE FILE TURNS.

Prints for each warm turn the seconds from asking to the first audio.
"""

import asyncio
import sys
import time

from kugelaudio import KugelAudio
from kugelaudio.models import AudioChunk


async def measure(url, voice, text, turns):
    client = KugelAudio(api_key="ka_benchmark", api_url=url)
    for turn in range(turns + 2):
        begin, first = time.perf_counter(), None
        async for item in client.tts.stream_async(text, voice_id=voice):
            if first is None and isinstance(item, AudioChunk):
                first = time.perf_counter() - begin
        # Two warm up the connection.
        if turn >= 2:
            print(first)
    await client.aclose()


def main():
    url, voice, file, turns = sys.argv[1:]
    with open(file) as source:
        text = source.read()
    asyncio.run(measure(url, int(voice), text, int(turns)))


main()
