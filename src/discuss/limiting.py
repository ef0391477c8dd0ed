"""Rate limits, counted in Redis for all processes together, or in this process alone while Redis is away."""

import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import Redis
from redis.exceptions import RedisError

from discuss.errors import RateLimited

Window = MovingWindowRateLimiter

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """`who` may do `what` at most `per_minute` times in a moving window."""

    what: str
    who: str
    per_minute: int

    @property
    def key(self) -> tuple[RateLimitItemPerMinute, str, str]:
        return RateLimitItemPerMinute(self.per_minute), self.what, self.who


class Counters(RedisStorage):
    """Counts through a given client. `limits` would make its own, and the one it makes for a cluster can give up for good."""

    STORAGE_SCHEME: list[str] = []  # noqa: RUF012  - as `limits` declares it; no scheme leads here
    bridge: RedispyBridge

    def __init__(self, redis: Redis) -> None:
        self._redis: Any = redis  # `limits` declares types other than redis-py's
        super().__init__("async+redis://", implementation="redispy")

    def configure_bridge(self) -> None:
        self.bridge.connection_getter = lambda _: self._redis


class Limiter:
    def __init__(self, redis: Redis) -> None:
        self._shared = Window(Counters(redis))
        self._local = Window(MemoryStorage())

    async def check(self, limit: Limit) -> None:
        """Counts one more. Raises `RateLimited` if that is one too many."""
        await self._ask(lambda window: window.hit(*limit.key), limit)

    async def require(self, limit: Limit) -> None:
        """Counts nothing. Raises `RateLimited` if one more would be too many."""
        await self._ask(lambda window: window.test(*limit.key), limit)

    async def count(self, limit: Limit) -> None:
        """Counts one more without raising `RateLimited`: for failures that are reported in another way."""
        try:
            await self.check(limit)
        except RateLimited:
            return

    async def _ask(self, question: Callable[[Window], Awaitable[bool]], limit: Limit) -> None:
        try:
            wait = await _answer(self._shared, question, limit)
        except (RedisError, OSError) as error:
            log.warning("limits.local", error=type(error).__name__)
            wait = await _answer(self._local, question, limit)
        if wait:
            raise RateLimited(retry_after=wait)


async def _answer(window: Window, question: Callable[[Window], Awaitable[bool]], limit: Limit) -> int:
    """0 if it is allowed, else the seconds until the oldest one counted leaves the window."""
    if await question(window):
        return 0
    free_at = (await window.get_window_stats(*limit.key)).reset_time
    return max(1, math.ceil(free_at - time.time()))
