"""Measures how far the feeds in Redis differ from PostgreSQL, and rebuilds those that do."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import structlog

from discuss.domain.events import Topic
from discuss.domain.sites import Site
from discuss.store import outbox, sites
from discuss.usecases.build_feeds import build
from discuss.usecases.compare_feed import Difference, compare_feed
from discuss.usecases.services import Services

PATIENCE = 2.0
"""Seconds after which a difference that is still the same is not merely a change in progress."""

log = structlog.get_logger()


async def reconcile_feeds(services: Services) -> int:
    """How many articles were wrong in all feeds. Raises `RedisError` or `Unavailable`."""
    async with services.database.reading() as tx:
        every = await sites.every(tx)
    return sum([await _reconcile(services, site) for site in every])


async def _reconcile(services: Services, site: Site) -> int:
    wrong = await _differences(services, site)
    if wrong:
        await asyncio.sleep(PATIENCE)
        again = await _differences(services, site)
        waiting = await _waiting(services, site, again)
        wrong = [each for each in wrong if each in again and not {each.id, site.id} & waiting]
    if wrong:
        log.warning("feed.drift", site=site.slug, articles=len(wrong))
        await build(services, site)
    await services.projection.reconciled(site.slug, len(wrong), services.clock())
    return len(wrong)


async def _differences(services: Services, site: Site) -> Sequence[Difference]:
    async with services.database.reading() as tx:
        # With the site's settings as they are now, not as they were when the round began.
        return await compare_feed(tx, services, await sites.by_slug(tx, site.slug))


async def _waiting(services: Services, site: Site, differences: Sequence[Difference]) -> set[UUID]:
    """The articles, and perhaps the site, with facts that have not reached Redis yet."""
    now = services.clock()
    async with services.database.reading() as tx:
        changed = await outbox.waiting(tx, Topic.ARTICLE_CHANGED, [each.id for each in differences], now)
        return {*changed, *await outbox.waiting(tx, Topic.SITE_CHANGED, [site.id], now)}
