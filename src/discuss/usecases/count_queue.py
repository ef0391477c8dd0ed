"""How many comments wait in each queue, and for how long."""

from datetime import timedelta

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.queue import Queue, Waiting
from discuss.store import queue_items, sites
from discuss.usecases.services import Services


async def count_queue(services: Services, principal: Principal, slug: str) -> Waiting:
    """Raises `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        counts = await queue_items.counts(tx, site.id)
        held = await queue_items.oldest(tx, site.id, Queue.HELD)
        reported = await queue_items.oldest(tx, site.id, Queue.REPORTED)
    patience = timedelta(minutes=site.settings.held_alert_minutes)
    late = held is not None and services.clock() - held > patience
    return Waiting(counts, held, reported, late)
