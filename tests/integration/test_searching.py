"""Filters that few articles meet cost PostgreSQL a look at all of them: only so many look at one time, and one for all who ask the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from redis.asyncio import Redis

from discuss.domain.sites import Site
from discuss.domain.votes import Vote
from discuss.errors import Unavailable
from discuss.feed.answers import Query
from discuss.feed.reading import Reader
from discuss.feed.searches import MOST_AT_ONCE, Searches
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.feed.window import Window
from discuss.store.database import Database, Tx
from discuss.usecases.read_feed import read_feed
from discuss.usecases.services import Services
from discuss.wiring import connect_redis
from tests.machines import newsroom
from tests.machines.newsroom import Newsroom

RARE, RUSSIAN = Query(tag="rare"), Query(language="ru")

ONE_SEARCH = 2
"""For the site, and for the rows."""


async def crowd(stack: AsyncExitStack, services: Services) -> None:
    for _ in range(MOST_AT_ONCE):
        await stack.enter_async_context(services.searches.turn())


class Counting:
    """Counts how often PostgreSQL is asked, in a room where the second for which an answer is fresh never ends."""

    def __init__(self, room: Newsroom) -> None:
        self._database, self.asked = room.services.database, 0
        searches = Searches(fresh=1, clock=lambda: 0)
        room.services = replace(room.services, database=cast("Database", self), searches=searches)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        self.asked += 1
        async with self._database.reading() as tx:
            yield tx

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)


@pytest.fixture
async def room(services: Services, redis: Redis) -> Newsroom:
    """More articles than the feed in Redis has room for."""
    room = await Newsroom.open(services, redis, await newsroom.people(services), style=0, pieces=9)
    await room.recover()
    return room


def known(room: Newsroom) -> Window:
    window = room.services.snapshots.window(room.slug)
    assert window is not None
    return window


async def changed(room: Newsroom) -> None:
    """Something that concerns no Russian article."""
    before = known(room).point
    await room.vote(next(p for p in room.pieces if p.language == "en"), room.people[0], Vote.UP)
    await room.project()
    await room.renew()
    assert known(room).point != before


async def test_who_comes_while_many_search_is_told_to_come_again(services: Services, site: Site) -> None:
    async with AsyncExitStack() as stack:
        await crowd(stack, services)
        with pytest.raises(Unavailable, match="Too many searches"):
            await read_feed(services, site.slug, RARE)


async def test_the_latest_discussion_is_there_while_many_search(services: Services, site: Site) -> None:
    async with AsyncExitStack() as stack:
        await crowd(stack, services)
        assert (await read_feed(services, site.slug, Query())).body


async def test_a_filter_that_was_searched_before_gets_what_is_true_now(room: Newsroom) -> None:
    """The rows at hand as they are, and below them what the last search said of others."""
    before = await room.ask(RUSSIAN)
    first = room.paper.pieces[UUID(before["articles"][0]["id"])]
    await room.vote(first, room.people[0], Vote.UP)
    await room.project()
    await room.renew()
    async with AsyncExitStack() as stack:
        await crowd(stack, room.services)
        told = await room.ask(RUSSIAN)
    assert told["articles"] == [line.told for line in room.paper.lines("ru")] != before["articles"]


async def test_a_filter_that_was_searched_before_gets_the_same_while_nothing_has_changed(
    room: Newsroom,
) -> None:
    before = await room.ask(RUSSIAN)
    await room.services.snapshots.count_views(room.slug)
    async with AsyncExitStack() as stack:
        await crowd(stack, room.services)
        assert await room.ask(RUSSIAN) == before


async def test_who_waits_is_answered_once_a_search_is_done(services: Services, site: Site) -> None:
    async with AsyncExitStack() as stack:
        await crowd(stack, services)
        waiting = asyncio.create_task(read_feed(services, site.slug, RARE))
        await asyncio.sleep(0)
        assert not waiting.done()
    assert (await waiting).body


async def test_many_who_ask_the_same_cost_one_search_and_changes_elsewhere_none(room: Newsroom) -> None:
    store = Counting(room)
    told = await asyncio.gather(*(room.ask(RUSSIAN) for _ in range(9)))
    assert told == [told[0]] * 9
    assert store.asked == ONE_SEARCH
    await changed(room)
    store.asked = 0
    assert await room.ask(RUSSIAN) == told[0]
    assert store.asked == 0


@pytest.mark.parametrize("row", [0, -1], ids=["a row at hand", "a row that Redis never held"])
async def test_what_is_known_to_be_gone_is_in_no_answer_however_fresh(room: Newsroom, row: int) -> None:
    Counting(room)
    before = await room.ask(RUSSIAN)
    gone = before["articles"][row]
    piece = room.paper.pieces[UUID(gone["id"])]
    piece.withdrawn = True
    await room.say(piece)
    await room.project()
    await room.renew()
    assert gone not in (await room.ask(RUSSIAN))["articles"]


async def test_whoever_knows_more_than_a_fresh_answer_is_told_nothing_older(room: Newsroom) -> None:
    Counting(room)
    before = await room.ask(RUSSIAN)
    await changed(room)
    point = known(room).point
    told = await room.ask(RUSSIAN._replace(since=point))
    assert (told["full"], told["point"], told["articles"], told["left"]) == (False, point, [], [])
    assert (await room.ask(RUSSIAN._replace(since=before["point"])))["full"]


@pytest.mark.parametrize("query", [Query(), RUSSIAN])
async def test_a_process_that_never_heard_from_redis_asks_postgresql_once_a_second(
    room: Newsroom, tmp_path: Path, query: Query
) -> None:
    async with connect_redis("redis://127.0.0.1:1") as away:
        store = Counting(room)
        room.services = replace(room.services, snapshots=Snapshots(Reader(away), Shelf(tmp_path)))
        told = [await room.ask(query) for _ in range(3)]
    assert told == [told[0]] * 3
    assert len(told[0]["articles"]) == len(room.paper.lines(query.language))
    assert store.asked == ONE_SEARCH
