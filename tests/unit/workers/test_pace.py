"""How often the worker begins to score."""

import asyncio
from itertools import pairwise

import pytest

from workers.pace import LONGEST, TIMES, Pace

QUICK = LONGEST / TIMES / 4


class Clock:
    """A clock that moves only when somebody sleeps or works."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock.read, clock.sleep)


async def work(pace: Pace, clock: Clock, seconds: float) -> float:
    """Works once, and returns when it began."""
    async with pace.turn():
        began = clock.now
        await asyncio.sleep(0)
        clock.now += seconds
    return began


async def test_between_the_beginnings_of_two_batches_lie_some_times_what_the_first_took(
    clock: Clock, pace: Pace
) -> None:
    began = [await work(pace, clock, QUICK) for _ in range(3)]
    gaps = [later - earlier for earlier, later in pairwise(began)]
    assert gaps == pytest.approx([TIMES * QUICK] * 2)


async def test_a_slow_batch_keeps_the_next_no_longer_than_the_bound(clock: Clock, pace: Pace) -> None:
    began = [await work(pace, clock, LONGEST * 0.8) for _ in range(2)]
    assert began[1] - began[0] == pytest.approx(LONGEST)
    assert clock.slept == pytest.approx([LONGEST * 0.2])


async def test_after_a_pause_nobody_waits(clock: Clock, pace: Pace) -> None:
    await work(pace, clock, QUICK)
    clock.now += LONGEST
    await work(pace, clock, QUICK)
    assert clock.slept == []


async def test_two_at_once_take_turns(clock: Clock, pace: Pace) -> None:
    began = await asyncio.gather(work(pace, clock, QUICK), work(pace, clock, QUICK))
    assert began[1] - began[0] == pytest.approx(TIMES * QUICK)


async def test_a_batch_that_fails_counts_as_one(clock: Clock, pace: Pace) -> None:
    async def fail() -> None:
        async with pace.turn():
            clock.now += QUICK
            raise RuntimeError("no luck")

    with pytest.raises(RuntimeError, match="no luck"):
        await fail()
    await work(pace, clock, QUICK)
    assert clock.slept == pytest.approx([(TIMES - 1) * QUICK])
