"""Work that one process does once at a time, however many jobs ask for it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class Turns:
    """One caller works and one waits for it to end. Others leave: the one that waits has not looked yet, and will find what they came for.

    Jobs that come faster than they end therefore take only two of the worker's slots.
    """

    def __init__(self) -> None:
        self._lock, self._awaited = asyncio.Lock(), False

    async def take(self, work: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """Returns what the work returns; None to callers that leave."""
        if self._awaited:
            return None
        self._awaited = True
        try:
            await self._lock.acquire()
        finally:
            self._awaited = False
        try:
            return await work()
        finally:
            self._lock.release()
