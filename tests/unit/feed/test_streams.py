"""What a listener hears: every change, that it is still connected, or that it has missed too much."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from discuss.feed import streams as streaming
from discuss.feed.reading import Delta
from discuss.feed.streams import BEAT, RESET, SOONEST, SPREAD, Streams
from discuss.feed.window import Window

SITE = "site"


def window(seq: int) -> Window:
    return Window(Delta("epoch", seq, 0, None, True, True, [], {}))


def change(streams: Streams, seq: int) -> None:
    streams.hear(SITE, window(seq), Delta("epoch", seq, 0, None, True, False, [], {"an article": seq}))


@pytest.fixture
async def streams() -> Streams:
    return Streams()


@pytest.fixture
async def heard(streams: Streams) -> AsyncIterator[AsyncIterator[bytes]]:
    """What one listener hears after its starting point."""
    async with aclosing(streams.listen(SITE, window(1), None)) as events:
        assert (await said_next(events)).endswith(b"\nid: epoch.1\n\n")
        yield events


async def said_next(events: AsyncIterator[bytes]) -> bytes:
    async with asyncio.timeout(20):
        return await anext(events)


async def point_of_next(events: AsyncIterator[bytes]) -> str:
    told, _, _ = (await said_next(events)).partition(b"\nevent: feed\n")
    return told.decode()


async def test_in_silence_it_is_told_now_and_then_that_it_is_connected_and_misses_nothing(
    streams, heard, monkeypatch
) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT", 0.01)
    assert [await said_next(heard) for _ in range(3)] == [BEAT] * 3
    change(streams, 2)
    assert await point_of_next(heard) == "id: epoch.2"


async def test_those_whose_streams_break_together_come_back_one_after_another(streams) -> None:
    waits = set()
    for known in [window(1), None] * 20:
        async with aclosing(streams.listen(SITE, known, None)) as events:
            retry, _, _ = (await said_next(events)).partition(b"\n")
        name, _, wait = retry.partition(b": ")
        assert name == b"retry"
        waits.add(int(wait))
    assert SOONEST <= min(waits) < max(waits) < SOONEST + SPREAD


async def test_whoever_is_as_far_behind_as_one_may_be_hears_it_all(streams, heard, monkeypatch) -> None:
    monkeypatch.setattr(streaming, "MOST_BEHIND", 3)
    for seq in (2, 3, 4):
        change(streams, seq)
    assert [await point_of_next(heard) for _ in range(3)] == [f"id: epoch.{seq}" for seq in (2, 3, 4)]


async def test_whoever_is_further_behind_begins_anew_and_goes_on_from_there(
    streams, heard, monkeypatch
) -> None:
    monkeypatch.setattr(streaming, "MOST_BEHIND", 3)
    for seq in (2, 3, 4, 5):
        change(streams, seq)
    assert await said_next(heard) == RESET
    change(streams, 6)
    assert await point_of_next(heard) == "id: epoch.6"


async def test_of_two_who_listen_only_the_slow_one_begins_anew(streams, heard, monkeypatch) -> None:
    monkeypatch.setattr(streaming, "MOST_BEHIND", 1)
    async with aclosing(streams.listen(SITE, window(1), None)) as slow:
        await said_next(slow)
        for seq in (2, 3):
            change(streams, seq)
            assert await point_of_next(heard) == f"id: epoch.{seq}"
        assert await said_next(slow) == RESET


async def test_whoever_leaves_is_no_longer_counted(streams) -> None:
    async with aclosing(streams.listen(SITE, window(1), None)) as events:
        await said_next(events)
        assert streams.listeners == 1
    assert streams.listeners == 0


async def test_more_changes_than_one_event_names_are_one_word_to_begin_anew(streams, heard) -> None:
    left = {f"article {number}": 2 for number in range(streaming.MOST_NAMED + 1)}
    streams.hear(SITE, window(2), Delta("epoch", 2, 0, None, True, False, [], left))
    assert await said_next(heard) == b"id: epoch.2\nevent: reset\ndata: {}\n\n"


async def test_that_an_article_may_have_left_which_only_postgresql_showed_is_told_without_its_id(
    streams, heard
) -> None:
    streams.hear(SITE, window(2), Delta("epoch", 2, 0, (20, "edge"), True, False, [], {}, unseen=True))
    _, _, data = (await said_next(heard)).partition(b"\nevent: feed\ndata: ")
    assert json.loads(data) == {"point": "epoch.2", "articles": [], "left": []}


async def test_what_nobody_may_see_yet_rings_nobody(streams, heard) -> None:
    streams.hear(SITE, window(2), Delta("epoch", 2, 0, None, True, False, [], {}, unseen=True))
    change(streams, 3)
    assert await point_of_next(heard) == "id: epoch.3"
