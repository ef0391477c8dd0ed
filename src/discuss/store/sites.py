"""Writes sites to rows and reads them back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from discuss.domain.sites import Site, SiteSettings
from discuss.errors import NameTaken, SiteNotFound
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.tables import sites

# Built once: every request runs the first, every batch of the worker the others.
BY_SLUG = select(sites).where(sites.c.slug == bindparam("given"))
SETTINGS_OF = select(sites.c.id, sites.c.settings).where(among(sites.c.id, "sites"))
WITH_IDS = select(sites).where(among(sites.c.id, "sites"))


def from_row(row: Any) -> Site:
    return msgspec.convert(row, Site, from_attributes=True)


def settings_from(stored: object) -> SiteSettings:
    return msgspec.convert(stored, SiteSettings)


async def add(tx: Tx, site: Site) -> None:
    """Raises `NameTaken` if the slug is in use."""
    try:
        await tx.execute(insert(sites).values(asdict(site)))
    except IntegrityError as error:
        raise NameTaken(f"There is already a site called {site.slug}.") from error


async def by_slug(tx: Tx, slug: str, *, lock: bool = False) -> Site:
    """Raises `SiteNotFound`."""
    query = BY_SLUG.with_for_update(key_share=True) if lock else BY_SLUG
    row = (await tx.execute(query, {"given": slug})).first()
    if row is None:
        raise SiteNotFound(f"There is no site called {slug}.")
    return from_row(row)


async def every(tx: Tx) -> Sequence[Site]:
    return [from_row(row) for row in (await tx.execute(select(sites).order_by(sites.c.slug)))]


async def with_ids(tx: Tx, site_ids: Collection[UUID]) -> Mapping[UUID, Site]:
    return {row.id: from_row(row) for row in await tx.execute(WITH_IDS, {"sites": list(site_ids)})}


async def change(tx: Tx, site: Site) -> None:
    values = {key: value for key, value in asdict(site).items() if key not in {"id", "slug", "created_at"}}
    await tx.execute(update(sites).where(sites.c.id == site.id).values(values))


async def settings_of(tx: Tx, site_ids: Sequence[UUID]) -> Mapping[UUID, SiteSettings]:
    rows = await tx.execute(SETTINGS_OF, {"sites": list(site_ids)})
    return {row.id: settings_from(row.settings) for row in rows}


async def lock_feed(tx: Tx, slug: str) -> None:
    """The lock for building the site's feed. Nobody else gets it until the transaction ends."""
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"feed:{slug}", 0))))
