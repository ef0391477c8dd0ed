"""How often the worker begins to score: a batch of many costs little more than a batch of one."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

TIMES = 12
"""So many times what a batch took lie between its beginning and that of the next: scoring takes a twelfth of a core at most.

The slower the machine or the more there is to do, the more texts come together. Behind a full batch nobody waits.
"""

LONGEST = 0.5
"""Seconds that lie between them at most: so long may a text wait for others."""


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
        """One at a time. Waits until it is time for a batch again; whoever comes after a pause does not wait."""
        async with self._turn:
            wait = self._free_at - self._clock()
            if wait > 0:
                await self._sleep(wait)
            began = self._clock()
            try:
                yield
            finally:
                self._free_at = began + min(TIMES * (self._clock() - began), LONGEST)
