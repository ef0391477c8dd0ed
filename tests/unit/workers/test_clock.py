"""What the worker does by itself while its machine's clock is being set."""

from datetime import UTC, datetime, timedelta
from typing import Any

from arq import cron

from workers.main import Waiting
from workers.schedule import SWEEP_EVERY

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Queue:
    """Notes what is put into it."""

    def __init__(self) -> None:
        self.put: list[str] = []

    async def enqueue_job(self, name: str, **_: object) -> None:
        self.put.append(name)


async def look(_: dict[Any, Any]) -> None:
    """Never runs here."""


def waiting(queue: Any) -> Waiting:
    often = cron(look, name="often", second=set(range(0, 60, SWEEP_EVERY)))
    seldom = cron(look, name="seldom", minute=17, second=0)
    return Waiting(cron_jobs=[often, seldom], redis_pool=queue, handle_signals=False)


async def passing(worker: Waiting, start: datetime, duration: timedelta) -> None:
    for step in range(int(duration / timedelta(seconds=0.5))):
        await worker.run_cron(start + step * timedelta(seconds=0.5), 0.5)


async def test_a_clock_that_is_set_back_stops_nothing() -> None:
    queue = Queue()
    worker = waiting(queue)
    await passing(worker, NOON, timedelta(seconds=10))
    before = queue.put.count("often")
    await passing(worker, NOON - timedelta(hours=3), timedelta(seconds=10))
    assert abs(queue.put.count("often") - 2 * before) <= 1


async def test_what_is_due_each_hour_is_due_by_the_new_clock() -> None:
    queue = Queue()
    worker = waiting(queue)
    await passing(worker, NOON, timedelta(seconds=2))
    await passing(worker, NOON - timedelta(hours=3), timedelta(minutes=18))
    assert queue.put.count("seldom") == 1


async def test_a_clock_that_trembles_neither_repeats_nor_loses_a_run() -> None:
    steady, trembling = Queue(), Queue()
    await passing(waiting(steady), NOON, timedelta(seconds=19))
    worker = waiting(trembling)
    for step in range(38):
        back = timedelta(seconds=0.8 * (step % 3 == 1))
        await worker.run_cron(NOON + step * timedelta(seconds=0.5) - back, 0.5)
    assert len(steady.put) > 1
    assert trembling.put == steady.put
