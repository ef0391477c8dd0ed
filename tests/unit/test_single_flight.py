"""Work is done once however many ask for it; its result is kept for a moment, and served even when old while the source is away."""

import asyncio
from dataclasses import dataclass, field

import pytest

from discuss.errors import SiteNotFound, Unavailable
from discuss.single_flight import SingleFlight


@dataclass
class Source:
    """The source of a value: counts how often it was asked, and can be away, gone or slow."""

    error: Exception | None = None
    made: int = 0
    before: list[str | None] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def make(self, before: str | None) -> str:
        self.made += 1
        self.before.append(before)
        await self.open.wait()
        if self.error is not None:
            raise self.error
        return f"value {self.made}"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def flight(clock: Clock) -> SingleFlight[str]:
    return SingleFlight(5.0, 30, len, clock=clock)


@pytest.fixture
def source() -> Source:
    made = Source()
    made.open.set()
    return made


async def test_many_who_ask_at_once_cause_one_piece_of_work(flight: SingleFlight[str]) -> None:
    source = Source()
    asking = [asyncio.create_task(flight.get("a", source.make)) for _ in range(100)]
    await asyncio.sleep(0)
    source.open.set()
    assert set(await asyncio.gather(*asking)) == {"value 1"}
    assert source.made == 1


async def test_one_who_goes_away_does_not_stop_the_work_for_the_others(flight: SingleFlight[str]) -> None:
    source = Source()
    first, second = (asyncio.create_task(flight.get("a", source.make)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    source.open.set()
    assert await second == "value 1"


async def test_it_is_made_again_when_it_is_no_longer_fresh_knowing_the_one_before(
    flight: SingleFlight[str], source: Source, clock: Clock
) -> None:
    assert await flight.get("a", source.make) == "value 1"
    clock.now = 4.9
    assert await flight.get("a", source.make) == "value 1"
    clock.now = 5.0
    assert await flight.get("a", source.make) == "value 2"
    assert source.before == [None, "value 1"]


async def test_while_the_source_is_away_the_old_value_is_given_out_and_the_source_left_alone(
    flight: SingleFlight[str], source: Source, clock: Clock
) -> None:
    await flight.get("a", source.make)
    source.error, clock.now = Unavailable(), 5.0
    assert [await flight.get("a", source.make) for _ in range(3)] == ["value 1"] * 3
    assert source.made == 2
    source.error, clock.now = None, 10.0
    assert await flight.get("a", source.make) == "value 3"


async def test_a_source_that_hangs_keeps_nobody_waiting_who_could_have_the_old_value(
    source: Source, clock: Clock
) -> None:
    flight: SingleFlight[str] = SingleFlight(5.0, 30, len, 0.01, clock)
    await flight.get("a", source.make)
    source.open.clear()
    clock.now = 5.0
    assert await flight.get("a", source.make) == "value 1"
    source.open.set()
    clock.now = 10.0
    assert await flight.get("a", source.make) == "value 2"


async def test_without_an_old_value_an_outage_is_told(flight: SingleFlight[str], source: Source) -> None:
    source.error = Unavailable()
    with pytest.raises(Unavailable):
        await flight.get("a", source.make)


async def test_what_is_no_longer_there_is_given_out_no_longer(
    flight: SingleFlight[str], source: Source, clock: Clock
) -> None:
    await flight.get("a", source.make)
    source.error, clock.now = SiteNotFound(), 5.0
    with pytest.raises(SiteNotFound):
        await flight.get("a", source.make)
    source.error = Unavailable()
    with pytest.raises(Unavailable):
        await flight.get("a", source.make)


async def test_when_room_runs_out_what_was_asked_for_longest_ago_goes_first(
    flight: SingleFlight[str], source: Source
) -> None:
    """Each value takes 7 of the 30 units of room."""
    for key in ("a", "b", "c", "d", "a", "e"):
        await flight.get(key, source.make)
    assert source.made == 5
    assert await flight.get("a", source.make) == "value 1"
    assert await flight.get("b", source.make) == "value 6"


async def test_a_value_larger_than_all_the_room_is_given_out_and_not_kept(source: Source) -> None:
    flight: SingleFlight[str] = SingleFlight(5.0, 3, len, clock=Clock())
    assert await flight.get("a", source.make) == "value 1"
    assert await flight.get("a", source.make) == "value 2"
