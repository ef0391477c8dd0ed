"""The feeds are compared with PostgreSQL: what is wrong is counted and put right, what is merely in progress is not."""

from datetime import datetime, timedelta

from redis.asyncio import Redis

from discuss.domain.articles import Article
from discuss.domain.events import Fact, Topic
from discuss.domain.sites import Site
from discuss.feed import keys
from discuss.store import articles as stored
from discuss.store import outbox
from discuss.usecases import reconcile_feeds as reconciling
from discuss.usecases.build_feeds import build_changed
from discuss.usecases.compare_feed import compare_feed
from discuss.usecases.project import project
from discuss.usecases.reconcile_feeds import reconcile_feeds
from discuss.usecases.services import Services


async def settle(services: Services) -> None:
    while await project(services) or await build_changed(services):
        pass


async def differences(services: Services, site: Site) -> list[str]:
    async with services.database.reading() as tx:
        return [each.article_id for each in await compare_feed(tx, services, site)]


async def tamper(redis: Redis, site: Site, article: Article) -> None:
    facts = await redis.hget(keys.facts(site.slug), str(article.id))
    await redis.hset(
        keys.facts(site.slug), str(article.id), facts.replace(b'"comment_count":0', b'"comment_count":7')
    )


async def say(services: Services, article: Article, due_at: datetime) -> None:
    async with services.database.transaction() as tx:
        await outbox.put(tx, [Fact(Topic.ARTICLE_CHANGED, article.site_id, article.id, due_at)])


async def test_a_feed_that_was_tampered_with_is_counted_and_built_anew(
    services: Services, redis: Redis, site: Site, article: Article, monkeypatch
) -> None:
    monkeypatch.setattr(reconciling, "PATIENCE", 0)
    await settle(services)
    assert await differences(services, site) == []
    before, _ = await services.reader.drift(site.slug)
    await tamper(redis, site, article)
    assert await differences(services, site) == [str(article.id)]
    assert await reconcile_feeds(services) >= 1
    assert await differences(services, site) == []
    total, looked_at = await services.reader.drift(site.slug)
    assert (total - before, looked_at > 0) == (1, True)


async def test_a_fact_that_is_due_on_another_day_keeps_nobody_from_comparing(
    services: Services, redis: Redis, site: Site, article: Article, monkeypatch
) -> None:
    """Such a fact stays behind when an article that was planned for next month is published today."""
    monkeypatch.setattr(reconciling, "PATIENCE", 0)
    await settle(services)
    await say(services, article, services.clock() + timedelta(days=30))
    await tamper(redis, site, article)
    assert await reconcile_feeds(services) >= 1
    assert await differences(services, site) == []


async def test_a_fact_that_was_put_off_is_still_in_progress(
    services: Services, redis: Redis, site: Site, article: Article, monkeypatch
) -> None:
    monkeypatch.setattr(reconciling, "PATIENCE", 0)
    await settle(services)
    await say(services, article, services.clock() + outbox.LONGEST)
    await tamper(redis, site, article)
    await reconcile_feeds(services)
    assert await differences(services, site) == [str(article.id)]


async def test_what_has_not_been_taken_to_redis_yet_is_no_drift(
    services: Services, site: Site, article: Article, monkeypatch
) -> None:
    monkeypatch.setattr(reconciling, "PATIENCE", 0)
    await settle(services)
    epoch = (await services.reader.seqs([site.slug]))[0][0]
    async with services.database.transaction() as tx:
        await stored.lock(tx, [article.id])
        await stored.settle(tx, {article.id: 1})
    await say(services, article, services.clock())
    assert await differences(services, site) == [str(article.id)]
    await reconcile_feeds(services)
    assert (await services.reader.seqs([site.slug]))[0][0] == epoch
    await settle(services)
    assert await differences(services, site) == []
