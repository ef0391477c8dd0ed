"""How often the worker begins to score."""

import asyncio
from itertools import pairwise

from workers.pace import Pace

GAP = 0.05


async def begun(pace: Pace, times: list[float]) -> None:
    await pace.turn()
    times.append(asyncio.get_running_loop().time())


async def test_the_first_does_not_wait_and_the_others_come_a_gap_apart() -> None:
    times: list[float] = []
    began = asyncio.get_running_loop().time()
    pace = Pace(GAP, asyncio.get_running_loop().time)
    await asyncio.gather(*(begun(pace, times) for _ in range(3)))
    assert times[0] - began < GAP
    assert all(later - sooner >= GAP * 0.9 for sooner, later in pairwise(times))


async def test_after_a_pause_nobody_waits() -> None:
    now = 0.0
    pace = Pace(GAP, lambda: now)
    await pace.turn()
    now = 1.0
    async with asyncio.timeout(GAP / 2):
        await pace.turn()
