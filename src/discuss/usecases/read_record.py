"""A moderator reads the record of decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from discuss.domain import cursors
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.record import Entry, Wanted
from discuss.store import record, sites
from discuss.usecases.services import Services


@dataclass(frozen=True, slots=True)
class RecordPage:
    entries: Sequence[Entry]
    next_cursor: str | None


async def read_record(
    services: Services, principal: Principal, slug: str, wanted: Wanted, cursor: str | None, limit: int
) -> RecordPage:
    """The newest first. Raises `SiteNotFound`, `CursorInvalid`, `Unauthenticated` or `Forbidden`."""
    after = None if cursor is None else cursors.decode(cursor)
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        found = await record.page(tx, site.id, wanted, after, limit + 1)
    shown = found[:limit]
    more = None
    if len(found) > limit:
        more = cursors.encode(shown[-1].decision.created_at, shown[-1].decision.id)
    return RecordPage(shown, more)
