"""Views: counted once for each reader, article and hour, and written to PostgreSQL exactly, whatever is interrupted."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis
from sqlalchemy import text

from discuss import wiring
from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.errors import RateLimited, SiteNotFound, Unavailable
from discuss.feed import keys
from discuss.feed import views as counting
from discuss.feed.views import Views
from discuss.store import articles, views
from discuss.store.database import Database, Tx
from discuss.usecases.count_view import count_view
from discuss.usecases.flush_views import flush_views
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NOW = datetime.now(UTC).replace(minute=10)


@pytest.fixture
def services(services: Services) -> Services:
    """Services whose clock stands still, so that the hour does not change during a test."""
    return at(services, NOW)


@pytest.fixture
async def feed(redis: Redis, site: Site, article: Article) -> str:
    """A feed as far as views are concerned: its state and its articles. The salt is fixed, so that counts are reproducible."""
    await redis.set(counting.salt(site.slug, f"{NOW:%Y-%m-%dT%H}"), b"tests", ex=3900)
    await redis.hset(keys.state(site.slug), mapping={"epoch": "tests", "built": "here"})
    await redis.hset(keys.facts(site.slug), str(article.id), "{}")
    return site.slug


def at(services: Services, now: datetime) -> Services:
    return replace(services, clock=lambda: now)


async def look(services: Services, slug: str, article_id: UUID, reader: int, agent: str = FIREFOX) -> None:
    await count_view(
        services, slug, article_id, f"10.{reader >> 16}.{reader >> 8 & 255}.{reader & 255}", agent
    )


async def total(services: Services, article: Article) -> int:
    async with services.database.reading() as tx:
        return (await articles.by_id(tx, article.site_id, article.id)).views


async def waiting(redis: Redis, slug: str) -> int:
    return await redis.scard(counting.dirty(slug))


async def test_a_reader_who_looks_five_times_in_an_hour_is_one_view(services, feed, article) -> None:
    for _ in range(5):
        await look(services, feed, article.id, 1)
    await flush_views(services)
    assert await total(services, article) == 1
    await look(services, feed, article.id, 1, "another browser at the same address")
    await flush_views(services)
    assert await total(services, article) == 2


async def test_a_thousand_readers_are_a_thousand_within_three_per_cent(services, feed, article) -> None:
    await asyncio.gather(*(look(services, feed, article.id, n) for n in range(500)))
    await flush_views(services)
    await asyncio.gather(*(look(services, feed, article.id, n) for n in range(250, 1000)))
    await flush_views(services)
    assert abs(await total(services, article) - 1000) <= 30


async def test_the_next_hour_counts_again(services, feed, article) -> None:
    for hours in (0, 1, 1):
        await look(at(services, NOW + timedelta(hours=hours)), feed, article.id, 1)
    await flush_views(services)
    assert await total(services, article) == 2


async def test_a_robot_is_not_counted(services, redis, feed, article) -> None:
    await look(services, feed, article.id, 1, "Mozilla/5.0 (compatible; Googlebot/2.1)")
    assert await waiting(redis, feed) == 0


async def test_a_view_does_not_raise_the_version(services, feed, article) -> None:
    await look(services, feed, article.id, 1)
    await flush_views(services)
    async with services.database.reading() as tx:
        after = await articles.by_id(tx, article.site_id, article.id)
    assert after == replace(article, views=1)


async def test_an_article_of_another_site_is_not_touched_and_what_is_unknown_is_forgotten(
    services, redis, feed, article
) -> None:
    other = await register_site(services, f"{feed}-b", "Next door")
    await redis.hset(keys.state(other.slug), "epoch", "tests")
    made_up = uuid4()
    for slug, id_, reader in (
        (other.slug, article.id, 1),
        (other.slug, article.id, 2),
        (feed, made_up, 1),
        (feed, article.id, 1),
    ):
        await look(services, slug, id_, reader)
    await flush_views(services)
    assert await total(services, article) == 1
    assert [await waiting(redis, slug) for slug in (feed, other.slug)] == [0, 0]
    left = [key.decode() async for key in redis.scan_iter("*:views:*")]
    assert not [key for key in left if str(made_up) in key or (other.slug in key and str(article.id) in key)]


async def test_many_flushes_at_once_count_each_view_once(services, redis, site, feed, article) -> None:
    key = Principal(Credential.KEY, site_id=site.id)
    made = [article]
    for number in range(5):
        registration = Registration(
            f"{number}", f"https://example.org/{number}", "Another", "en", article.published_at
        )
        made.append((await register_article(services, key, site.slug, registration))[0])
    # The first time they may queue for connections; the second time they race.
    for looked in range(2):
        for entry in made:
            for reader in range(5 * looked, 5 * looked + 5):
                await look(services, feed, entry.id, reader)
        await asyncio.gather(*(flush_views(services) for _ in range(6)))
    assert [await total(services, entry) for entry in made] == [10] * 6
    assert await waiting(redis, feed) == 0


async def test_whoever_writes_second_counts_only_what_the_first_left(services, feed, article) -> None:
    hour = counting.hour_of(NOW)

    async def write(readers: int) -> None:
        async with services.database.transaction() as tx:
            await views.record(tx, article.site_id, {counting.ViewedHour(article.id, hour): readers})

    async with services.database.transaction() as tx:
        await views.record(tx, article.site_id, {counting.ViewedHour(article.id, hour): 5})
        second = asyncio.create_task(write(7))
        await somebody_waits(services)
    await second
    assert await total(services, article) == 7


async def somebody_waits(services: Services) -> None:
    """Waits until a transaction is waiting for another's lock."""
    async with asyncio.timeout(10), services.database.reading() as tx:
        while not await tx.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            pass


