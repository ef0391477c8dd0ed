"""What a process still says about a feed while PostgreSQL is away, beyond what its window answers in full."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from redis.asyncio import Redis

from discuss.domain.instants import to_micros
from discuss.domain.votes import Vote
from discuss.errors import Unavailable
from discuss.feed.answers import Query
from discuss.feed.reading import Reader
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.feed.window import Window
from discuss.store.database import Database
from discuss.usecases.read_feed import read_feed
from discuss.usecases.services import Services
from discuss.wiring import connect_redis
from tests.machines import newsroom
from tests.machines.model import Piece
from tests.machines.newsroom import Newsroom
from tests.machines.polling import Told, held

NOWHERE = "postgresql://127.0.0.1:1/nobody-listens-here"
UNREACHABLE = "redis://127.0.0.1:1"
RUSSIAN = Query(language="ru")


@asynccontextmanager
async def outage(room: Newsroom) -> AsyncIterator[None]:
    before, away = room.services, Database.connect(NOWHERE, pool=1)
    room.services = replace(before, database=away)
    try:
        yield
    finally:
        room.services = before
        await away.close()


def known(room: Newsroom) -> Window:
    """What the process knows of the feed: its newest rows."""
    window = room.services.snapshots.window(room.slug)
    assert window is not None
    return window


def at_hand(room: Newsroom) -> list[Told]:
    return [row for row in held(known(room)) if row["language"] == "ru"]


@pytest.fixture
async def room(services: Services, redis: Redis) -> Newsroom:
    """A newsroom with more articles than the feed in Redis has room for."""
    room = await Newsroom.open(services, redis, await newsroom.people(services), style=0, pieces=9)
    await room.recover()
    return room


async def test_a_filter_is_answered_with_the_rows_at_hand(room: Newsroom) -> None:
    async with outage(room):
        told = await room.ask(RUSSIAN)
        assert told["articles"] == at_hand(room)
        assert 0 < len(at_hand(room)) < len(room.paper.lines("ru"))
    assert len((await room.ask(RUSSIAN))["articles"]) == len(room.paper.lines("ru"))


async def test_whoever_turns_pages_is_not_told_that_this_was_the_last(room: Newsroom) -> None:
    async with outage(room):
        with pytest.raises(Unavailable):
            await room.ask(RUSSIAN._replace(after=known(room).edge))


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
    await room.services.snapshots.count_views(room.slug)
    async with outage(room):
        assert await room.ask(RUSSIAN._replace(since="an-epoch-of-old.1")) == whole


async def voted(room: Newsroom, piece: Piece) -> None:
    before = known(room).point
    await room.vote(piece, room.people[0], Vote.UP)
    await room.project()
    await room.renew()
    assert known(room).point != before


async def test_rows_that_only_the_last_answer_knew_stay_below_those_at_hand(room: Newsroom) -> None:
    before = await room.ask(RUSSIAN)
    await voted(room, room.paper.pieces[UUID(before["articles"][0]["id"])])
    async with outage(room):
        told = await room.ask(RUSSIAN)
    assert told["articles"] == [line.told for line in room.paper.lines("ru")] != before["articles"]
    assert told["point"] == known(room).point
    assert len(at_hand(room)) < len(told["articles"])


async def test_a_filter_that_no_row_at_hand_meets_does_not_go_empty_when_something_else_changes(
    room: Newsroom,
) -> None:
    last = room.paper.pieces[UUID(room.paper.lines()[-1].told["id"])]
    last.tags = ("navy",)
    await room.say(last)
    await room.project()
    await room.renew()
    before = await room.ask(Query(tag="navy"))
    assert len(before["articles"]) == 1
    await voted(room, room.paper.pieces[UUID(held(known(room))[0]["id"])])
    async with outage(room):
        assert (await room.ask(Query(tag="navy")))["articles"] == before["articles"]


async def withdrawn(room: Newsroom, article_id: str) -> None:
    piece = room.paper.pieces[UUID(article_id)]
    piece.withdrawn = True
    await room.say(piece)
    await room.project()
    await room.renew()


@pytest.mark.parametrize("since", [None, "an-epoch-of-old.1"])
async def test_a_filter_that_was_asked_before_brings_back_nothing_that_is_known_to_be_gone(
    room: Newsroom, since: str | None
) -> None:
    before = await room.ask(RUSSIAN)
    await withdrawn(room, before["articles"][0]["id"])
    async with outage(room):
        told = await room.ask(RUSSIAN._replace(since=since))
        assert told["articles"] == before["articles"][1:]


async def test_a_filter_that_was_asked_before_brings_back_no_row_that_left_from_below_those_at_hand(
    room: Newsroom,
) -> None:
    """Redis never held this row, and says only that something like it may be gone."""
    before = await room.ask(RUSSIAN)
    await withdrawn(room, before["articles"][-1]["id"])
    async with outage(room):
        assert (await room.ask(RUSSIAN))["articles"] == at_hand(room)
    assert (await room.ask(RUSSIAN))["articles"] == before["articles"][:-1]


async def test_a_page_is_answered_as_it_was_last_unless_a_row_of_it_is_known_to_be_gone(
    room: Newsroom,
) -> None:
    first = room.paper.lines()[0]
    page = Query(after=(to_micros(first.at), str(first.row)))
    before = await room.ask(page)
    await withdrawn(room, first.told["id"])
    async with outage(room):
        assert await room.ask(page) == before
    await room.ask(page)
    await withdrawn(room, before["articles"][0]["id"])
    async with outage(room):
        with pytest.raises(Unavailable):
            await room.ask(page)


async def test_a_page_is_not_answered_as_it_was_if_a_row_that_redis_never_held_may_be_gone(
    room: Newsroom,
) -> None:
    page = Query(after=known(room).edge)
    before = await room.ask(page)
    await withdrawn(room, before["articles"][-1]["id"])
    async with outage(room):
        with pytest.raises(Unavailable):
            await room.ask(page)


async def test_a_process_that_knows_less_than_its_client_tells_it_nothing_older(
    room: Newsroom, tmp_path: Path
) -> None:
    """It heard from neither store since it started, except that PostgreSQL answered once."""
    point = (await room.ask(RUSSIAN))["point"]
    async with connect_redis(UNREACHABLE) as redis:
        room.services = replace(room.services, snapshots=Snapshots(Reader(redis), Shelf(tmp_path)))
        before = await room.ask(RUSSIAN)
        async with outage(room):
            assert await room.ask(RUSSIAN) == before
            told = await room.ask(RUSSIAN._replace(since=point))
    assert (told["full"], told["point"], told["articles"], told["left"]) == (False, point, [], [])
