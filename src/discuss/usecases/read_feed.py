"""The latest discussion of a site: from the process's own snapshot, else straight from PostgreSQL."""

from discuss.domain.text import clean_line
from discuss.feed.rows import render
from discuss.feed.snapshots import DEFAULT_ROWS, MOST_ROWS, Snapshot
from discuss.feed.snapshots import render as render_feed
from discuss.store import articles, sites
from discuss.usecases.services import Services

__all__ = ["DEFAULT_ROWS", "MOST_ROWS", "read_feed"]


async def read_feed(services: Services, slug: str, limit: int) -> Snapshot:
    """Raises `SiteNotFound`, or `Unavailable` when neither store has answered for this site yet."""
    held = services.snapshots.get(slug, limit)
    if held is not None:
        return held
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, clean_line(slug, "site", 100))
    services.listener.follow(site.slug)
    await services.snapshots.renew(site.slug)
    held = services.snapshots.get(slug, limit)
    if held is not None:
        return held
    async with services.database.reading() as tx:
        newest = await articles.latest(tx, site.id, services.clock(), limit)
    return render_feed(site.slug, [render(article) for article in newest])


def recall(services: Services) -> bool:
    """Takes up the snapshots on disk, for a start during an outage; whether there were any."""
    services.snapshots.recall()
    for slug in services.snapshots.slugs():
        services.listener.follow(slug)
    return bool(services.snapshots.slugs())


async def warm(services: Services) -> None:
    """Reads the feed of every site once. Raises `Unavailable` while PostgreSQL is away."""
    async with services.database.reading() as tx:
        known = await sites.every(tx)
    for site in known:
        services.listener.follow(site.slug)
        await services.snapshots.renew(site.slug)
