"""Rings the worker after a commit. PostgreSQL is the truth; this only saves the wait for the next sweep."""

import asyncio
from uuid import uuid4

import structlog
from redis.exceptions import RedisError

from workers.queue import BELL, BELL_LIFE, connect

PAUSE = 0.5
"""Seconds before a bell that could not be rung is tried again."""

log = structlog.get_logger()


class ArqDoorbell:
    """Many rings become one: `ring` sets a flag, and a task of its own carries it to Redis."""

    def __init__(self, queue_url: str) -> None:
        self._queue = connect(queue_url)
        self._rung = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def ring(self) -> None:
        self._rung.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._carry())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._queue.aclose()

    async def _carry(self) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            try:
                await self._enqueue()
            except (RedisError, OSError) as error:
                log.warning("doorbell.unheard", error=type(error).__name__)
                await asyncio.sleep(PAUSE)

    async def _enqueue(self) -> None:
        if await self._queue.set(BELL, b"1", nx=True, ex=BELL_LIFE):
            # A fixed job id would lose a ring that comes while the job before it ends.
            await self._queue.enqueue_job("drain", _job_id=uuid4().hex, _expires=BELL_LIFE)
