"""Reads a site's feed from Redis in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from discuss.feed import keys

# KEYS: order, rows, state. ARGV: how many rows. A feed that is not built, or lacks a row, is no answer.
READ = """
local state = redis.call('HMGET', KEYS[3], 'built', 'epoch', 'seq')
if not state[1] then return false end
local mark = (state[2] or '') .. '.' .. (state[3] or '')
local ids = redis.call('ZRANGE', KEYS[1], 0, tonumber(ARGV[1]) - 1, 'REV')
if #ids == 0 then return {mark} end
local rows = redis.call('HMGET', KEYS[2], unpack(ids))
for i = 1, #rows do
  if not rows[i] then return false end
end
table.insert(rows, 1, mark)
return rows
"""


@dataclass(frozen=True, slots=True)
class Page:
    """The newest rows, newest first, and the mark (`epoch.seq`) they were read at: it moves with every change."""

    mark: str
    rows: Sequence[bytes]


class Reader:
    """The reading side of the feed. Every method raises `RedisError` while Redis is away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._read = redis.register_script(READ)

    async def read(self, slug: str, limit: int) -> Page | None:
        """None while the feed is missing or being rebuilt."""
        found: Any = await self._read(
            keys=[keys.order(slug), keys.rows(slug), keys.state(slug)], args=[limit]
        )
        return None if found is None else Page(found[0].decode(), found[1:])

    async def marks(self, slugs: Sequence[str]) -> list[str]:
        """The marks of many feeds in one round trip: cheap enough to ask every second."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for slug in slugs:
                pipe.hmget(keys.state(slug), ["epoch", "seq"])
            return [".".join((part or b"").decode() for part in pair) for pair in await pipe.execute()]

    async def everything(self, slug: str) -> tuple[list[tuple[str, int]], dict[str, bytes]]:
        """The whole order with its scores, and every row, for `discuss verify`."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zrange(keys.order(slug), 0, -1, desc=True, withscores=True)
            pipe.hgetall(keys.rows(slug))
            order, rows = await pipe.execute()
        scores = [(member.decode(), int(score)) for member, score in order]
        return scores, {name.decode(): row for name, row in rows.items()}
