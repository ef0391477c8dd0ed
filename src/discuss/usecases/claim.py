"""A moderator puts a comment on their desk, so that no colleague works on it unknowingly, and takes it off again."""

from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.queue import CLAIM_LIFE, Claim
from discuss.store import claims, comments, sites
from discuss.usecases.services import Services


async def claim(
    services: Services, principal: Principal, slug: str, comment_id: UUID, *, over: bool = False
) -> Claim | None:
    """Who has the comment now: the asker, or whoever came first unless it is taken `over`. Claiming again prolongs the claim.

    None: it was released at this very moment. Raises `CommentNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    now = services.clock()
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        asker = require_role(principal, site.id, Role.MODERATOR)
        await comments.newest(tx, site.id, comment_id)
        taken = await claims.take(tx, site.id, comment_id, asker, now, now + CLAIM_LIFE, over=over)
        holder = await claims.of(tx, comment_id, now)
    if taken:
        services.announcer.tell(site.id, Kind.CLAIMED, [comment_id])
    return holder


async def release(services: Services, principal: Principal, slug: str, comment_id: UUID) -> None:
    """Releases the asker's own claim, if there is one. Raises `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        asker = require_role(principal, site.id, Role.MODERATOR)
        released = await claims.release(tx, comment_id, asker)
    if released:
        services.announcer.tell(site.id, Kind.RELEASED, [comment_id])
