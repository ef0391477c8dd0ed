"""Kinds of work that one process does once at a time, however many jobs come for it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class Turns:
    """One is at work and one waits for it to end. The others go: who waits has not looked yet, and finds what they came for.

    So jobs that come faster than they end take two of the worker's slots and no more.
    """

    def __init__(self) -> None:
        self._lock, self._awaited = asyncio.Lock(), False

    async def take(self, work: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """What the work returns; None for those who go."""
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
