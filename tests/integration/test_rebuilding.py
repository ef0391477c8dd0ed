"""A feed is rebuilt, while some processes have not heard of it yet, or have different clocks."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from redis.asyncio import Redis

from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.feed import keys
from discuss.feed.answers import Query
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.usecases.build_feeds import build, build_changed, build_unsound
from discuss.usecases.project import project
from discuss.usecases.read_feed import read_feed
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.services import Services
from tests.epochs import EARLIER


@pytest.fixture
async def processes(
    services: Services, site: Site, article: Article, tmp_path: Path
) -> tuple[Services, Services]:
    """Two processes that know the feed as it was first built."""
    while await project(services) or await build_changed(services):
        pass
    one, other = (replace(services, snapshots=Snapshots(services.reader, Shelf(tmp_path))) for _ in range(2))
    for process in (one, other):
        await process.snapshots.renew(site.slug)
    return one, other


async def told(process: Services, site: Site, since: str | None = None) -> dict[str, object]:
    answer: dict[str, object] = json.loads((await read_feed(process, site.slug, Query(since=since))).body)
    return answer


async def test_a_process_that_has_not_heard_of_it_tells_nothing_older_and_catches_up(
    processes: tuple[Services, Services], site: Site
) -> None:
    one, other = processes
    before = await told(one, site)
    await build(one, site)
    await one.snapshots.renew(site.slug)
    after = await told(one, site, since=str(before["point"]))
    assert (after["full"], after["articles"]) == (True, before["articles"])
    nothing = {"site": site.slug, "point": after["point"], "full": False, "articles": [], "left": []}
    assert await told(other, site, since=str(after["point"])) == nothing
    await other.snapshots.renew(site.slug)
    assert await told(other, site) == await told(one, site)


async def withdrawn(services: Services, site: Site, article: Article) -> None:
    key = Principal(Credential.KEY, site_id=site.id)
    named = (article.external_id, article.url, article.title, article.language, article.published_at)
    await register_article(services, key, site.slug, Registration(*named, withdrawn=True))
    while await project(services):
        pass


async def test_a_process_that_has_not_heard_of_a_withdrawal_tells_nobody_of_the_article_who_knows(
    services: Services, processes: tuple[Services, Services], site: Site, article: Article
) -> None:
    one, other = processes
    await withdrawn(services, site, article)
    await one.snapshots.renew(site.slug)
    after = await told(one, site)
    assert after["articles"] == []
    nothing = {"site": site.slug, "point": after["point"], "full": False, "articles": [], "left": []}
    assert await told(other, site, since=str(after["point"])) == nothing


async def back_from_an_older_copy(redis: Redis, slug: str, copies: dict[str, bytes | None]) -> None:
    """As if the server had been restored from its disk, or a replica that lagged behind had taken over."""
    await redis.delete(*copies)
    for key, copy in copies.items():
        if copy is not None:
            await redis.restore(key, 0, copy)
    await redis.hset(keys.state(slug), "built", "another run of the server")


@pytest.mark.parametrize("rebuilt", [False, True], ids=["the same epoch", "an earlier epoch"])
async def test_a_process_keeps_what_it_knows_while_redis_holds_an_older_copy(
    services: Services,
    processes: tuple[Services, Services],
    site: Site,
    article: Article,
    redis: Redis,
    rebuilt: bool,
) -> None:
    one, _ = processes
    copies = {key: await redis.dump(key) for key in keys.every(site.slug)}
    await withdrawn(services, site, article)
    if rebuilt:
        await build(one, site)
    await one.snapshots.renew(site.slug)
    before = await told(one, site)
    await back_from_an_older_copy(redis, site.slug, copies)
    await one.snapshots.renew(site.slug)
    assert await told(one, site) == before
    assert before["articles"] == []
    assert site.slug in await build_unsound(services)
    await one.snapshots.renew(site.slug)
    after = await told(one, site, since=str(before["point"]))
    assert (after["full"], after["articles"], after["point"] != before["point"]) == (True, [], True)


async def test_a_process_that_knows_nothing_takes_what_an_older_copy_holds(
    processes: tuple[Services, Services], site: Site, article: Article, redis: Redis, tmp_path: Path
) -> None:
    fresh = replace(processes[0], snapshots=Snapshots(processes[0].reader, Shelf(tmp_path)))
    await redis.hset(keys.state(site.slug), "built", "another run of the server")
    await fresh.snapshots.renew(site.slug)
    assert fresh.snapshots.find(site.slug, Query()) is not None


async def test_a_worker_whose_clock_is_behind_begins_a_later_epoch_all_the_same(
    services: Services, processes: tuple[Services, Services], site: Site
) -> None:
    one, other = processes
    before = await told(one, site)
    await build(replace(services, new_id=lambda: UUID(EARLIER)), site)
    await one.snapshots.renew(site.slug)
    after = await told(one, site, since=str(before["point"]))
    assert (after["full"], after["point"] != before["point"]) == (True, True)
    assert (await told(other, site, since=str(after["point"])))["full"] is False


async def test_a_new_feed_is_built_once_whichever_job_comes_first(services: Services, site: Site) -> None:
    assert site.slug not in await build_unsound(services)
    while await build_changed(services):
        pass
    built = await services.projection.mark(site.slug)
    assert built is not None
    assert site.slug not in await build_unsound(services)
    assert await services.projection.mark(site.slug) == built


async def test_a_lost_feed_is_built_once_however_many_miss_it(
    services: Services, site: Site, redis: Redis
) -> None:
    while await build_changed(services):
        pass
    await redis.delete(*keys.every(site.slug))
    built = await asyncio.gather(*(build_unsound(services) for _ in range(3)))
    assert [slug for slugs in built for slug in slugs].count(site.slug) == 1
