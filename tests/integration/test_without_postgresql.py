"""What a process still says about a feed while PostgreSQL is away, beyond what its window answers in full."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from discuss.errors import Unavailable
from discuss.feed.answers import Query
from discuss.feed.window import Window
from discuss.store.database import Database
from discuss.usecases.read_feed import read_feed
from discuss.usecases.services import Services
from tests.machines import newsroom
from tests.machines.newsroom import Newsroom
from tests.machines.polling import held

NOWHERE = "postgresql://127.0.0.1:1/nobody-listens-here"
RUSSIAN = Query(language="ru")


@asynccontextmanager
async def outage(room: Newsroom) -> AsyncIterator[Window]:
    """PostgreSQL is away. Yields the window that the process had before, with the newest rows."""
    before, away = room.services, Database.connect(NOWHERE, pool=1)
    known = before.snapshots.window(room.slug)
    assert known is not None
    room.services = replace(before, database=away)
    try:
        yield known
    finally:
        room.services = before
        await away.close()


@pytest.fixture
async def room(services: Services, redis: Redis) -> Newsroom:
    """A newsroom with more articles than the feed in Redis has room for."""
    room = await Newsroom.open(services, redis, await newsroom.people(services), style=0, pieces=9)
    await room.recover()
    return room


async def test_a_filter_is_answered_with_the_rows_at_hand(room: Newsroom) -> None:
    async with outage(room) as known:
        told = await room.ask(RUSSIAN)
        at_hand = [row for row in held(known) if row["language"] == "ru"]
        assert told["articles"] == at_hand
        assert 0 < len(at_hand) < len(room.paper.lines("ru"))
    assert len((await room.ask(RUSSIAN))["articles"]) == len(room.paper.lines("ru"))


async def test_whoever_turns_pages_is_not_told_that_this_was_the_last(room: Newsroom) -> None:
    async with outage(room) as known:
        with pytest.raises(Unavailable):
            await room.ask(RUSSIAN._replace(after=known.edge))


async def test_a_site_that_was_never_read_has_no_rows_at_hand(room: Newsroom) -> None:
    async with outage(room):
        with pytest.raises(Unavailable):
            await read_feed(room.services, "never-read", RUSSIAN)


async def test_what_was_asked_before_is_answered_as_it_was_last(room: Newsroom) -> None:
    before = await room.ask(RUSSIAN)
    assert len(before["articles"]) == len(room.paper.lines("ru"))
    await room.services.snapshots.count_views(room.slug)
    async with outage(room):
        assert await room.ask(RUSSIAN) == before


async def test_a_full_answer_is_the_same_for_all_whatever_they_have(room: Newsroom) -> None:
    """Where the window does not reach, one search serves everybody."""
    whole = await room.ask(RUSSIAN)
    async with outage(room):
        assert await room.ask(RUSSIAN._replace(since="an-epoch-of-old.1")) == whole
