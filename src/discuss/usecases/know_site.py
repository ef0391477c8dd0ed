"""A site as it was within the last minute or, while PostgreSQL is away, as it was last known. For public pages."""

from functools import partial

from discuss.domain.sites import Site
from discuss.store import sites
from discuss.usecases.services import Services

FRESH = 60.0
"""Seconds for which a change of a site's name, zone or languages may stay unknown to a process."""

MOST = 1000
"""Sites a process remembers."""


async def know_site(services: Services, slug: str) -> Site:
    """Raises `SiteNotFound`, or `Unavailable` if PostgreSQL is away and the site was never known."""
    return await services.sites.get(slug, partial(_read, services, slug))


async def _read(services: Services, slug: str, before: Site | None) -> Site:
    del before
    async with services.database.reading() as tx:
        return await sites.by_slug(tx, slug)
