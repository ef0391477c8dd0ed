"""A moderator imposes a sanction on an author, or lifts it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.decisions import Reason, require_persons_reason
from discuss.domain.removals import Removal, Span
from discuss.domain.sanctions import REPLACES, Sanction, Sanctioned, end_of, require_words
from discuss.domain.text import clean_words
from discuss.errors import ShadowBansOff
from discuss.store import author_records, sanctions, sites
from discuss.usecases.remove_comments import request
from discuss.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` are for the author. `removing`: which comments are removed along with it; None: none are."""

    kind: Sanction
    reason: Reason = Reason.OTHER
    words: str | None = None
    until: datetime | None = None
    removing: Span | None = None


async def sanction(
    services: Services, principal: Principal, slug: str, account_id: UUID, wanted: Wanted
) -> tuple[Sanctioned, Removal | None]:
    """The sanction, which stands from now on in place of those it replaces, and the removal that was requested.

    Raises `SiteNotFound`, `AuthorNotFound`, `InvalidInput`, `ShadowBansOff`, `Unauthenticated`, or `Forbidden`, also
    if the author is a moderator or an admin of the site.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        if wanted.kind is Sanction.SHADOW and not services.shadow_bans:
            raise ShadowBansOff
        (await author_records.author(tx, site.id, account_id, lock=True)).require_reader()
        now, words = services.clock(), clean_words(wanted.words)
        require_words(wanted.kind, words)
        laid = Sanctioned(
            id=services.new_id(), site_id=site.id, account_id=account_id, kind=wanted.kind,
            reason=require_persons_reason(wanted.reason, "sanction"), words=words, until=end_of(wanted.kind, wanted.until, now), actor_id=actor_id, created_at=now,
        )  # fmt: skip
        await sanctions.lift_kinds(tx, site.id, account_id, REPLACES[wanted.kind], actor_id, now)
        await sanctions.add(tx, laid)
        removal = None
        if wanted.removing is not None:
            removal = await request(
                tx, services, site.id, account_id, actor_id, wanted.reason, None, wanted.removing
            )
    return laid, removal


async def lift(
    services: Services, principal: Principal, slug: str, account_id: UUID, sanction_id: UUID
) -> Sanctioned:
    """Raises `SiteNotFound`, `AuthorNotFound`, `SanctionNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        await author_records.author(tx, site.id, account_id, lock=True)
        return await sanctions.lift(tx, site.id, account_id, sanction_id, actor_id, services.clock())
