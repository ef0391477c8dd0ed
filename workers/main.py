"""Runs the worker until it is told to stop, through any number of Redis failures."""

import asyncio
import gc
import signal
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from arq.worker import Worker, func
from redis.exceptions import RedisError

from discuss import wiring
from discuss.classify import registry
from discuss.ending import end
from discuss.settings import Settings
from discuss.usecases.services import Services
from workers.jobs import Context, drain, gather
from workers.pace import Pace
from workers.queue import KNOCK, QUEUE, connect, decode, encode
from workers.schedule import schedule
from workers.serving import Serving
from workers.turns import Turns

LOOK = 0.25
"""Seconds between two looks into the queue while nobody knocks, for jobs that are due at a certain time."""

SET_BACK = timedelta(seconds=2)
"""A clock that is behind by less only delays what is planned. Planning anew could repeat what arq put into the queue a second early."""

PAUSE = 1.0
LONGEST_JOB = 600

MOST_JOBS = 16
"""Jobs at once in one process. Those that can take long are eleven at most, so that a brake never waits for a backlog.

Two each, of which one waits: scoring what rang, scoring what a sweep found, projecting, building what changed. One each:
building what Redis lacks, removing, back-testing.
"""

log = structlog.get_logger()


class Waiting(Worker):
    """arq looks into its queue at fixed intervals; this worker sleeps until somebody knocks."""

    _latest: datetime | None = None

    async def _poll_iteration(self) -> None:
        waiting: Any = self.pool  # redis-py's types allow only whole seconds
        await waiting.blpop([KNOCK], timeout=LOOK)
        await super()._poll_iteration()

    async def run_cron(self, n: datetime, delay: float, num_windows: int = 2) -> None:
        """By itself, arq would wait until a clock that was set back has caught up with what is planned."""
        if self._latest is not None and n < self._latest - SET_BACK:
            self._plan_anew(n)
            self._latest = None
        self._latest = max(n, self._latest or n)
        await super().run_cron(n, delay, num_windows)

    def _plan_anew(self, now: datetime) -> None:
        for job in self.cron_jobs:
            if job.next_run is not None:
                job.calculate_next(now)


async def run(settings: Settings) -> None:
    """Returns after SIGTERM or SIGINT."""
    gc.freeze()  # what was imported stays: a collection at the end would spend half a second of a core on it
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    serving = Serving(settings.models or registry.default_models_dir(), settings.worker_batch)
    async with wiring.services(settings, plan_once=True) as services:
        log.info("worker.started", model=serving.title)
        while not stop.is_set():
            await work(settings, context(services, serving), stop)
    log.info("worker.stopped")


def context(services: Services, serving: Serving) -> Context:
    """What the jobs of one process share."""
    return {
        "services": services, "serving": serving, "pace": Pace(),
        "rung": Turns(), "swept": Turns(), "projecting": Turns(), "building": Turns(),
        "rebuilding": asyncio.Lock(), "removing": asyncio.Lock(), "backtesting": asyncio.Lock(),
    }  # fmt: skip


async def work(settings: Settings, ctx: Context, stop: asyncio.Event) -> None:
    """Returns when told to stop, or when Redis has gone away."""
    worker = Waiting(
        functions=[func(drain, keep_result=0), func(gather, keep_result=0)],
        cron_jobs=schedule(),
        queue_name=QUEUE,
        redis_pool=connect(settings.queue_url or settings.redis_url),
        ctx=ctx,
        handle_signals=False,
        keep_result=0,
        poll_delay=0,
        max_jobs=MOST_JOBS,
        job_timeout=LONGEST_JOB,
        log_results=False,
        job_serializer=encode,
        job_deserializer=decode,
    )
    working, stopping = asyncio.create_task(worker.async_run()), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await _close(worker, working)
    if not stop.is_set():
        log.warning("worker.redis_away", retry_in=PAUSE)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)


async def _close(worker: Worker, working: asyncio.Task[None]) -> None:
    """What was claimed is rolled back and found again: stopping in the middle costs nothing."""
    await end([working])
    await end(worker.tasks.values())
    worker.tasks.clear()  # arq would wait for them, and not close its connections if one has failed
    with suppress(RedisError, OSError):
        await worker.close()
