"""How often the worker begins to score, as a batch of many texts costs little more than a batch of one."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

TIMES = 12
"""The time between the beginnings of two batches, as a multiple of what the first took.

Scoring therefore takes at most a twelfth of a core, unless `LONGEST` cuts the wait short. The slower the machine or the more there is to
do, the more texts come together. After a full batch there is no wait.
"""

LONGEST = 0.5
"""Seconds between two beginnings at most, which is how long a text may wait for others."""


class Pace:
    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._free_at, self._turn = clock(), asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One turn at a time. Waits until the next batch is due, which it already is after a pause."""
        async with self._turn:
            wait = self._free_at - self._clock()
            if wait > 0:
                await self._sleep(wait)
            began = self._clock()
            try:
                yield
            finally:
                self._free_at = began + min(TIMES * (self._clock() - began), LONGEST)
