"""An operator creates a site, or an admin of a site changes its settings."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from discuss.domain.accounts import Principal, Role, require_operator, require_role
from discuss.domain.events import Fact, Topic
from discuss.domain.sites import LANGUAGE, RESERVED, SLUG, Site, SiteSettings
from discuss.domain.text import clean_line
from discuss.domain.zones import require_zone
from discuss.errors import InvalidInput
from discuss.store import outbox, sites
from discuss.usecases.services import Services


async def register_site(
    services: Services, slug: str, name: str, time_zone: str = "UTC", languages: Sequence[str] = ("en",),
    settings: SiteSettings | None = None,
) -> Site:  # fmt: skip
    """Raises `NameTaken`, or `InvalidInput` for a slug that cannot stand in an address or an unknown time zone."""
    if not SLUG.fullmatch(slug):
        raise InvalidInput("A site's short name must be 1 to 63 lower-case letters, digits and hyphens.")
    if slug in RESERVED:
        raise InvalidInput(f"{slug!r} is reserved. Choose another short name.")
    site = Site(
        id=services.new_id(),
        slug=slug,
        name=clean_line(name, "name", 200),
        time_zone=require_zone(time_zone),
        languages=_known(languages),
        allowed_origins=(),
        settings=settings or SiteSettings(),
        created_at=services.clock(),
    )
    async with services.database.transaction() as tx:
        await sites.add(tx, site)
        await outbox.put(tx, [_changed(services, site)])
    services.doorbell.ring()
    return site


def _known(languages: Sequence[str]) -> tuple[str, ...]:
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            raise InvalidInput(f"{language!r} is not a language code; examples are ru and en.")
    return tuple(languages)


def _changed(services: Services, site: Site) -> Fact:
    return Fact.at_once(Topic.SITE_CHANGED, site.id, site.id, services.clock())


async def list_sites(services: Services, principal: Principal) -> Sequence[Site]:
    require_operator(principal)
    return await every_site(services)


async def every_site(services: Services) -> Sequence[Site]:
    async with services.database.reading() as tx:
        return await sites.every(tx)


async def find_site(services: Services, slug: str) -> Site:
    """Raises `SiteNotFound`."""
    async with services.database.reading() as tx:
        return await sites.by_slug(tx, slug)


async def change_site(
    services: Services, principal: Principal, slug: str, *, name: str | None = None, time_zone: str | None = None,
    languages: Sequence[str] | None = None, settings: Callable[[SiteSettings], SiteSettings] | None = None,
) -> Site:  # fmt: skip
    """What is None stays as it is; `settings` turns the old settings into the new ones.

    Raises `SiteNotFound`, `Unauthenticated`, `Forbidden` or `InvalidInput`.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug, lock=True)
        require_role(principal, site.id, Role.ADMIN)
        changed = replace(
            site,
            name=site.name if name is None else clean_line(name, "name", 200),
            time_zone=site.time_zone if time_zone is None else require_zone(time_zone),
            languages=site.languages if languages is None else _known(languages),
            settings=settings(site.settings) if settings else site.settings,
        )
        await sites.change(tx, changed)
        if _shows(site) != _shows(changed):
            await outbox.put(tx, [_changed(services, site)])
    services.doorbell.ring()
    return changed


def _shows(site: Site) -> tuple[bool, bool, str, tuple[str, ...]]:
    """What the feed and its HTML fragment are made with."""
    return site.settings.anti_bump, site.settings.joint_editions, site.time_zone, site.languages
