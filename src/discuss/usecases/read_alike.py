"""A moderator looks at the recent near-duplicates of a comment, by anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.likeness import Alike
from discuss.store import alike, comments, revisions, sites
from discuss.store.database import Tx
from discuss.usecases.find_alike import find_near
from discuss.usecases.services import Services

SHOWN = 50


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """`more`: there are more than are shown."""

    items: Sequence[Alike]
    more: bool


async def read_alike(services: Services, principal: Principal, slug: str, comment_id: UUID) -> NearDuplicates:
    """The newest first. Raises `CommentNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        await comments.newest(tx, site.id, comment_id)
        scored = await revisions.newest_scored(tx, comment_id)
        return await near_duplicates(tx, services, scored) if scored else NearDuplicates([], more=False)


async def near_duplicates(tx: Tx, services: Services, revision_id: UUID) -> NearDuplicates:
    """Other comments' texts that are nearly the same as this one."""
    found = await find_near(tx, services, revision_id, SHOWN + 1)
    likenesses = {twin.comment_id: twin.likeness for twin, _ in found[:SHOWN]}
    return NearDuplicates(await alike.shown(tx, likenesses), len(found) > SHOWN)
