"""Brakes: applied by the worker when a detector hits far more often than usual, released by people."""

from collections.abc import Sequence
from uuid import UUID

import structlog

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.brakes import Brake
from discuss.domain.tallies import jumps
from discuss.errors import Unavailable
from discuss.store import brakes, sites, tallies
from discuss.usecases.services import Services

log = structlog.get_logger()


async def put_brakes_on(services: Services) -> int:
    """How many were applied. From then on, what would be rejected on that ground alone is held; staff see the brake."""
    async with services.database.transaction() as tx:
        now = services.clock()
        tallied = await tallies.now_and_before(tx, now)
        wild = [(hour, before) for hour, before in tallied if jumps(hour, before)]
        put = await brakes.put(tx, [(services.new_id(), hour, before) for hour, before in wild], now)
    for brake in put:
        log.warning(
            "brake.on", site=str(brake.site_id), subject=brake.subject, hits=brake.hits, seen=brake.seen
        )
    return len(put)


async def list_brakes(services: Services, principal: Principal, slug: str) -> Sequence[Brake]:
    """The brakes in force, newest first. Raises `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        return await brakes.of_site(tx, site.id)


async def release_brake(services: Services, principal: Principal, slug: str, brake_id: UUID) -> None:
    """The brake may be applied again from the next hour on.

    Raises `BrakeNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.ADMIN)
        await brakes.release(tx, site.id, brake_id, actor_id, services.clock())


async def count_brakes(services: Services) -> int | None:
    """How many are in force on all sites, for monitoring. None while the database is away."""
    try:
        async with services.database.reading() as tx:
            return await brakes.count(tx)
    except Unavailable:
        return None
