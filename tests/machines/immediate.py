"""The real Redis through a client that blocks, for code that awaits: no event loop, a fraction of the time."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar, cast

import redis
import redis.asyncio

Answer = TypeVar("Answer")


class Immediate:
    """As much of `redis.asyncio.Redis` as the feed uses to project and to read."""

    def __init__(self, client: "redis.Redis") -> None:
        self._client = client

    def register_script(self, text: str) -> Callable[..., Awaitable[Any]]:
        script = self._client.register_script(text)

        async def run(**arguments: Any) -> Any:
            return script(**arguments)

        return run

    async def hmget(self, *arguments: Any) -> Any:
        return self._client.hmget(*arguments)

    async def sadd(self, *arguments: Any) -> Any:
        return self._client.sadd(*arguments)

    @property
    def as_awaited(self) -> redis.asyncio.Redis:
        return cast("redis.asyncio.Redis", self)


def now(work: Coroutine[Any, Any, Answer]) -> Answer:
    """The result of a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as end:
        return cast("Answer", end.value)
    raise AssertionError("It waited for something.")
