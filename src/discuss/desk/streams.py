"""Receives the news of all processes and passes it on to the consoles connected to this one."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from uuid import UUID

import msgspec
from redis.asyncio import Redis

from discuss.desk.news import CHANNEL, News, decode
from discuss.ending import end
from discuss.subscribing import subscribe

LASTS = 300.0
"""Seconds after which a console is disconnected. It reconnects soon, and its credentials and permissions are checked again."""

HEARTBEAT = 15.0
"""Seconds of silence after which a console is told that it is still connected."""

MOST_OPEN = 500
"""Consoles connected to one process: moderators are few, and each may have several tabs open."""

MOST_BEHIND = 256
"""Pieces of news a console may fall behind before it is told to read everything again."""

BEGIN = b"id: 1\nretry: 5000\n\n"
"""The id is always the same. A console that reconnects sends it, and so tells that it may have missed something."""

END = b"retry: 1000\n\n"
BEAT = b": \n\n"
RESET = b"event: reset\ndata: {}\n\n"


class Consoles:
    """`closed` is done once all consoles are to be disconnected."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._open: dict[UUID, set[asyncio.Queue[bytes]]] = defaultdict(set)
        self._tasks: list[asyncio.Task[None]] = []
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def listeners(self) -> int:
        return sum(map(len, self._open.values()))

    def close(self) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def start(self) -> None:
        listening = subscribe(self._redis, CHANNEL, self._heard, joined=self._reset)
        self._tasks = [asyncio.create_task(listening)]

    async def stop(self) -> None:
        await end(self._tasks)

    def _heard(self, data: bytes) -> None:
        if (news := decode(data)) is not None:
            self.hear(news)

    def _reset(self) -> None:
        """Tells all consoles to read everything again: news sent during the disconnection is lost."""
        for consoles in self._open.values():
            for console in consoles:
                _hand(console, RESET)

    def hear(self, news: News) -> None:
        data = msgspec.json.encode({"comments": news.comments})
        for console in self._open.get(news.site_id, ()):
            _hand(console, b"event: %s\ndata: %s\n\n" % (news.kind.encode(), data))

    def listen(self, site_id: UUID, *, again: bool = False) -> AsyncIterator[bytes]:
        """Events for one site as they come, and heartbeats in between, for `LASTS` seconds. `again`: the console reconnects."""
        return self._events(site_id, asyncio.Queue(MOST_BEHIND), again)

    async def _events(
        self, site_id: UUID, console: asyncio.Queue[bytes], again: bool
    ) -> AsyncIterator[bytes]:
        self._open[site_id].add(console)
        clock = asyncio.get_running_loop().time
        over = clock() + LASTS
        try:
            yield BEGIN + RESET if again else BEGIN
            while clock() < over:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        said = await console.get()
                except TimeoutError:
                    said = BEAT
                yield said
            yield END
        finally:
            self._open[site_id].discard(console)
            if not self._open[site_id]:
                del self._open[site_id]


def _hand(console: asyncio.Queue[bytes], said: bytes) -> None:
    """Queues an event; a console that has fallen too far behind gets a single `reset` instead."""
    if console.full():
        while not console.empty():
            console.get_nowait()
        said = RESET
    console.put_nowait(said)
