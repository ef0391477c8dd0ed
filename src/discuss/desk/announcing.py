"""Tells every API process what happened to comments, once the transaction is committed."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

from discuss.desk.news import CHANNEL, MOST_IDS, Kind, News, encode

MOST_WAITING = 1000
"""Pieces of news being sent; further ones are dropped. Consoles read everything again once Redis is back."""


class Announcer:
    """Never waits and never fails: if news is lost, consoles see the change when they next read everything again."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._waiting: set[asyncio.Task[None]] = set()

    def tell(self, site_id: UUID, kind: Kind, comments: Sequence[UUID]) -> None:
        """To be called after the commit, because consoles then read the change.

        No ids: anything in the site's queues may have changed.
        """
        if len(self._waiting) < MOST_WAITING:
            named = list(comments) if len(comments) <= MOST_IDS else []
            task = asyncio.create_task(self._publish(News(site_id, kind, named)))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def _publish(self, news: News) -> None:
        with suppress(RedisError, OSError):
            await self._redis.publish(CHANNEL, encode(news))

    async def stop(self) -> None:
        """Waits until all news on its way has been sent."""
        await asyncio.gather(*self._waiting, return_exceptions=True)
