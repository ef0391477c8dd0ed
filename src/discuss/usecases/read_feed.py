"""The latest discussion of a site: from what this process holds or, beyond that, from PostgreSQL."""

import asyncio
from uuid import UUID

from discuss.domain.instants import from_micros
from discuss.domain.sites import Site
from discuss.domain.text import clean_line
from discuss.errors import Unavailable
from discuss.feed.answers import Query, page
from discuss.feed.snapshot import Snapshot
from discuss.feed.window import Window
from discuss.store import newest, sites
from discuss.usecases.build_feeds import as_rows
from discuss.usecases.services import Services

MOST_SEARCHES = 2
"""Searches at one time.

A filter that few articles match goes through all of a site's: a second for a million. Many at once would stop everybody.
"""

SEARCH_PATIENCE = 1.0
"""Seconds to wait for one's turn; after that, what this process holds must do."""


async def read_feed(services: Services, slug: str, query: Query) -> Snapshot:
    """Raises `SiteNotFound`, or `Unavailable` when neither store has answered for this site yet."""
    held = services.snapshots.find(slug, query)
    if held is not None:
        return held
    try:
        return await _ask(services, slug, query)
    except Unavailable:
        known = services.snapshots
        held = known.find_last(slug, query) or known.find_shorter(slug, query)
        if held is None:
            raise
        return held


async def _ask(services: Services, slug: str, query: Query) -> Snapshot:
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, clean_line(slug, "site", 100))
    services.listener.follow(site.slug)
    if services.snapshots.window(site.slug) is None:
        await services.snapshots.renew(site.slug)
        held = services.snapshots.find(slug, query)
        if held is not None:
            return held
    query = query._replace(
        since=None
    )  # beyond the window, the full answer is due, and it is the same for everybody
    if query.language is None and query.tag is None:
        return await _from_store(services, site, query)
    return await _search(services, site, query)


async def _search(services: Services, site: Site, query: Query) -> Snapshot:
    """If too many are searching, answers with what this process holds, which is true. Raises `Unavailable` if that is nothing.

    After waiting, the answer to somebody who asked the same may already be there.
    """
    try:
        async with asyncio.timeout(SEARCH_PATIENCE):
            await services.searches.acquire()
    except TimeoutError as error:
        held = services.snapshots.find_shorter(site.slug, query)
        if held is not None:
            return held
        raise Unavailable("Too many searches are under way. Please try again in a moment.") from error
    try:
        return services.snapshots.find(site.slug, query) or await _from_store(services, site, query)
    finally:
        services.searches.release()


async def _from_store(services: Services, site: Site, query: Query) -> Snapshot:
    """The answer's point is what this process knew before it asked: the answer contains nothing older."""
    window = services.snapshots.window(site.slug)
    epoch, seq = _point(window)
    position = None if query.after is None else (from_micros(query.after[0]), UUID(query.after[1]))
    async with services.database.reading() as tx:
        found = await newest.rows_below(
            tx, site.id, services.clock(), position, query.limit + 1, anti_bump=site.settings.anti_bump,
            language=query.language, tag=query.tag,
        )  # fmt: skip
    views = {str(article.id): article.views for article in found}
    snapshot = page(site.slug, f"{epoch}.{seq}", as_rows(site, found), query, views)
    services.snapshots.keep(site.slug, query, snapshot, (epoch, seq))
    return snapshot


def _point(window: Window | None) -> tuple[str, int]:
    return ("", 0) if window is None else (window.epoch, window.seq)


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
