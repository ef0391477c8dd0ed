"""Values that take work to make: made once however many callers ask, kept for a moment, and given out stale during outages."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from discuss.errors import DiscussError, Unavailable

Value = TypeVar("Value")
Make = Callable[[Value | None], Awaitable[Value]]
"""Makes a value anew, knowing the one before it."""


@dataclass(slots=True)
class Kept(Generic[Value]):
    value: Value
    stale_at: float


class SingleFlight(Generic[Value]):
    """`fresh`: seconds a value is given out without looking again. `room`: how much is kept, as `size` counts it.

    `patience`: seconds to wait for a new value if an old one could be given out instead.
    """

    def __init__(
        self,
        fresh: float,
        room: int,
        size: Callable[[Value], int],
        patience: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fresh, self._patience, self._clock = fresh, patience, clock
        self._room, self._size = room, size
        self._kept: OrderedDict[Hashable, Kept[Value]] = OrderedDict()
        self._used = 0
        self._making: dict[Hashable, asyncio.Task[Value]] = {}

    async def get(self, key: Hashable, make: Make[Value]) -> Value:
        """Raises what `make` raises; `Unavailable` only if there is no older value to give out instead."""
        kept = self._kept.get(key)
        if kept is None:
            return await asyncio.shield(self._make(key, make))
        self._kept.move_to_end(key)
        if self._clock() < kept.stale_at:
            return kept.value
        return await self._renewed(kept, self._make(key, make))

    async def _renewed(self, kept: Kept[Value], making: asyncio.Task[Value]) -> Value:
        try:
            return await asyncio.wait_for(asyncio.shield(making), self._patience)
        except (TimeoutError, Unavailable):
            # What is away is left alone for a while.
            kept.stale_at = self._clock() + self._fresh
            return kept.value

    def _make(self, key: Hashable, make: Make[Value]) -> asyncio.Task[Value]:
        if key not in self._making:
            self._making[key] = asyncio.create_task(self._keep(key, make))
            self._making[key].add_done_callback(_heard)
        return self._making[key]

    async def _keep(self, key: Hashable, make: Make[Value]) -> Value:
        kept = self._kept.get(key)
        try:
            value = await make(kept.value if kept else None)
        except Unavailable:
            raise
        except DiscussError:
            self._drop(key)
            raise
        else:
            self._put(key, value)
            return value
        finally:
            del self._making[key]

    def _put(self, key: Hashable, value: Value) -> None:
        self._drop(key)
        self._kept[key] = Kept(value, self._clock() + self._fresh)
        self._used += self._size(value)
        while self._used > self._room:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._used -= self._size(kept.value)


def _heard(task: asyncio.Task[Value]) -> None:
    """Mark the error as seen: those who waited have been told, and there may be nobody left to tell."""
    if not task.cancelled():
        task.exception()
