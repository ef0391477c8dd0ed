"""Filters that few articles match make PostgreSQL look at all of them: only a few such searches run at one time."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from redis.asyncio import Redis

from discuss.domain.sites import Site
from discuss.errors import Unavailable
from discuss.feed.answers import Query
from discuss.usecases import read_feed as reading
from discuss.usecases.read_feed import read_feed
from discuss.usecases.services import Services
from tests.machines import newsroom
from tests.machines.newsroom import Newsroom
from tests.machines.polling import held

RARE, RUSSIAN = Query(tag="rare"), Query(language="ru")


async def crowd(stack: AsyncExitStack, services: Services) -> None:
    for _ in range(reading.MOST_SEARCHES):
        await stack.enter_async_context(services.searches)


async def test_who_comes_while_many_search_is_told_to_come_again(services: Services, site: Site) -> None:
    async with AsyncExitStack() as stack:
        await crowd(stack, services)
        with pytest.raises(Unavailable, match="Too many searches"):
            await read_feed(services, site.slug, RARE)


async def test_the_latest_discussion_is_there_while_many_search(services: Services, site: Site) -> None:
    async with AsyncExitStack() as stack:
        await crowd(stack, services)
        assert (await read_feed(services, site.slug, Query())).body


async def test_a_filter_that_was_searched_before_gets_what_is_true_now(
    services: Services, redis: Redis
) -> None:
    """It gets the rows at hand, even if they are fewer: the last search's answer may name articles that are gone."""
    room = await Newsroom.open(services, redis, await newsroom.people(services), style=0, pieces=9)
    await room.recover()
    before = await room.ask(RUSSIAN)
    await room.services.snapshots.count_views(room.slug)
    window = room.services.snapshots.window(room.slug)
    assert window is not None
    async with AsyncExitStack() as stack:
        await crowd(stack, room.services)
        told = await room.ask(RUSSIAN)
    at_hand = [row for row in held(window) if row["language"] == "ru"]
    assert told["articles"] == at_hand
    assert 0 < len(at_hand) < len(before["articles"])


async def test_who_waits_is_answered_once_a_search_is_done(services: Services, site: Site) -> None:
    async with AsyncExitStack() as stack:
        await crowd(stack, services)
        waiting = asyncio.create_task(read_feed(services, site.slug, RARE))
        await asyncio.sleep(0)
        assert not waiting.done()
    assert (await waiting).body
