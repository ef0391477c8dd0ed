"""Jobs of one kind that arrive faster than they finish."""

import asyncio

import pytest

from workers.turns import Turns


class Work:
    """Work that lasts until it is released, and counts how often it runs."""

    def __init__(self) -> None:
        self.begun, self.go_on = 0, asyncio.Event()

    async def __call__(self) -> int:
        self.begun += 1
        await self.go_on.wait()
        return self.begun


async def some_turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_one_is_at_work_one_waits_and_the_others_go() -> None:
    turns, work = Turns(), Work()
    jobs = [asyncio.create_task(turns.take(work)) for _ in range(6)]
    await some_turns()
    assert (work.begun, sum(not job.done() for job in jobs)) == (1, 2)
    work.go_on.set()
    assert await asyncio.gather(*jobs) == [1, 2, None, None, None, None]


async def test_who_waits_begins_after_whoever_went_because_of_it() -> None:
    turns, work = Turns(), Work()
    first, second = (asyncio.create_task(turns.take(work)) for _ in range(2))
    await some_turns()
    assert await turns.take(work) is None
    assert work.begun == 1
    work.go_on.set()
    await asyncio.gather(first, second)
    assert work.begun == 2


async def test_work_that_fails_and_jobs_that_are_broken_off_leave_the_turn_to_the_next() -> None:
    turns, work = Turns(), Work()

    async def fail() -> None:
        raise RuntimeError("no luck")

    with pytest.raises(RuntimeError, match="no luck"):
        await turns.take(fail)
    jobs = [asyncio.create_task(turns.take(work)) for _ in range(2)]
    await some_turns()
    for job in reversed(jobs):
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)
    work.go_on.set()
    assert await turns.take(work) == 2