async def test_views_that_come_during_a_flush_are_found_by_the_next(services, redis, feed, article) -> None:
    await look(services, feed, article.id, 1)

    class Interrupted(Views):
        async def settle(self, slug, written, totals) -> None:
            if slug == feed:
                await look(services, feed, article.id, 2)
            await super().settle(slug, written, totals)

    await flush_views(replace(services, views=Interrupted(redis)))
    assert (await total(services, article), await waiting(redis, feed)) == (1, 1)
    await flush_views(services)
    assert (await total(services, article), await waiting(redis, feed)) == (2, 0)


class Broken(Exception):
    pass


class Failing(Views):
    """Redis works as usual until the named step, which fails."""

    def __init__(self, redis: Redis, step: str) -> None:
        super().__init__(redis)
        self._step = step

    async def counted(self, slug, hours) -> Mapping:
        if self._step == "before counting":
            raise Broken
        return await super().counted(slug, hours)

    async def settle(self, slug, written, totals) -> None:
        if self._step == "before settling":
            raise Broken
        await super().settle(slug, written, totals)
        if self._step == "after settling":
            raise Broken


class Uncommitted(Database):
    """PostgreSQL that goes away at the moment of the commit."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        async with super().transaction() as tx:
            yield tx
            raise Unavailable


@pytest.mark.parametrize("step", ["before counting", "before settling", "after settling"])
async def test_a_flush_that_is_broken_off_loses_nothing_and_doubles_nothing(
    services, redis, feed, article, step
) -> None:
    for reader in range(7):
        await look(services, feed, article.id, reader)
    for _ in range(2):
        with pytest.raises(Broken):
            await flush_views(replace(services, views=Failing(redis, step)))
        await look(services, feed, article.id, 7)
    await flush_views(services)
    await flush_views(services)
    assert (await total(services, article), await waiting(redis, feed)) == (8, 0)


async def test_a_commit_that_fails_is_made_good_by_the_next_flush(services, redis, feed, article) -> None:
    await look(services, feed, article.id, 1)
    with pytest.raises(Unavailable):
        await flush_views(replace(services, database=Uncommitted(services.database.engine)))
    assert (await total(services, article), await waiting(redis, feed)) == (0, 1)
    await flush_views(services)
    assert (await total(services, article), await waiting(redis, feed)) == (1, 0)


async def test_a_redis_that_forgot_takes_no_view_back_and_gives_none_twice(
    services, redis, feed, article
) -> None:
    for reader in range(4):
        await look(services, feed, article.id, reader)
    await flush_views(services)
    await redis.delete(*[key async for key in redis.scan_iter(f"discuss:{{{feed}}}:views:*")])
    for reader, views_now in ((0, 4), (1, 4), (2, 4), (3, 4), (9, 5)):
        await look(services, feed, article.id, reader)
        await flush_views(services)
        assert await total(services, article) == views_now


async def test_what_expired_before_it_was_written_is_forgotten(services, redis, feed, article) -> None:
    await look(services, feed, article.id, 1)
    await redis.delete(counting.readers(feed, f"{NOW:%Y-%m-%dT%H}:{article.id}"))
    await flush_views(services)
    assert (await total(services, article), await waiting(redis, feed)) == (0, 0)


async def test_the_feed_is_told_the_totals_of_the_articles_it_holds(
    services, redis, site, feed, article
) -> None:
    key = Principal(Credential.KEY, site_id=site.id)
    outside, _ = await register_article(
        services,
        key,
        site.slug,
        Registration("two", "https://example.org/two", "Two", "en", article.published_at),
    )
    for reader in range(3):
        await look(services, feed, article.id, reader)
        await look(services, feed, outside.id, reader)
    await flush_views(services)
    assert await redis.hgetall(keys.views(feed)) == {str(article.id).encode(): b"3"}
    assert await total(services, outside) == 3


async def test_hours_are_forgotten_after_four_and_the_sum_stays(services, redis, feed, article) -> None:
    await look(services, feed, article.id, 1)
    await flush_views(services)
    await flush_views(at(services, NOW + timedelta(hours=4)))
    assert await total(services, article) == 1
    async with services.database.transaction() as tx:
        again = {counting.ViewedHour(article.id, counting.hour_of(NOW)): 1}
        await views.record(tx, article.site_id, again)
    assert await total(services, article) == 2, "the hour was there still: nothing was forgotten"


async def test_readers_are_kept_no_longer_than_two_hours_after_theirs_and_the_salt_an_hour(
    services, redis, feed, article
) -> None:
    await look(services, feed, article.id, 1)
    hour = counting.hour_of(NOW)
    expiry = await redis.expiretime(counting.readers(feed, f"{hour:%Y-%m-%dT%H}:{article.id}"))
    assert expiry == int((hour + timedelta(hours=3)).timestamp())
    assert 0 < await redis.ttl(counting.salt(feed, f"{hour:%Y-%m-%dT%H}")) <= 65 * 60
    assert all([await redis.ttl(key) > 0 async for key in redis.scan_iter(f"discuss:{{{feed}}}:views:2*")])


async def test_nothing_in_redis_names_a_reader(services, redis, feed, article) -> None:
    await count_view(services, feed, article.id, "198.51.100.23", FIREFOX)
    held = b""
    async for key in redis.scan_iter(f"discuss:{{{feed}}}:views:*"):
        held += key + (await redis.dump(key) or b"")
    assert held
    assert b"198.51" not in held
    assert b"Firefox" not in held


async def test_the_same_reader_cannot_be_told_from_another_at_another_hour(
    services, redis, feed, article
) -> None:
    traces = []
    for hours in (0, 1):
        now = NOW + timedelta(hours=hours)
        # The fixture sets the first hour's salt; this one is set too, so that it surely differs.
        await redis.set(counting.salt(feed, f"{now:%Y-%m-%dT%H}"), f"salt {hours}".encode(), ex=3900)
        await look(at(services, now), feed, article.id, 1)
        traces.append(await redis.dump(counting.readers(feed, f"{now:%Y-%m-%dT%H}:{article.id}")))
    assert traces[0] != traces[1]


async def test_made_up_ids_cannot_fill_redis(services, redis, feed, article, monkeypatch) -> None:
    monkeypatch.setattr(counting, "MOST_DIRTY", 3)
    for number in range(5):
        await look(services, feed, uuid4(), number)
    assert await waiting(redis, feed) == 3
    await flush_views(services)
    await look(services, feed, article.id, 1)
    await flush_views(services)
    assert await total(services, article) == 1


async def test_an_address_that_reports_too_many_is_told_to_wait_and_nobody_else_is(
    services, feed, article, monkeypatch
) -> None:
    monkeypatch.setattr(counting, "PER_MINUTE", 3)
    for number in range(3):
        await look(services, feed, article.id, 1, f"browser {number}")
    with pytest.raises(RateLimited) as refused:
        await look(services, feed, article.id, 1, "browser 4")
    assert 0 < refused.value.retry_after <= 60
    await look(services, feed, article.id, 2)
    await look(at(services, NOW + timedelta(minutes=1)), feed, article.id, 1)


async def test_a_site_that_does_not_exist_gets_no_key_and_one_without_a_feed_loses_its_views(
    services, redis, site, article
) -> None:
    with pytest.raises(SiteNotFound):
        await look(services, "no-such-site", article.id, 1)
    await look(services, site.slug, article.id, 1)
    for slug in ("no-such-site", site.slug):
        assert [key async for key in redis.scan_iter(f"discuss:{{{slug}}}:views:*")] == []


async def test_without_redis_a_view_is_lost_and_nobody_is_troubled(services, feed, article) -> None:
    away = wiring.connect_redis("unix:///nowhere/at/all.sock")
    await look(replace(services, views=Views(away)), feed, article.id, 1)
    await flush_views(services)
    assert await total(services, article) == 0
