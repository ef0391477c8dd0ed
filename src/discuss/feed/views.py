"""Views on their way to PostgreSQL: how many different readers an article had in an hour, but not who they were.

A HyperLogLog keeps no members, and what goes into it is hashed with a random salt, which Redis keeps for each site and hour
and forgets soon after. `dirty` names what changed since it was last written to PostgreSQL; only what is written leaves it.
"""

import secrets
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from hashlib import blake2b
from typing import cast
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from discuss.domain.views import ViewedHour, hour_of
from discuss.feed import keys

MOST_DIRTY = 100_000
"""How many articles' hours may wait to be written: made-up ids cannot fill Redis."""

PER_MINUTE = 600
"""Beacons accepted from one address: whole companies and mobile networks share one."""

KEPT = timedelta(hours=3)
"""From the beginning of an hour until its readers are forgotten: two hours after its end."""

BATCH = 500
STAMP = "%Y-%m-%dT%H"

# KEYS: readers of the hour, dirty, salt, callers of the minute, state of the feed.
# ARGV: reader, caller, new salt, entry, when the readers expire, most for each caller, most that may be dirty.
COUNT = """
if redis.call('EXISTS', KEYS[5]) == 0 then return 1 end
redis.call('SET', KEYS[3], ARGV[3], 'NX', 'EX', 3900)
local salt = redis.call('GET', KEYS[3])
local calls = redis.call('HINCRBY', KEYS[4], redis.sha1hex(salt .. ARGV[2]), 1)
redis.call('EXPIRE', KEYS[4], 120)
if calls > tonumber(ARGV[6]) then return 2 end
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[7]) and redis.call('SISMEMBER', KEYS[2], ARGV[4]) == 0 then return 3 end
if redis.call('PFADD', KEYS[1], redis.sha1hex(salt .. ARGV[1])) == 1 then
  redis.call('EXPIREAT', KEYS[1], ARGV[5])
  redis.call('SADD', KEYS[2], ARGV[4])
end
return 0
"""

# KEYS: dirty, facts, views, state of the feed, then the readers of each entry.
# ARGV: for each entry: entry, readers written, article id, total ('' = no such article here).
# While a feed is being built, its facts may have been read before these totals: the entries stay dirty, and are told again.
SETTLE = """
local built = redis.call('HEXISTS', KEYS[4], 'built') == 1
for i = 5, #KEYS do
  local at = 4 * (i - 5)
  local entry, written, id, total = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
  if total == '' then redis.call('DEL', KEYS[i]) end
  if total == '' or (built and redis.call('PFCOUNT', KEYS[i]) == tonumber(written)) then
    redis.call('SREM', KEYS[1], entry)
  end
  if total ~= '' and redis.call('HEXISTS', KEYS[2], id) == 1
    and tonumber(redis.call('HGET', KEYS[3], id) or 0) < tonumber(total) then
    redis.call('HSET', KEYS[3], id, total)
  end
end
"""

log = structlog.get_logger()


class Outcome(IntEnum):
    """The first four are what the script returns."""

    TAKEN = 0
    NO_FEED = 1
    TOO_OFTEN = 2
    CROWDED = 3
    AWAY = 4


def dirty(slug: str) -> str:
    """Set: each `hour:article` whose readers are not written to PostgreSQL yet."""
    return f"discuss:{{{slug}}}:views:dirty"


def readers(slug: str, entry: str) -> str:
    """HyperLogLog: the readers of `hour:article`."""
    return f"discuss:{{{slug}}}:views:{entry}"


def salt(slug: str, hour: str) -> str:
    """String: what readers are hashed with in this hour."""
    return f"discuss:{{{slug}}}:views:{hour}:salt"


def callers(slug: str, minute: str) -> str:
    """Hash: a salted address to its beacons in this minute."""
    return f"discuss:{{{slug}}}:views:{minute}:callers"


def _entry(viewed: ViewedHour) -> str:
    return f"{viewed.hour:{STAMP}}:{viewed.article_id}"


def _viewed(entry: bytes) -> ViewedHour:
    hour, _, article_id = entry.decode().partition(":")
    return ViewedHour(UUID(article_id), datetime.strptime(f"{hour}+0000", f"{STAMP}%z"))


def _digest(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Views:
    """Every method but `count` raises `RedisError` while Redis is away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._count = redis.register_script(COUNT)
        self._settle = redis.register_script(SETTLE)
        self._away = False

    async def count(
        self, slug: str, article_id: UUID, address: str, user_agent: str, now: datetime
    ) -> Outcome:
        """One round trip. A reader is an address together with a browser."""
        viewed = ViewedHour(article_id, hour_of(now))
        entry = _entry(viewed)
        names = [
            readers(slug, entry), dirty(slug), salt(slug, f"{now:{STAMP}}"),
            callers(slug, f"{now:{STAMP}:%M}"), keys.state(slug),
        ]  # fmt: skip
        arguments: list[bytes | str | int] = [
            _digest(address, user_agent), _digest(address), secrets.token_bytes(16), entry,
            int((viewed.hour + KEPT).timestamp()), PER_MINUTE, MOST_DIRTY,
        ]  # fmt: skip
        try:
            outcome = Outcome(await self._count(keys=names, args=arguments))
        except (RedisError, OSError) as error:
            self._complain(error)
            return Outcome.AWAY
        self._away = False
        return outcome

    def _complain(self, error: Exception) -> None:
        """Logs once each time Redis goes away: beacons come by the thousand."""
        if not self._away:
            log.warning("views.lost", error=type(error).__name__)
        self._away = True

    async def unwritten(self, slug: str) -> AsyncIterator[Sequence[ViewedHour]]:
        """What is dirty, in batches. What becomes dirty meanwhile may or may not be included."""
        batch: set[bytes] = set()
        async for entry in self._redis.sscan_iter(dirty(slug), count=BATCH):
            batch.add(entry)
            if len(batch) >= BATCH:
                yield [_viewed(entry) for entry in batch]
                batch = set()
        if batch:
            yield [_viewed(entry) for entry in batch]

    async def crowded(self, slug: str) -> bool:
        """Whether so much waits to be written that nothing new is accepted."""
        return await cast("Awaitable[int]", self._redis.scard(dirty(slug))) >= MOST_DIRTY

    async def counted(self, slug: str, hours: Sequence[ViewedHour]) -> Mapping[ViewedHour, int]:
        """Different readers so far, within about one per cent; 0 for what has expired."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for viewed in hours:
                # The client's own method is refused in a cluster, because it can ask for several keys at once.
                pipe.execute_command("PFCOUNT", readers(slug, _entry(viewed)))
            return dict(zip(hours, await pipe.execute(), strict=True))

    async def settle(self, slug: str, written: Mapping[ViewedHour, int], totals: Mapping[UUID, int]) -> None:
        """Call it after the commit. Tells the feed the totals and, once it is built, forgets what was written and has not changed since.

        Entries that belong to no article of the site are forgotten together with their readers.
        """
        names = [dirty(slug), keys.facts(slug), keys.views(slug), keys.state(slug)]
        arguments: list[str | int] = []
        for viewed, count in written.items():
            names.append(readers(slug, _entry(viewed)))
            arguments += [_entry(viewed), count, str(viewed.article_id), totals.get(viewed.article_id, "")]
        await self._settle(keys=names, args=arguments)
