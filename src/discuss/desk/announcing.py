"""Tells every API process what happened to comments, after the transaction that did it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

from discuss.desk.news import CHANNEL, MOST_IDS, Kind, News, encode

MOST_WAITING = 1000
"""Pieces of news on their way. While Redis is away the rest is dropped: consoles look for themselves as well."""


class Announcer:
    """Never waits and never fails: lost news costs the consoles the wait for their next look."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._waiting: set[asyncio.Task[None]] = set()

    def tell(self, site_id: UUID, kind: Kind, comments: Sequence[UUID]) -> None:
        """After the commit: whoever hears it reads. No ids: something in this site's queues, whatever it is."""
        if len(self._waiting) < MOST_WAITING:
            named = list(comments) if len(comments) <= MOST_IDS else []
            task = asyncio.create_task(self._publish(News(site_id, kind, named)))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def _publish(self, news: News) -> None:
        with suppress(RedisError, OSError):
            await self._redis.publish(CHANNEL, encode(news))

    async def stop(self) -> None:
        """What is on its way still leaves."""
        await asyncio.gather(*self._waiting, return_exceptions=True)
