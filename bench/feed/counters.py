"""What the stores themselves counted: how many commands and transactions a poll costs."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, cast

from bench.feed.stack import Stack

SETTLE = 11.0
"""Seconds after which PostgreSQL's processes have told what they counted: an idle one keeps it for ten."""

_TRANSACTIONS = """
SELECT coalesce(sum(xact_commit + xact_rollback), 0) FROM pg_stat_database WHERE datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """Commands to Redis, scripts' own included, and transactions of PostgreSQL; one statement alone is a transaction."""

    redis: int
    postgresql: int

    def __sub__(self, other: "Counted") -> "Counted":
        return Counted(self.redis - other.redis, self.postgresql - other.postgresql)


def counted(stack: Stack) -> Counted:
    """Asking costs one command and one transaction or two; both windows pay the same."""
    return Counted(redis_commands(stack), int(stack.sql(lambda sql: sql.fetchval(_TRANSACTIONS))))


def redis_commands(stack: Stack) -> int:
    with stack.redis() as redis:
        stats = cast("dict[str, dict[str, Any]]", redis.info("commandstats"))
    return sum(int(one["calls"]) for one in stats.values())


def during(stack: Stack, work: Callable[[], None]) -> Counted:
    before = counted(stack)
    work()
    time.sleep(SETTLE)
    return counted(stack) - before


@dataclass(frozen=True, slots=True)
class Cost:
    """`idle` is a window of the same length in which nobody asked."""

    requests: int
    busy: Counted
    idle: Counted

    def each(self) -> dict[str, float]:
        """Per request, without what goes on anyway."""
        more = self.busy - self.idle
        return {name: number / max(self.requests, 1) for name, number in asdict(more).items()}

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "each": self.each()}


def cost(stack: Stack, ask: Callable[[], int]) -> Cost:
    """`ask` makes the requests and tells how many they were."""
    time.sleep(SETTLE)  # what went on before is not to be counted here
    asked: list[int] = []
    began = time.monotonic()
    busy = during(stack, lambda: asked.append(ask()))
    length = time.monotonic() - began - SETTLE
    idle = during(stack, lambda: time.sleep(length))
    return Cost(asked[0], busy, idle)
