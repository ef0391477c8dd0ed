"""How often: counted in Redis for all processes together, or here alone while Redis is away."""

from dataclasses import dataclass
from typing import Literal

import structlog
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from discuss.errors import RateLimited

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """`what` is counted for each `who`: `per_minute` times, in a window that slides."""

    what: str
    who: str
    per_minute: int


class Limiter:
    def __init__(self, redis_url: str) -> None:
        """`redis_url` as redis-py takes it: redis://, rediss:// or unix://."""
        scheme = "async+redis+" if redis_url.startswith("unix:") else "async+"
        self._shared = SlidingWindowCounterRateLimiter(
            RedisStorage(
                scheme + redis_url, implementation="redispy", socket_timeout=0.25, socket_connect_timeout=0.25
            )
        )
        self._local = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def check(self, limit: Limit) -> None:
        """Counts one more. Raises `RateLimited` when that is one too many."""
        if not await self._ask("hit", limit):
            raise RateLimited(retry_after=max(1, 60 // limit.per_minute))

    async def require(self, limit: Limit) -> None:
        """Counts nothing. Raises `RateLimited` when one more would be too many."""
        if not await self._ask("test", limit):
            raise RateLimited(retry_after=max(1, 60 // limit.per_minute))

    async def count(self, limit: Limit) -> None:
        """Counts one more and says nothing: for failures that are told in another way."""
        await self._ask("hit", limit)

    async def _ask(self, verb: Literal["hit", "test"], limit: Limit) -> bool:
        arguments = (RateLimitItemPerMinute(limit.per_minute), limit.what, limit.who)
        try:
            return bool(await getattr(self._shared, verb)(*arguments))
        except (RedisError, OSError) as error:
            log.warning("limits.local", error=type(error).__name__)
            return bool(await getattr(self._local, verb)(*arguments))
