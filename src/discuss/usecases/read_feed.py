"""The latest discussion of a site: from what this process holds or, beyond that, from PostgreSQL."""

from functools import partial
from uuid import UUID

from discuss.domain.instants import from_micros
from discuss.domain.sites import Site
from discuss.errors import Unavailable
from discuss.feed.answers import Query, makeshift, nothing_new, page
from discuss.feed.points import UNKNOWN, is_behind
from discuss.feed.searches import Asked, Found
from discuss.feed.snapshot import Snapshot
from discuss.store import newest, sites
from discuss.usecases.build_feeds import as_rows
from discuss.usecases.services import Services


async def read_feed(services: Services, slug: str, query: Query) -> Snapshot:
    """Raises `SiteNotFound`, or `Unavailable` when neither store has answered for this site yet."""
    held = services.snapshots.find(slug, query)
    if held is not None:
        return held
    # Where the window does not reach, the full answer is due, and is the same for all.
    asked = slug, query._replace(since=None)
    try:
        found = await _ask(services, asked)
    except Unavailable:
        known = _known(services, asked)
        if known is None:
            raise
        found = known
    if query.since is not None and is_behind(found.point, query.since):
        return nothing_new(slug, query.since)
    return found.snapshot


async def _ask(services: Services, asked: Asked) -> Found:
    """A page of a feed that this process knows is cheap to read, and thus never an old one."""
    slug, query = asked
    search = partial(_search, services, asked)
    if services.snapshots.window(slug) is not None and not query.is_filtered:
        return await services.searches.make(asked, search)
    return await services.searches.share(asked, search, partial(_holds, services, slug))


def _holds(services: Services, slug: str, found: Found) -> bool:
    window = services.snapshots.window(slug)
    return window is None or not found.names_gone(window)


def _known(services: Services, asked: Asked) -> Found | None:
    """What can be said without PostgreSQL: all it said last or, where more is known by now, the rows at hand and what it said of others.

    A page is not put together: cut short, it would look like the last one. An older one is better than none, but not if it
    tells of what is gone.
    """
    slug, query = asked
    window, last = services.snapshots.window(slug), services.searches.last(asked)
    if window is None or (last is not None and last.point == window.point):
        return last
    if query.after is None:
        return Found.of(makeshift(slug, window, query, [] if last is None else last.rows_beyond(window)))
    return None if last is None or last.names_gone(window) else last


async def _search(services: Services, asked: Asked) -> Found:
    slug, query = asked
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
    services.listener.follow(slug)
    if services.snapshots.window(slug) is None:
        await services.snapshots.renew(slug)
        held = services.snapshots.find(slug, query)
        if held is not None:
            return Found.of(held)
    if not query.is_filtered:
        return await _from_store(services, site, query)
    async with services.searches.turn():
        return await _from_store(services, site, query)


async def _from_store(services: Services, site: Site, query: Query) -> Found:
    """The answer's point is what this process knew before it asked: nothing older is in it."""
    window = services.snapshots.window(site.slug)
    point = UNKNOWN if window is None else window.point
    position = None if query.after is None else (from_micros(query.after[0]), UUID(query.after[1]))
    async with services.database.reading() as tx:
        found = await newest.rows_below(
            tx, site.id, services.clock(), position, query.limit + 1, anti_bump=site.settings.anti_bump,
            language=query.language, tag=query.tag,
        )  # fmt: skip
    views = {str(article.id): article.views for article in found}
    snapshot = page(site.slug, point, as_rows(site, found), query, views)
    services.snapshots.keep(site.slug, query, snapshot, point)
    return Found.of(snapshot)


def recall(services: Services) -> bool:
    """Loads the snapshots on disk, for a start during an outage. Returns whether there were any."""
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
