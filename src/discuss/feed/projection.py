"""Applies articles' facts to Redis: atomically, and only if they are newer than what Redis holds."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from redis.asyncio import Redis

from discuss.domain.articles import Article
from discuss.domain.instants import to_micros
from discuss.feed import facts, keys
from discuss.feed.facts import Position
from discuss.feed.manner import Manner
from discuss.feed.scripts import Scripts

WINDOW = 1000
"""How many rows of each site Redis holds; pages beyond them are read from PostgreSQL."""

KEPT = 2 * WINDOW
"""For how many articles outside the window Redis remembers when they left."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the life of a feed. What is read from PostgreSQL after it cannot be older than what was applied before it."""

    epoch: str
    seq: int


def _age(article: Article, *, shown: bool) -> int:
    """The age that Redis compares. In the same version, shown beats hidden: time alone can publish an article, but never withdraw it."""
    return 2 * article.version + shown


class Projection:
    """The writing side of the feed. Every method raises `RedisError` while Redis is away."""

    def __init__(self, redis: Redis, window: int = WINDOW, kept: int = KEPT) -> None:
        self._redis = redis
        self._scripts = Scripts(redis, "begin", "apply", "finish", "sound")
        self._kept = kept
        self.window = window

    async def mark(self, slug: str) -> Mark | None:
        """Take it before reading facts. None: there is no feed, and whoever builds it will read them."""
        found = cast("Awaitable[list[bytes | None]]", self._redis.hmget(keys.state(slug), ["epoch", "seq"]))
        epoch, seq = await found
        return None if epoch is None else Mark(epoch.decode(), int(seq or 0))

    async def apply(
        self, slug: str, mark: Mark, articles: Sequence[Article], now: datetime, *, anti_bump: bool
    ) -> bool:
        """False: `mark` can no longer vouch for these facts; take a new one and read them again.

        Articles that readers may not see at `now` leave the feed. Pass all editions of a row together.
        """
        arguments: list[Any] = [slug, keys.CHANNEL, mark.epoch, mark.seq, self.window, self._kept]
        for article in articles:
            shown = article.shown_at(now)
            score = to_micros(article.active_at(anti_bump=anti_bump)) if shown else ""
            said = facts.encode(facts.of(article)) if shown else b""
            arguments += [
                str(article.id), _age(article, shown=shown), str(article.row_id), score, said, article.views
            ]  # fmt: skip
        return int(await self._scripts.run("apply", slug, *arguments)) >= 0

    async def unsound(self, slugs: Sequence[str]) -> list[str]:
        """The sites whose feed is missing or damaged, was built before the server restarted, or has lost too many rows."""
        return [slug for slug in slugs if not int(await self._scripts.run("sound", slug, self.window // 2))]

    async def begin(self, slug: str, epoch: str, *, joint: bool, manner: Manner | None = None) -> str:
        """Empties a feed and begins a new `epoch` of it. Returns the server's run id, for `finish`."""
        written = "" if manner is None else manner.written
        return str((await self._scripts.run("begin", slug, epoch, int(joint), written)).decode())

    async def finish(self, slug: str, epoch: str, run_id: str, edge: Position | None) -> bool:
        """Marks a feed as built, so that readers trust it. False: it was flushed or damaged, or Redis restarted, while it was filled.

        `edge` is the newest row that was left out; None: there is none.
        """
        await cast("Awaitable[int]", self._redis.sadd(keys.SITES, slug))
        limit = "" if edge is None else f"{edge[0]} {edge[1]}"
        return bool(await self._scripts.run("finish", slug, slug, keys.CHANNEL, epoch, run_id, limit))

    async def reconciled(self, slug: str, wrong: int, at: datetime) -> None:
        """Records that the feed was compared with PostgreSQL, and in how many articles it differed."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hincrby(keys.drift(slug), "total", wrong)
            pipe.hset(keys.drift(slug), "looked_at", str(int(at.timestamp())))
            await pipe.execute()
