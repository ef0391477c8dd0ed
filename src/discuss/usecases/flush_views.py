"""Writes the views that Redis counted to PostgreSQL, in batches. If interrupted anywhere, it is done again."""

from collections.abc import Sequence
from datetime import timedelta

import structlog

from discuss.domain.sites import Site
from discuss.domain.views import ViewedHour
from discuss.store import sites, views
from discuss.usecases.services import Services

HOURS_KEPT = timedelta(hours=4)
"""Longer than Redis keeps an hour's readers: an hour that is forgotten here is never written again."""

log = structlog.get_logger()


async def flush_views(services: Services) -> None:
    """Raises `RedisError` or `Unavailable`; the next run finds what was not settled."""
    async with services.database.reading() as tx:
        every = await sites.every(tx)
    for site in every:
        if await services.views.crowded(site.slug):
            log.warning("views.crowded", site=site.slug)
        async for hours in services.views.unwritten(site.slug):
            await _flush(services, site, hours)
    async with services.database.transaction() as tx:
        await views.forget(tx, services.clock() - HOURS_KEPT)


async def _flush(services: Services, site: Site, hours: Sequence[ViewedHour]) -> None:
    counted = await services.views.counted(site.slug, hours)
    async with services.database.transaction() as tx:
        await views.record(tx, site.id, {viewed: count for viewed, count in counted.items() if count})
        totals = await views.totals(tx, site.id, [viewed.article_id for viewed in hours])
    await services.views.settle(site.slug, counted, totals)
