"""What the stores themselves counted: how many commands and transactions a poll costs."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, cast

from bench.feed import bars
from bench.feed.stack import Stack

SETTLE = 11.0
"""Seconds after which PostgreSQL's processes have reported what they counted: an idle one holds it back for ten."""

TRIES = 3
"""How often to count if the result is too high. What the worker does every few minutes falls into one window, what a request costs into all."""

_TRANSACTIONS = """
SELECT coalesce(sum(xact_commit + xact_rollback), 0) FROM pg_stat_database WHERE datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """Commands to Redis, including those inside scripts, and transactions of PostgreSQL; a single statement is a transaction."""

    redis: int
    postgresql: int

    def __sub__(self, other: "Counted") -> "Counted":
        return Counted(self.redis - other.redis, self.postgresql - other.postgresql)

    def over(self, seconds: float, others: float) -> "Counted":
        """The counts scaled from `seconds` to `others`: two windows are never equally long to the millisecond."""
        return Counted(round(self.redis * others / seconds), round(self.postgresql * others / seconds))


def counted(stack: Stack) -> Counted:
    """Asking costs one command and one transaction or two; both windows pay the same."""
    return Counted(redis_commands(stack), int(stack.sql(lambda sql: sql.fetchval(_TRANSACTIONS))))


def redis_commands(stack: Stack) -> int:
    with stack.redis() as redis:
        stats = cast("dict[str, dict[str, Any]]", redis.info("commandstats"))
    return sum(int(one["calls"]) for one in stats.values())


def during(stack: Stack, work: Callable[[], object]) -> tuple[Counted, float]:
    """What the stores counted meanwhile, and how many seconds lay between the two readings."""
    began, before = time.monotonic(), counted(stack)
    work()
    time.sleep(SETTLE)
    return counted(stack) - before, time.monotonic() - began


@dataclass(frozen=True, slots=True)
class Cost:
    """`idle` is what is counted in a window of the same length in which nobody asks."""

    requests: int
    busy: Counted
    idle: Counted

    def each(self) -> dict[str, float]:
        """Per request, without what goes on anyway."""
        more = self.busy - self.idle
        return {name: number / max(self.requests, 1) for name, number in asdict(more).items()}

    def agrees(self, other: "Cost") -> bool:
        """Whether a request costs the same in both, as far as windows with one sweep more or less can tell."""
        mine, theirs = self.each(), other.each()
        return all(abs(mine[store] - theirs[store]) < bars.PER_REQUEST for store in mine)

    @property
    def is_free(self) -> bool:
        """Whether polls cost neither store anything."""
        return all(each < bars.PER_POLL for each in self.each().values())

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "each": self.each()}


def cost(stack: Stack, ask: Callable[[], int]) -> Cost:
    """`ask` makes the requests and returns how many there were."""
    time.sleep(SETTLE)  # what went on before must not be counted here
    asked: list[int] = []
    busy, length = during(stack, lambda: asked.append(ask()))
    idle, waited = during(stack, lambda: time.sleep(length - SETTLE))
    return Cost(asked[0], busy, idle.over(waited, length))
