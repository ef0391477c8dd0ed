"""A moderator looks at the recent near-duplicates of a comment, by anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.likeness import Alike
from discuss.store import alike, sites
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
        return await near_duplicates(tx, services, site.id, comment_id)


async def near_duplicates(tx: Tx, services: Services, site_id: UUID, comment_id: UUID) -> NearDuplicates:
    """Raises `CommentNotFound`."""
    found = await find_near(tx, services, site_id, comment_id, SHOWN + 1)
    likenesses = {twin.comment_id: twin.likeness for twin, _ in found[:SHOWN]}
    return NearDuplicates(await alike.shown(tx, likenesses), len(found) > SHOWN)
