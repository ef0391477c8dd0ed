"""Rings the worker after a commit. PostgreSQL holds the truth; ringing only saves the wait for the next sweep."""

import asyncio
from uuid import uuid4

import structlog
from redis.exceptions import RedisError

from discuss.ending import end
from workers.queue import AT_ONCE, BELL_LIFE, KNOCK, SOON, Bell, connect

PAUSE = 0.5
"""Seconds before another try to ring a bell that could not be rung."""

log = structlog.get_logger()


class ArqDoorbell:
    """Merges many rings into one: a ring is only noted, and one task for each bell carries it to Redis."""

    def __init__(self, queue_url: str) -> None:
        self._queue = connect(queue_url)
        self._rung = {bell: asyncio.Event() for bell in (AT_ONCE, SOON)}
        self._tasks: list[asyncio.Task[None]] = []

    def ring(self) -> None:
        self._rung[AT_ONCE].set()

    def ring_soon(self) -> None:
        self._rung[SOON].set()

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._carry(bell)) for bell in self._rung]

    async def stop(self) -> None:
        await end(self._tasks)
        await self._queue.aclose()

    async def _carry(self, bell: Bell) -> None:
        while True:
            await self._rung[bell].wait()
            self._rung[bell].clear()
            try:
                await self._enqueue(bell)
            except (RedisError, OSError) as error:
                log.warning("doorbell.unheard", error=type(error).__name__)
                await asyncio.sleep(PAUSE)
            else:
                await asyncio.sleep(bell.rest)

    async def _enqueue(self, bell: Bell) -> None:
        if await self._queue.set(bell.flag, b"1", nx=True, ex=BELL_LIFE):
            # A fixed job id would lose a ring that comes while the previous job is ending.
            await self._queue.enqueue_job(bell.job, _job_id=uuid4().hex, _expires=BELL_LIFE)
            async with self._queue.pipeline(transaction=False) as pipe:
                pipe.rpush(KNOCK, b"1")
                pipe.expire(KNOCK, BELL_LIFE)
                await pipe.execute()
