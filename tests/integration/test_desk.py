"""What open consoles are told: only about their own site, from whichever process it came, and that they missed something."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from uuid import UUID

import pytest
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from discuss.desk import streams
from discuss.desk.announcing import Announcer
from discuss.desk.news import CHANNEL, Kind, News, decode, encode
from discuss.desk.streams import BEGIN, END, MOST_BEHIND, RESET, Consoles
from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import Forbidden, Unauthenticated, Unavailable
from discuss.usecases import follow_queue as following
from discuss.usecases.claim import claim, release
from discuss.usecases.follow_queue import follow_queue
from discuss.usecases.note_comment import note_comment
from discuss.usecases.services import Services
from tests.integration.test_scoring import decide_on, drain, moderator_of, write

HERE, THERE, COMMENT = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture
async def consoles(redis: Redis) -> AsyncIterator[Consoles]:
    """The consoles of a process other than the one that announces."""
    other = Consoles(redis)
    other.start()
    yield other
    await other.stop()


async def said_next(events: AsyncIterator[bytes]) -> bytes:
    async with asyncio.timeout(20):
        return await anext(events)


async def subscribed(consoles: Consoles) -> AsyncIterator[bytes]:
    """Events of HERE, once the connection to Redis is up: everything announced from now on is heard."""
    events = consoles.listen(HERE)
    assert await said_next(events) == BEGIN
    assert await said_next(events) == RESET
    return events


async def news_of(channel: PubSub, site: Site) -> News:
    """The next piece of news about this site."""
    async with asyncio.timeout(20):
        while True:
            message = await channel.get_message(ignore_subscribe_messages=True, timeout=1)
            news = message and decode(message["data"])
            if news and news.site_id == site.id:
                return news


async def test_a_console_hears_of_its_own_site_only_from_any_process(
    redis: Redis, consoles: Consoles
) -> None:
    events = await subscribed(consoles)
    announcer = Announcer(redis)
    announcer.tell(THERE, Kind.CLAIMED, [COMMENT])
    await announcer.stop()
    announcer.tell(HERE, Kind.DECIDED, [COMMENT])
    assert await said_next(events) == b'event: decided\ndata: {"comments":["%s"]}\n\n' % str(COMMENT).encode()


async def test_deciding_claiming_and_scoring_are_told(
    services: Services, redis: Redis, site: Site, reader: Principal, article: Article
) -> None:
    async with redis.pubsub() as channel:
        await channel.subscribe(CHANNEL)
        comment = await write(services, site, reader, article, "toxic")
        await drain(services)
        moderator = moderator_of(site, reader)
        await claim(services, moderator, site.slug, comment.id)
        await release(services, moderator, site.slug, comment.id)
        await decide_on(services, site, reader, comment, State.REJECTED)
        await services.announcer.stop()
        heard = [await news_of(channel, site)]
        while heard[-1].kind is not Kind.DECIDED:
            heard.append(await news_of(channel, site))
    assert {news.kind for news in heard} == set(Kind)
    assert list(heard[-1].comments) == [comment.id]


async def test_colleagues_hear_that_a_comment_left_with_a_note_is_free_and_of_every_further_note(
    services: Services, redis: Redis, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    moderator = moderator_of(site, reader)
    await claim(services, moderator, site.slug, comment.id)
    await services.announcer.stop()
    async with redis.pubsub() as channel:
        await channel.subscribe(CHANNEL)
        for text in ("I know the author.", "So please decide."):
            await note_comment(services, moderator, site.slug, comment.id, text)
            await services.announcer.stop()
        heard = [await news_of(channel, site) for _ in range(2)]
    assert heard == [News(site.id, kind, [comment.id]) for kind in (Kind.RELEASED, Kind.CHANGED)]


async def test_a_console_that_reads_nothing_is_told_to_begin_anew(consoles: Consoles) -> None:
    events = await subscribed(consoles)
    for _ in range(MOST_BEHIND + 1):
        consoles.hear(News(HERE, Kind.CHANGED, []))
    assert await said_next(events) == RESET


async def test_a_console_is_let_go_after_a_while_and_told_to_come_back_soon(
    consoles: Consoles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "LASTS", 0.0)
    assert [said async for said in consoles.listen(HERE)] == [BEGIN, END]
    assert consoles.listeners == 0


async def test_a_console_that_comes_back_is_told_that_it_may_have_missed_something(
    services: Services, site: Site, reader: Principal
) -> None:
    moderator = moderator_of(site, reader)
    for again, begins in ((False, BEGIN), (True, BEGIN + RESET)):
        async with aclosing(await follow_queue(services, moderator, site.slug, again=again)) as events:  # type: ignore[type-var]
            assert await said_next(events) == begins


async def test_whoever_leaves_is_forgotten(consoles: Consoles) -> None:
    async with aclosing(consoles.listen(HERE)) as events:  # type: ignore[type-var]
        await said_next(events)
        assert consoles.listeners == 1
    assert consoles.listeners == 0


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"site_id":"x","kind":"decided","comments":[]}'])
def test_what_others_say_on_the_channel_is_no_news(data: bytes) -> None:
    assert decode(data) is None
    assert decode(encode(News(HERE, Kind.CLAIMED, [COMMENT]))) == News(HERE, Kind.CLAIMED, [COMMENT])


async def test_only_moderators_of_the_site_may_listen_and_only_so_many(
    services: Services, site: Site, reader: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Forbidden):
        await follow_queue(services, reader, site.slug)
    with pytest.raises(Unauthenticated):
        await follow_queue(services, Principal(), site.slug)
    monkeypatch.setattr(following, "MOST_OPEN", 0)
    with pytest.raises(Unavailable):
        await follow_queue(services, moderator_of(site, replace(reader)), site.slug)
