"""Views in the feed: they are not news, and never fewer than those written to PostgreSQL."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from redis.asyncio import Redis

from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.feed import keys, listening
from discuss.feed.answers import Query
from discuss.feed.listening import Listener
from discuss.feed.projection import Projection
from discuss.feed.reading import Reader
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.usecases.build_feeds import build, build_changed
from discuss.usecases.flush_views import flush_views
from discuss.usecases.project import project
from discuss.usecases.register_article import register_article
from discuss.usecases.services import Services
from tests.integration.conftest import ONE
from tests.integration.test_views import look
from tests.stack import wait_for


@pytest.fixture
async def feed(services: Services, site: Site, article: Article) -> str:
    await settle(services)
    return site.slug


async def settle(services: Services) -> None:
    while await project(services) or await build_changed(services):
        pass


async def register(services: Services, site: Site, **changes: object) -> None:
    key = Principal(Credential.KEY, site_id=site.id)
    await register_article(services, key, site.slug, replace(ONE, **changes))


async def seen(services: Services, feed: str, article: Article, readers: int) -> None:
    for reader in range(readers):
        await look(services, feed, article.id, reader)
    await flush_views(services)


def shown(snapshots: Snapshots, feed: str) -> list[int]:
    return [row["views"] for row in json.loads(snapshots.find(feed, Query()).body)["articles"]]


async def test_a_process_takes_up_how_often_an_article_was_seen_and_that_is_no_news(
    services: Services, redis: Redis, feed: str, article: Article, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(listening, "LOOK", 0.05)
    monkeypatch.setattr(listening, "COUNT_EVERY", 2)
    snapshots = Snapshots(services.reader, Shelf(tmp_path))
    listener = Listener(redis, snapshots)
    listener.start()
    try:
        before = await asyncio.to_thread(wait_for, "the feed", lambda: snapshots.find(feed, Query()))
        await seen(services, feed, article, 3)
        expected = before.body.replace(b'"views":0', b'"views":3')
        await asyncio.to_thread(
            wait_for, "the views", lambda: snapshots.find(feed, Query()).body == expected != before.body
        )
    finally:
        await listener.stop()
    assert snapshots.find(feed, Query()).etag() == before.etag()
    changed = json.loads(snapshots.find(feed, Query(since=json.loads(before.body)["point"])).body)
    assert (changed["full"], changed["articles"], changed["left"]) == (False, [], [])


async def test_a_redis_that_lost_the_feed_takes_no_views_from_those_who_knew_them(
    services: Services, redis: Redis, site: Site, feed: str, article: Article, tmp_path: Path
) -> None:
    snapshots = Snapshots(services.reader, Shelf(tmp_path))
    await seen(services, feed, article, 3)
    await snapshots.renew(feed)
    await redis.delete(*keys.every(feed))
    await snapshots.count_views(feed)
    assert shown(snapshots, feed) == [3]
    await build(services, site)
    await seen(services, feed, article, 5)
    await snapshots.count_views(feed)
    assert shown(snapshots, feed) == [5]


async def test_the_views_of_an_article_that_left_are_forgotten(
    services: Services, site: Site, feed: str, article: Article, tmp_path: Path
) -> None:
    snapshots = Snapshots(services.reader, Shelf(tmp_path))
    await seen(services, feed, article, 3)
    await snapshots.renew(feed)
    await register(services, site, withdrawn=True)
    await settle(services)
    await snapshots.renew(feed)
    await snapshots.count_views(feed)
    assert snapshots.window(feed).views == {}


class Watched(Snapshots):
    """Counts the looks, and notes after which of them the views were taken up."""

    def __init__(self, reader: Reader, shelf: Shelf) -> None:
        super().__init__(reader, shelf)
        self.looks = 0
        self.counted: list[int] = []

    async def refresh_changed(self, slugs: Sequence[str]) -> None:
        self.looks += 1
        await super().refresh_changed(slugs)

    async def count_views(self, slug: str) -> None:
        self.counted.append(self.looks)
        await super().count_views(slug)


async def test_views_are_taken_up_once_a_minute_and_at_no_other_look(
    services: Services, redis: Redis, feed: str, tmp_path: Path, monkeypatch
) -> None:
    pause = listening.LOOK
    monkeypatch.setattr(listening, "LOOK", 0.0)
    snapshots = Watched(services.reader, Shelf(tmp_path))
    listener = Listener(redis, snapshots)
    listener.start()
    try:
        await asyncio.to_thread(
            wait_for, "views to be taken up twice", lambda: len(set(snapshots.counted)) > 1
        )
    finally:
        await listener.stop()
    first, second = sorted(set(snapshots.counted))[:2]
    assert (first * pause, (second - first) * pause) == (60, 60)


class Overtaken(Projection):
    """Applies facts so late that views are written to PostgreSQL after the facts were read."""

    def __init__(self, redis: Redis, services: Services) -> None:
        super().__init__(redis)
        self._services = services

    async def apply(self, *given, **style) -> bool:
        await flush_views(self._services)
        return await super().apply(*given, **style)


async def test_facts_that_were_read_before_views_were_written_down_take_none_back(
    services: Services, redis: Redis, site: Site, feed: str, article: Article
) -> None:
    for reader in range(3):
        await look(services, feed, article.id, reader)
    await register(services, site, title="Renamed")
    await project(replace(services, projection=Overtaken(redis, services)))
    delta = await services.reader.read(feed)
    assert [placed.facts.title for placed in delta.placed] == ["Renamed"]
    assert await services.reader.views(feed) == {str(article.id): 3}


async def test_facts_that_were_read_after_views_were_written_down_bring_them(
    services: Services, redis: Redis, site: Site, feed: str, article: Article
) -> None:
    await seen(services, feed, article, 3)
    await redis.hset(keys.views(feed), str(article.id), 1)
    await register(services, site, title="Renamed")
    await settle(services)
    assert await services.reader.views(feed) == {str(article.id): 3}


async def test_a_withdrawn_article_takes_its_views_with_it_and_brings_them_back(
    services: Services, site: Site, feed: str, article: Article
) -> None:
    await seen(services, feed, article, 3)
    await register(services, site, withdrawn=True)
    await settle(services)
    assert await services.reader.views(feed) == {}
    await register(services, site)
    await settle(services)
    assert await services.reader.views(feed) == {str(article.id): 3}


async def test_a_feed_that_is_built_anew_says_what_was_written_down_and_no_more(
    services: Services, redis: Redis, site: Site, feed: str, article: Article
) -> None:
    await seen(services, feed, article, 3)
    await redis.hset(keys.views(feed), str(article.id), 99)
    await build(services, site)
    assert await services.reader.views(feed) == {str(article.id): 3}


async def test_views_that_are_written_down_while_a_feed_is_built_are_told_to_it_afterwards(
    services: Services, redis: Redis, site: Site, feed: str, article: Article
) -> None:
    for reader in range(3):
        await look(services, feed, article.id, reader)
    await build(replace(services, projection=Overtaken(redis, services)), site)
    await flush_views(services)
    assert await services.reader.views(feed) == {str(article.id): 3}


async def test_an_article_that_comes_into_the_feed_brings_its_views(
    services: Services, site: Site, feed: str, article: Article, tmp_path: Path
) -> None:
    snapshots = Snapshots(services.reader, Shelf(tmp_path))
    await seen(services, feed, article, 3)
    await register(services, site, withdrawn=True)
    await settle(services)
    await snapshots.renew(feed)
    await register(services, site)
    await settle(services)
    await snapshots.renew(feed)
    assert shown(snapshots, feed) == [3]
