"""A listener between kugel's client and a KugelAudio service: it keeps what both say, and may hold some of it back."""

import asyncio
import contextlib
import http
import json
import threading
import urllib.request

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed


class Tap:
    """`asked` and `told`: messages of clients and of the service, one list a connection; `closes`: how each of the
    client's connections ended, as the close code that it sent, or nothing.

    `drop` names messages of the service that never arrive, by a member of theirs; `hang_up_after` ends a connection
    with 1001 once the service has said that.
    """

    def __init__(self, service, drop=None, hang_up_after=None):
        self.service = service.replace("http", "ws", 1)
        self.drop, self.hang_up_after = drop, hang_up_after
        self.asked, self.told, self.closes = [], [], []
        self.address = None

    def pass_on(self, client, request):
        """What is asked of the service without a socket."""
        if "Upgrade" in request.headers:
            return None
        with urllib.request.urlopen(self.service.replace("ws", "http", 1) + request.path, timeout=10) as page:
            answer = client.respond(http.HTTPStatus.OK, page.read().decode())
            answer.headers["Content-Type"] = page.headers["Content-Type"]
        return answer

    async def accept(self, client):
        number = len(self.asked)
        self.asked.append([])
        self.told.append([])
        self.closes.append(None)
        fields = {name: value for name, value in client.request.headers.raw_items()
                  if name.lower() in ("authorization", "x-api-key")}
        async with connect(self.service + client.request.path, additional_headers=fields, max_size=None,
                           proxy=None) as service:
            upward = asyncio.create_task(self.upward(client, service, self.asked[number]))
            await self.downward(service, client, self.told[number])
            await client.close()
            received = client.protocol.close_rcvd
            self.closes[number] = received.code if received else None
            upward.cancel()

    @staticmethod
    async def upward(client, service, asked):
        with contextlib.suppress(ConnectionClosed):
            async for message in client:
                asked.append(json.loads(message))
                await service.send(message)
        await service.close()

    async def downward(self, service, client, told):
        with contextlib.suppress(ConnectionClosed):
            async for message in service:
                fields = json.loads(message)
                told.append(fields)
                if self.drop and self.drop in fields:
                    continue
                await client.send(message)
                if self.hang_up_after and self.hang_up_after in fields:
                    await client.close(1001, "going away")
                    return


@contextlib.contextmanager
def tap(service, **faults):
    """A tap under way in a thread of its own, before the service at that address."""
    made = Tap(service, **faults)
    loop = asyncio.new_event_loop()
    ready, over = threading.Event(), asyncio.Event()

    async def run():
        async with serve(made.accept, "127.0.0.1", 0, max_size=None, process_request=made.pass_on) as server:
            made.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
