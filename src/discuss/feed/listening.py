"""One listener per process: hears announcements, and looks for itself every second in case one was lost."""

import asyncio
from collections.abc import Awaitable
from itertools import count
from typing import cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from discuss.domain.sites import SLUG
from discuss.ending import end
from discuss.feed import keys
from discuss.feed.snapshots import Snapshots
from discuss.subscribing import subscribe

log = structlog.get_logger()

LOOK = 1.0
"""Seconds for which a lost announcement can go unnoticed."""

COUNT_EVERY = 60
"""The views are read once in this many looks: about once a minute."""


class Listener:
    """`connected` tells whether Redis answered the last time."""

    def __init__(self, redis: Redis, snapshots: Snapshots) -> None:
        self._redis = redis
        self._snapshots = snapshots
        self._sites: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self.connected = False

    def follow(self, slug: str) -> None:
        self._sites.add(slug)

    @property
    def followed(self) -> list[str]:
        return sorted(self._sites)

    def start(self) -> None:
        listening = subscribe(self._redis, keys.CHANNEL, self._announced)
        self._tasks = [asyncio.create_task(one) for one in (listening, self._look())]

    async def stop(self) -> None:
        await end(self._tasks)
        self._snapshots.shelve()

    def _announced(self, data: bytes) -> None:
        """A new site is announced too, and is followed from its first feed on."""
        slug = data.decode(errors="replace")
        if SLUG.fullmatch(slug):
            self.follow(slug)
            self._snapshots.renew(slug)

    async def _discover(self) -> None:
        """Follows sites whose first announcement was lost."""
        for name in await cast("Awaitable[set[bytes]]", self._redis.smembers(keys.SITES)):
            slug = name.decode(errors="replace")
            if SLUG.fullmatch(slug):
                self.follow(slug)

    async def _look(self) -> None:
        for look in count(1):
            try:
                await self._discover()
                await self._snapshots.refresh_changed(self.followed)
                if look % COUNT_EVERY == 0:
                    await self._count_views()
                self.connected = True
            except (RedisError, OSError):
                self.connected = False
            except Exception:
                # Whatever it was: a process that stops looking would serve old rows for ever.
                log.exception("feed.look_failed")
            self._snapshots.shelve()
            await asyncio.sleep(LOOK)

    async def _count_views(self) -> None:
        for slug in self.followed:
            await self._snapshots.count_views(slug)
