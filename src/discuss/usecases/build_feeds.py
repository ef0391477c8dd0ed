"""Builds feeds from PostgreSQL: those that Redis lacks, and those whose site has changed a setting they depend on."""

from collections.abc import Sequence

from discuss.domain.articles import Article
from discuss.domain.events import Topic
from discuss.domain.sites import Site
from discuss.feed.facts import Position, Row, place, rows
from discuss.feed.manner import Manner
from discuss.feed.points import next_epoch
from discuss.feed.projection import Mark
from discuss.store import newest, outbox, sites
from discuss.store.database import Tx
from discuss.usecases.services import Services

BATCH = 100


async def build_unsound(services: Services) -> Sequence[str]:
    """Builds every feed that Redis does not hold whole, or that was built before Redis restarted. Returns the sites' slugs.

    Sites with a waiting fact are left to `build_changed`: a feed that is built twice sends every reader everything twice.
    """
    async with services.database.reading() as tx:
        every = {site.id: site.slug for site in await sites.every(tx)}
        changed = set(await outbox.waiting(tx, Topic.SITE_CHANGED, list(every), services.clock()))
    settled = [slug for site_id, slug in every.items() if site_id not in changed]
    return [
        slug
        for slug in await services.projection.unsound(settled)
        if await _built_unless_sound(services, slug)
    ]


async def _built_unless_sound(services: Services, slug: str) -> bool:
    """Whether it was built here: another process may have done so while we waited."""
    async with services.database.transaction() as tx:
        await sites.lock_feed(tx, slug)
        unsound = bool(await services.projection.unsound([slug]))
        if unsound:
            await _build(tx, services, slug)
    return unsound


async def build_every(services: Services, slug: str | None = None) -> Sequence[str]:
    """Builds the feed of one site or of all, whether sound or not. Returns the slugs. Raises `SiteNotFound` or `RedisError`."""
    async with services.database.reading() as tx:
        chosen = await sites.every(tx) if slug is None else [await sites.by_slug(tx, slug)]
    for site in chosen:
        await build(services, site)
    return [site.slug for site in chosen]


async def build_changed(services: Services) -> int:
    """Builds the feeds of sites that are new or have changed settings. Returns how many facts were taken up."""
    async with services.database.transaction() as tx:
        claims = await outbox.claim(tx, Topic.SITE_CHANGED, services.clock(), BATCH)
        if claims:
            changed = {claim.site_id for claim in claims}
            for site in await sites.every(tx):
                if site.id in changed:
                    await _build(tx, services, site.slug)
            await outbox.done(tx, claims)
    return len(claims)


async def build(services: Services, site: Site) -> None:
    async with services.database.transaction() as tx:
        await _build(tx, services, site.slug)


async def _build(tx: Tx, services: Services, slug: str) -> None:
    """Empties and refills one feed. Facts that arrive meanwhile are newer and win, whatever the order.

    If Redis is flushed or restarted meanwhile, the feed stays unbuilt and the next sweep begins again.
    """
    # Two builders would wipe each other's work. Settings that changed while we waited for the lock are read after it.
    await sites.lock_feed(tx, slug)
    site = await sites.by_slug(tx, slug)
    projection, style = services.projection, site.settings
    before = await projection.mark(slug)
    epoch = next_epoch("" if before is None else before.epoch, services.new_id().hex)
    manner = Manner(site.languages[0], site.time_zone)
    run_id = await projection.begin(slug, epoch, joint=style.joint_editions, manner=manner)
    now = services.clock()
    articles = await newest.rows_below(
        tx, site.id, now, None, projection.window + 1, anti_bump=style.anti_bump
    )
    articles, edge = topmost(site, articles, projection.window)
    if await projection.apply(slug, Mark(epoch, 0), articles, now, anti_bump=style.anti_bump):
        await projection.finish(slug, epoch, run_id, edge)


def topmost(site: Site, articles: Sequence[Article], most: int) -> tuple[Sequence[Article], Position | None]:
    """The articles of the first `most` rows, and the position of the newest row that is left out; None: there is none."""
    found = as_rows(site, articles)
    edge = found[most].position if len(found) > most else None
    held = {member.facts.id for row in found[:most] for member in row.placed}
    return [article for article in articles if str(article.id) in held], edge


def as_rows(site: Site, articles: Sequence[Article]) -> Sequence[Row]:
    """The rows that a site's articles make, newest activity first."""
    placed = [place(article, 0, anti_bump=site.settings.anti_bump) for article in articles]
    return rows(placed, joint=site.settings.joint_editions)
