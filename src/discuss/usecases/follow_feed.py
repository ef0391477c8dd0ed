"""Starts listening to a site's feed."""

from discuss.errors import Unavailable
from discuss.feed.streams import MOST_LISTENERS
from discuss.feed.window import Window
from discuss.store import sites
from discuss.usecases.services import Services


async def follow_feed(services: Services, slug: str) -> Window | None:
    """What this process knows to begin with; None: the feed is being built.

    Raises `SiteNotFound`, or `Unavailable` if too many are listening, or while PostgreSQL is away and nothing is known.
    """
    if services.streams.listeners >= MOST_LISTENERS:
        raise Unavailable("Too many people are listening right now. Please request the feed instead.")
    window = services.snapshots.window(slug)
    if window is None:
        async with services.database.reading() as tx:
            site = await sites.by_slug(tx, slug)
        services.listener.follow(site.slug)
        await services.snapshots.renew(site.slug)
        window = services.snapshots.window(slug)
    return window
