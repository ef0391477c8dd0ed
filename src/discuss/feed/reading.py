"""Reads a site's feed from Redis: first all of it, afterwards what changed."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import structlog
from redis.asyncio import Redis

from discuss.feed import facts, keys, manner
from discuss.feed.facts import Placed, Position
from discuss.feed.manner import Manner
from discuss.feed.scripts import Scripts

HEAD, ENTRY = 7, 5
"""How many parts the script returns before the entries, and for each entry."""

UNSEEN = b"-"
"""The place of an article that the feed does not hold and never held."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed up to `seq`, or, with `whole`, everything there is.

    `placed` are the articles that are in the feed now, `gone` those that are not, with the `seq` at which they left.
    `edge`: rows at or below it are in PostgreSQL only. `views`: how often the articles in the feed were seen. `unseen`: whether
    other articles changed that this feed never held. Their ids stay secret: such an article may be scheduled for tomorrow.
    """

    epoch: str
    seq: int
    floor: int
    edge: Position | None
    joint: bool
    whole: bool
    placed: Sequence[Placed]
    gone: Mapping[str, int]
    unseen: bool = False
    views: Mapping[str, int] = field(default_factory=dict)
    manner: Manner | None = None

    @property
    def left_beyond(self) -> bool:
        """Whether an article that only PostgreSQL showed may have left. A feed without an edge holds all that is shown."""
        return self.unseen and self.edge is not None


class Reader:
    """The reading side of the feed. Every method raises `RedisError` while Redis is away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._scripts = Scripts(redis, "read")

    async def read(self, slug: str, epoch: str = "", seq: int = 0) -> Delta | None:
        """What changed after `seq`; None while the feed is missing, damaged or being built, or may be older than what the caller has.

        A feed that cannot be decoded, such as one that another release wrote, counts as missing and will be rebuilt.
        """
        found = cast("list[bytes] | None", await self._scripts.run("read", slug, epoch, seq))
        try:
            return None if found is None else _delta(found)
        except ValueError as error:  # including msgspec's errors
            log.warning("feed.unintelligible", site=slug, error=str(error))
            await cast("Awaitable[int]", self._redis.hdel(keys.state(slug), "built"))
            return None

    async def seqs(self, slugs: Sequence[str]) -> list[tuple[str, int]]:
        """Epoch and seq of many feeds in one round trip: cheap enough to ask every second."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for slug in slugs:
                pipe.hmget(keys.state(slug), ["epoch", "seq"])
            return [((epoch or b"").decode(), int(seq or 0)) for epoch, seq in await pipe.execute()]

    async def drift(self, slug: str) -> tuple[int, int]:
        """How many articles were ever found wrong in the feed, and when it was last compared, in Unix seconds; 0: never."""
        found = cast(
            "Awaitable[list[bytes | None]]", self._redis.hmget(keys.drift(slug), ["total", "looked_at"])
        )
        total, looked_at = await found
        return int(total or 0), int(looked_at or 0)

    async def views(self, slug: str) -> dict[str, int]:
        """Article id to views, for the articles in the feed."""
        found = await cast("Awaitable[dict[bytes, bytes]]", self._redis.hgetall(keys.views(slug)))
        return {name.decode(): int(count) for name, count in found.items()}


def _delta(found: Sequence[bytes]) -> Delta:
    epoch, seq, floor, edge, joint, written, whole = (part.decode() for part in found[:HEAD])
    entries = [found[i : i + ENTRY] for i in range(HEAD, len(found), ENTRY)]
    return Delta(
        epoch, int(seq), int(floor), _edge(edge), joint == "1", whole == "1",
        [_placed(entry) for entry in entries if entry[2] not in {b"", UNSEEN}],
        {entry[0].decode(): int(entry[1]) for entry in entries if not entry[2]},
        any(entry[2] == UNSEEN for entry in entries),
        {entry[0].decode(): int(entry[4]) for entry in entries if entry[4]},
        manner.read(written),
    )  # fmt: skip


def _edge(written: str) -> Position | None:
    at, _, row_id = written.partition(" ")
    return (int(at), row_id) if written else None


def _placed(entry: Sequence[bytes]) -> Placed:
    row_id, _, at = entry[2].decode().partition(" ")
    return Placed(facts.decode(entry[3]), row_id, int(at), int(entry[1]))
