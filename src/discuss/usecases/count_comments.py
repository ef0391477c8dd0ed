"""How many comments readers see at each of many addresses: from what this process holds, or else from PostgreSQL."""

from discuss.domain.articles import is_address
from discuss.errors import Unavailable
from discuss.feed.counts import Urls, render
from discuss.feed.snapshot import Snapshot
from discuss.store import counts, sites
from discuss.usecases.services import Services


async def count_comments(services: Services, slug: str, urls: Urls) -> Snapshot:
    """Addresses without an article that readers may see count 0, and so does anything that cannot be an article's address.

    Raises `SiteNotFound`, or `Unavailable` if PostgreSQL is away and this question was never answered before.
    """
    held = services.counts.find(slug, urls)
    if held is not None:
        return held
    try:
        return await _ask(services, slug, urls)
    except Unavailable:
        held = services.counts.find_last(slug, urls)
        if held is None:
            raise
        return held


async def _ask(services: Services, slug: str, urls: Urls) -> Snapshot:
    possible = [url for url in urls if is_address(url)]
    before = services.counts.changes(slug)
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        found = await counts.by_url(
            tx, site.id, possible, services.clock(), joint=site.settings.joint_editions
        )
    services.listener.follow(site.slug)
    snapshot = render(site.slug, urls, {url: counted.comment_count for url, counted in found.items()})
    about = {url: [str(article) for article in counted.articles] for url, counted in found.items()}
    services.counts.keep(site.slug, urls, snapshot, about, before)
    return snapshot
