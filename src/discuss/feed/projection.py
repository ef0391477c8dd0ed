"""Applies an article's facts to Redis: atomically, and only if they are newer than what Redis holds."""

from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import Any, cast

from redis.asyncio import Redis

from discuss.domain.articles import Article
from discuss.domain.instants import to_micros
from discuss.feed import keys
from discuss.feed.rows import render

# KEYS: order, rows, versions, state. ARGV: slug, channel, then id, version, score ('' = leaves the feed), row for each article.
APPLY = """
local changed = 0
for i = 3, #ARGV, 4 do
  local id, version, score, row = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local held = redis.call('HGET', KEYS[3], id)
  if not held or tonumber(held) < tonumber(version) then
    redis.call('HSET', KEYS[3], id, version)
    if score == '' then
      redis.call('ZREM', KEYS[1], id)
      redis.call('HDEL', KEYS[2], id)
    else
      redis.call('ZADD', KEYS[1], score, id)
      redis.call('HSET', KEYS[2], id, row)
    end
    changed = changed + 1
  end
end
if changed > 0 then
  redis.call('HINCRBY', KEYS[4], 'seq', 1)
  redis.call('PUBLISH', ARGV[2], ARGV[1])
end
return changed
"""

# KEYS: state. ARGV: slug, channel, epoch, run id.
FINISH = """
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], 'built', ARGV[4])
redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('PUBLISH', ARGV[2], ARGV[1])
return 1
"""

BUILD_PAGE = 500


def _age(article: Article, *, shown: bool) -> int:
    """What Redis compares. Time alone can bring an article out, and never takes it back: shown beats hidden."""
    return 2 * article.version + shown


class Projection:
    """The writing side of the feed."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._apply = redis.register_script(APPLY)
        self._finish = redis.register_script(FINISH)

    async def apply(self, slug: str, articles: Sequence[Article], now: datetime) -> int:
        """How many of these facts were news. Articles that readers may not see at `now` leave the feed.

        Raises `RedisError` while Redis is away: the outbox keeps the facts.
        """
        arguments: list[Any] = [slug, keys.CHANNEL]
        for article in articles:
            shown = article.shown_at(now)
            score = to_micros(article.last_activity_at) if shown else ""
            arguments += [
                str(article.id),
                _age(article, shown=shown),
                score,
                render(article) if shown else b"",
            ]
        return int(await self._apply(keys=keys.every(slug), args=arguments))

    async def run_id(self) -> str:
        """Who the Redis server is: a restart gives it another name, and may have cost it its last second."""
        return str((await self._redis.info("server"))["run_id"])

    async def unbuilt(self, slugs: Sequence[str]) -> list[str]:
        """The sites whose feed is missing, was flushed, or was built on a server that has restarted since."""
        run_id = await self.run_id()
        async with self._redis.pipeline(transaction=False) as pipe:
            for slug in slugs:
                pipe.hget(keys.state(slug), "built")
            built = await pipe.execute()
        return [
            slug for slug, mark in zip(slugs, built, strict=True) if mark is None or mark.decode() != run_id
        ]

    async def clear(self, slug: str, epoch: str) -> str:
        """Empties a feed and begins a new `epoch` of it; who the server is, for `finish`."""
        run_id = await self.run_id()
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(*keys.every(slug))
            pipe.hset(keys.state(slug), "epoch", epoch)
            await pipe.execute()
        return run_id

    async def finish(self, slug: str, epoch: str, run_id: str) -> bool:
        """Marks a feed as built, so that readers trust it; False: it was flushed while it was being filled."""
        await cast("Awaitable[int]", self._redis.sadd(keys.SITES, slug))
        return bool(await self._finish(keys=[keys.state(slug)], args=[slug, keys.CHANNEL, epoch, run_id]))
