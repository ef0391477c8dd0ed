"""Filters that few articles meet cost PostgreSQL a look at all of them: only so many look at one time."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from discuss.domain.sites import Site
from discuss.errors import Unavailable
from discuss.feed.answers import Query
from discuss.usecases import read_feed as reading
from discuss.usecases.read_feed import read_feed
from discuss.usecases.services import Services

RARE = Query(tag="rare")


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


async def test_who_waits_is_answered_once_a_search_is_done(services: Services, site: Site) -> None:
    async with AsyncExitStack() as stack:
        await crowd(stack, services)
        waiting = asyncio.create_task(read_feed(services, site.slug, RARE))
        await asyncio.sleep(0)
        assert not waiting.done()
    assert (await waiting).body
