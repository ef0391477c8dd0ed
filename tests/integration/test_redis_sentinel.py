"""Redis behind Sentinels: when the server dies, its replica is found, distrusted, and filled from PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from redis.exceptions import RedisError

from discuss import wiring
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.errors import RateLimited
from discuss.feed.answers import Query
from discuss.limiting import Limit
from discuss.settings import Settings
from discuss.usecases.build_feeds import build_changed, build_unsound
from discuss.usecases.compare_feed import compare_feed
from discuss.usecases.migrate import migrate
from discuss.usecases.project import project
from discuss.usecases.services import Services
from tests.stack import wait_for
from tests.valkeys import Watched
from workers.queue import connect


@pytest.fixture
def watched() -> Iterator[Watched]:
    with Watched.running() as running:
        yield running


@pytest.fixture
async def services(configured: Settings, watched: Watched, tmp_path: Path) -> AsyncIterator[Services]:
    own = configured.model_copy(update={"redis_url": watched.url, "home": tmp_path})
    async with wiring.services(own) as made:
        await migrate(made)
        yield made


async def settle(services: Services) -> None:
    while await project(services) or await build_changed(services):
        pass


async def differences(services: Services, site: Site) -> list[str]:
    async with services.database.reading() as tx:
        return [each.told for each in await compare_feed(tx, services, site)]


async def test_a_replica_that_took_over_is_distrusted_and_filled_anew(
    watched: Watched, services: Services, site: Site, article: Article
) -> None:
    services.listener.start()
    limit = Limit("tests", uuid4().hex, 1)
    await settle(services)
    await services.limiter.check(limit)
    assert await services.projection.unsound([site.slug]) == []
    await asyncio.to_thread(wait_for, "the feed", lambda: services.snapshots.find(site.slug, Query()))
    before = services.snapshots.window(site.slug).epoch
    await asyncio.to_thread(wait_for, "the replica to catch up", watched.caught_up)

    watched.master.kill()
    with pytest.raises((RedisError, OSError)):
        await services.projection.unsound([site.slug])
    await asyncio.to_thread(
        wait_for, "the replica to take over", lambda: watched.leader() == watched.replica.port
    )

    # It holds what was there, but nobody can know whether that is everything.
    assert (await services.reader.seqs([site.slug]))[0][0] == before
    assert site.slug in await build_unsound(services)
    assert await services.projection.unsound([site.slug]) == []
    assert await differences(services, site) == []
    with pytest.raises(RateLimited):
        await services.limiter.check(limit)
    await asyncio.to_thread(
        wait_for, "the new feed", lambda: services.snapshots.window(site.slug).epoch != before
    )
    await asyncio.to_thread(wait_for, "a look that is answered", lambda: services.listener.connected)
    await services.listener.stop()


async def test_the_queue_follows_to_the_server_that_took_over(watched: Watched) -> None:
    queue = connect(watched.url)
    assert await queue.enqueue_job("drain", _job_id="first") is not None
    watched.master.kill()
    await asyncio.to_thread(
        wait_for, "the replica to take over", lambda: watched.leader() == watched.replica.port
    )
    assert await queue.enqueue_job("drain", _job_id="second") is not None
    assert "second" in {job.job_id for job in await queue.queued_jobs()}
    await queue.aclose()


async def test_a_service_that_no_sentinel_knows_is_an_outage(watched: Watched) -> None:
    redis = wiring.connect_redis(watched.url + "-of-somebody-else")
    with pytest.raises(RedisError):
        await redis.ping()
    await redis.aclose()
