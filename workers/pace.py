"""How often the worker begins to score: a batch of many costs little more than a batch of one."""

import asyncio
import time
from collections.abc import Awaitable, Callable

GAP = 0.2
"""Seconds between the beginnings of two batches. Whoever comes after a pause does not wait."""


class Pace:
    def __init__(
        self,
        gap: float = GAP,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._gap, self._clock, self._sleep = gap, clock, sleep
        self._free_at = clock()

    async def turn(self) -> None:
        """Waits until the gap since the last turn is over."""
        wait = self._free_at - self._clock()
        self._free_at = max(self._free_at, self._clock()) + self._gap
        if wait > 0:
            await self._sleep(wait)
