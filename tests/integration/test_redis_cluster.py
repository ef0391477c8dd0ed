"""Redis as a cluster: each site is on one node, and everything works that works on a single server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from discuss import wiring
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.errors import RateLimited
from discuss.feed import keys
from discuss.feed.listening import Listener
from discuss.feed.projection import Projection
from discuss.feed.reading import Reader
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.limiting import Limit, Limiter
from discuss.settings import Settings
from discuss.store import articles
from discuss.usecases.build_feeds import build_changed, build_unsound
from discuss.usecases.compare_feed import compare_feed
from discuss.usecases.count_view import count_view
from discuss.usecases.flush_views import flush_views
from discuss.usecases.migrate import migrate
from discuss.usecases.project import project
from discuss.usecases.services import Services
from tests.stack import wait_for
from tests.valkeys import Cluster, LoneNode

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SLUGS = (f"clustered-{number}" for number in count())


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster.running() as running:
        yield running


@pytest.fixture(scope="module")
async def services(configured: Settings, cluster: Cluster) -> AsyncIterator[Services]:
    async with wiring.services(configured.model_copy(update={"redis_url": cluster.url})) as made:
        await migrate(made)
        yield made


@pytest.fixture(scope="module")
async def redis(cluster: Cluster) -> AsyncIterator[Redis]:
    client = wiring.connect_redis(cluster.url)
    yield client
    await client.aclose()


async def settle(services: Services) -> None:
    while await project(services) or await build_changed(services):
        pass
    await build_unsound(services)


async def differences(services: Services, site: Site) -> list[str]:
    async with services.database.reading() as tx:
        return [each.told for each in await compare_feed(tx, services, site)]


async def build(projection: Projection, slug: str) -> None:
    run_id = await projection.begin(slug, uuid4().hex, joint=True)
    epoch = (await projection.mark(slug)).epoch
    assert await projection.finish(slug, epoch, run_id, None)


async def on_every_node(cluster: Cluster, projection: Projection) -> list[str]:
    """For each node of the cluster, a site with a feed."""
    found: dict[int, str] = {}
    for slug in SLUGS:
        await build(projection, slug)
        homes = [
            number for number, server in enumerate(cluster.servers) if cluster.keys(server, f"*{{{slug}}}*")
        ]
        assert len(homes) == 1
        found.setdefault(homes[0], slug)
        if len(found) == len(cluster.servers):
            return list(found.values())
    raise AssertionError("there are slugs for ever")


async def test_a_feed_is_built_followed_and_read_like_on_one_server(
    services: Services, site: Site, article: Article
) -> None:
    await settle(services)
    assert await differences(services, site) == []
    whole = await services.reader.read(site.slug)
    assert [placed.facts.id for placed in whole.placed] == [str(article.id)]
    assert await services.projection.unsound([site.slug]) == []


async def test_all_keys_of_a_site_are_on_one_node_and_two_sites_may_be_on_two(
    cluster: Cluster, services: Services, site: Site, article: Article
) -> None:
    await settle(services)
    await count_view(services, site.slug, article.id, "10.0.0.1", FIREFOX)
    held = [cluster.keys(server, f"*{{{site.slug}}}*") for server in cluster.servers]
    assert sorted(map(bool, held)) == [False, False, True]
    assert keys.state(site.slug) in set.union(*held)
    assert len([name for name in set.union(*held) if ":views:" in name]) > 1
    assert len(await on_every_node(cluster, services.projection)) == 3


async def test_sites_on_all_nodes_are_asked_about_in_one_call(cluster: Cluster, services: Services) -> None:
    slugs = await on_every_node(cluster, services.projection)
    assert [seq for _, seq in await services.reader.seqs(slugs)] == [1, 1, 1]
    assert await services.projection.unsound(slugs) == []


async def test_a_feed_that_moves_to_another_node_is_built_anew_there(
    cluster: Cluster, services: Services, site: Site, article: Article
) -> None:
    await settle(services)
    key = keys.state(site.slug)
    home = next(server for server in cluster.servers if key in cluster.keys(server, key))
    other = next(server for server in cluster.servers if server is not home)
    await asyncio.to_thread(cluster.move, key, home, other)
    assert await services.projection.unsound([site.slug]) == [site.slug]
    assert site.slug in await build_unsound(services)
    assert await differences(services, site) == []
    assert key in cluster.keys(other, key)


async def test_views_are_counted_and_written_down(services: Services, site: Site, article: Article) -> None:
    await settle(services)
    for reader in range(3):
        await count_view(services, site.slug, article.id, f"10.0.0.{reader}", FIREFOX)
    await flush_views(services)
    async with services.database.reading() as tx:
        assert (await articles.by_id(tx, site.id, article.id)).views == 3
    assert await services.reader.views(site.slug) == {str(article.id): 3}


async def test_limits_are_counted_for_all_together(cluster: Cluster, redis: Redis) -> None:
    limit = Limit("tests", uuid4().hex, 2)
    neighbour = wiring.connect_redis(cluster.url)
    await Limiter(redis).check(limit)
    await Limiter(neighbour).check(limit)
    with pytest.raises(RateLimited):
        await Limiter(redis).check(limit)
    await neighbour.aclose()


async def test_whoever_listens_at_one_node_hears_what_is_announced_through_the_others(
    cluster: Cluster, redis: Redis
) -> None:
    slugs = await on_every_node(cluster, Projection(redis))
    listened_to: set[int] = set()
    for _ in cluster.servers:
        async with redis.pubsub() as channel, asyncio.timeout(30):
            await channel.subscribe(keys.CHANNEL)
            heard = channel.listen()
            assert (await anext(heard))["type"] == "subscribe"
            listened_to.add(channel.connection.port)
            for slug in slugs:
                await build(Projection(redis), slug)
            missing = set(slugs)
            while missing:  # earlier announcements may still be on their way between the nodes
                missing.discard((await anext(heard))["data"].decode())
    assert listened_to == {server.port for server in cluster.servers}


async def test_a_process_follows_a_site_of_which_it_only_heard_and_goes_on_when_its_node_dies(
    cluster: Cluster, redis: Redis, tmp_path: Path
) -> None:
    """The sites are not in the list of all sites, so that only an announcement can tell of them."""
    slugs = await on_every_node(cluster, Projection(redis))
    await redis.srem(keys.SITES, *slugs)
    listener = Listener(redis, Snapshots(Reader(redis), Shelf(tmp_path)))
    listener.start()

    def heard(server: int, slug: str) -> bool:
        cluster.servers[server].client.publish(keys.CHANNEL, slug)
        return slug in listener.followed

    try:
        await asyncio.to_thread(wait_for, "the first", lambda: heard(0, slugs[0]))
        for server in cluster.servers:
            server.client.client_kill_filter(_type="pubsub")
        await asyncio.to_thread(wait_for, "the second", lambda: heard(2, slugs[1]))
    finally:
        await listener.stop()


@pytest.mark.parametrize("kind", [Cluster, LoneNode])
async def test_a_cluster_that_is_away_as_a_whole_is_an_outage_and_found_again(kind: type[Cluster]) -> None:
    with kind.running() as cluster:
        redis = wiring.connect_redis(cluster.url)
        reader, limiter = Reader(redis), Limiter(redis)
        for server in cluster.servers:  # otherwise a node that is killed may lose its last second
            server.client.config_set("appendfsync", "always")
        slugs = await on_every_node(cluster, Projection(redis))
        for server in cluster.servers:
            server.kill()
        for slug in (*slugs, *slugs):
            with pytest.raises((RedisError, OSError)):
                await reader.read(slug)
            with pytest.raises((RedisError, OSError)):
                await reader.seqs(slugs)
            await limiter.check(Limit("tests", slug, 2))
        for server in cluster.servers:
            server.start()
        await asyncio.to_thread(wait_for, "the nodes to agree", cluster.agrees)
        assert {seq for _, seq in await reader.seqs(slugs)} == {1}
        assert await Projection(redis).unsound(slugs) == slugs
        await redis.aclose()
