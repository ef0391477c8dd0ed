"""How often: counted in Redis for all processes together, or here alone while Redis is away."""

import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from discuss.errors import RateLimited

Window = MovingWindowRateLimiter

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """`what` is counted for each `who`: `per_minute` times, in a window that moves."""

    what: str
    who: str
    per_minute: int

    @property
    def key(self) -> tuple[RateLimitItemPerMinute, str, str]:
        return RateLimitItemPerMinute(self.per_minute), self.what, self.who


class Limiter:
    def __init__(self, redis_url: str) -> None:
        """`redis_url` as redis-py takes it: redis://, rediss:// or unix://."""
        scheme = "async+redis+" if redis_url.startswith("unix:") else "async+"
        self._shared = Window(
            RedisStorage(
                scheme + redis_url, implementation="redispy", socket_timeout=0.25, socket_connect_timeout=0.25
            )
        )
        self._local = Window(MemoryStorage())

    async def check(self, limit: Limit) -> None:
        """Counts one more. Raises `RateLimited` when that is one too many."""
        await self._ask(lambda window: window.hit(*limit.key), limit)

    async def require(self, limit: Limit) -> None:
        """Counts nothing. Raises `RateLimited` when one more would be too many."""
        await self._ask(lambda window: window.test(*limit.key), limit)

    async def count(self, limit: Limit) -> None:
        """Counts one more and says nothing: for failures that are told in another way."""
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
    """0: it is fine. Else the seconds until the oldest one counted leaves the window."""
    if await question(window):
        return 0
    free_at = (await window.get_window_stats(*limit.key)).reset_time
    return max(1, math.ceil(free_at - time.time()))
