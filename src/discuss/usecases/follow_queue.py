"""Starts listening to what happens in a site's queues."""

from collections.abc import AsyncIterator

from discuss.desk.streams import MOST_OPEN
from discuss.domain.accounts import Principal, Role, require_role
from discuss.errors import Unavailable
from discuss.store import sites
from discuss.usecases.services import Services


async def follow_queue(
    services: Services, principal: Principal, slug: str, *, again: bool = False
) -> AsyncIterator[bytes]:
    """Server-sent events, ended after some minutes: a moderator dismissed meanwhile is not let in again. `again`: the listener is reconnecting.

    Raises `SiteNotFound`, `Unauthenticated`, `Forbidden`, or `Unavailable` if too many are listening.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
    require_role(principal, site.id, Role.MODERATOR)
    if services.consoles.listeners >= MOST_OPEN:
        raise Unavailable(
            "Too many consoles are open right now. This one will check for news from time to time."
        )
    return services.consoles.listen(site.id, again=again)
