"""What moderators read about an author, and what authors are told about themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain import cursors
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.authors import LatestComment, Record, Reporting, Tally
from discuss.domain.notes import Note
from discuss.domain.removals import Removal
from discuss.domain.sanctions import TOLD, WARNED_FOR, Sanctioned
from discuss.domain.text import clean_line
from discuss.store import author_records, notes, removals, reporters, sanctions, sites
from discuss.usecases.services import Services

LATEST = 20
"""How many of an author's comments are shown."""


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """`email` is for admins of the site only. `tally` counts everything, `record` only up to a limit."""

    record: Record
    email: str | None
    staff: bool
    tally: Tally
    reporting: Reporting
    sanctions: Sequence[Sanctioned]
    removals: Sequence[Removal]
    notes: Sequence[Note]
    latest: Sequence[LatestComment]


@dataclass(frozen=True, slots=True)
class AuthorsFound:
    records: Sequence[Record]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """Something a moderator told an author. `kind` is that of a sanction, or `removal`."""

    kind: str
    reason: str
    words: str | None
    until: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """`edit_minutes`: for how long after writing a comment can be edited."""

    may_write: bool
    may_vote: bool
    told: Sequence[Told]
    edit_minutes: int


async def read_author(services: Services, principal: Principal, slug: str, account_id: UUID) -> AuthorPage:
    """Raises `SiteNotFound`, `AuthorNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        author = await author_records.author(tx, site.id, account_id)
        return AuthorPage(
            record=(await author_records.of(tx, site.id, [account_id], services.clock()))[account_id],
            email=author.email if principal.role_at(site.id) >= Role.ADMIN else None,
            staff=author.staff,
            tally=await author_records.tally(tx, site.id, account_id),
            reporting=await reporters.of(tx, site.id, account_id),
            sanctions=await sanctions.of_author(tx, site.id, account_id),
            removals=await removals.of_author(tx, site.id, account_id),
            notes=await notes.about(tx, site.id, account_id),
            latest=await author_records.latest(tx, site.id, account_id, LATEST),
        )


async def search_authors(
    services: Services, principal: Principal, slug: str, beginning: str, cursor: str | None, limit: int
) -> AuthorsFound:
    """By the beginning of their names, regardless of case.

    Raises `SiteNotFound`, `InvalidInput`, `CursorInvalid`, `Unauthenticated` or `Forbidden`.
    """
    after = None if cursor is None else cursors.decode(cursor)[1]
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        sought = clean_line(beginning, "name", 200)
        found = await author_records.search(tx, site.id, sought, after, limit + 1)
        shown = [account_id for account_id, _ in found[:limit]]
        records = await author_records.of(tx, site.id, shown, services.clock())
    more = cursors.encode(found[limit - 1][1], found[limit - 1][0]) if len(found) > limit else None
    return AuthorsFound([records[account_id] for account_id in shown], more)


async def read_own_standing(services: Services, principal: Principal, slug: str) -> OwnStanding:
    """Tells everything about warnings, mutes and bans, and nothing about other sanctions. Raises `SiteNotFound`, `Unauthenticated`, `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        account_id, now = require_role(principal, site.id, Role.READER), services.clock()
        standing = await sanctions.standing(tx, site.id, account_id, now)
        laid = await sanctions.of_author(tx, site.id, account_id)
        removed = await removals.of_author(tx, site.id, account_id)
    told = [
        *(Told(s.kind, s.reason, s.words, s.until, s.created_at) for s in laid if s.kind in TOLD and s.stands_at(now)),
        *(
            Told("removal", r.reason, r.words, r.created_at + WARNED_FOR, r.created_at)
            for r in removed
            if r.words and now < r.created_at + WARNED_FOR
        ),
    ]  # fmt: skip
    return OwnStanding(
        may_write=standing.ban is None and standing.mute is None,
        may_vote=standing.ban is None,
        told=sorted(told, key=lambda t: t.created_at, reverse=True),
        edit_minutes=site.settings.edit_minutes,
    )
