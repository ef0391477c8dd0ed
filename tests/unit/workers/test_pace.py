"""How often the worker begins to score."""

import pytest

from workers.pace import Pace

GAP = 0.2


class Clock:
    """Stands still; whoever sleeps is asked for how long, and does not."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(GAP, clock.read, clock.sleep)


async def test_the_first_does_not_wait_and_the_others_come_a_gap_apart(clock: Clock, pace: Pace) -> None:
    for _ in range(3):
        await pace.turn()
    assert clock.slept == pytest.approx([GAP, 2 * GAP])


async def test_after_a_pause_nobody_waits(clock: Clock, pace: Pace) -> None:
    await pace.turn()
    clock.now += 1
    await pace.turn()
    assert clock.slept == []


async def test_whoever_comes_early_waits_for_what_is_left_of_the_gap(clock: Clock, pace: Pace) -> None:
    await pace.turn()
    clock.now += GAP / 4
    await pace.turn()
    assert clock.slept == pytest.approx([GAP * 3 / 4])
