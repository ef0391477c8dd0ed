"""What is known about authors: the short records of many at once, and the lookup of one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Uuid,
    any_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP, aggregate_order_by

from discuss.domain.accounts import Role
from discuss.domain.authors import COUNTED, RECENT, Author, LatestComment, Record, Tally
from discuss.domain.reports import Outcome
from discuss.domain.sanctions import Sanction
from discuss.domain.states import State
from discuss.domain.text import name_key
from discuss.errors import AuthorNotFound
from discuss.store.database import Tx
from discuss.store.tables import (
    accounts,
    articles,
    comments,
    grants,
    notes,
    queue_entries,
    reports,
    revisions,
    sanctions,
)

BY_LETTERS: ColumnElement[str] = literal_column("accounts.name_key USING ~<~")
"""The order of `ix_accounts_search`: character by character, by no language's rules."""

LAST = "\U0010ffff"
"""In that order, sorts after every character that a name can contain."""

SITE: ColumnElement[UUID] = bindparam("site", type_=Uuid)
NOW: ColumnElement[datetime] = bindparam("now", type_=TIMESTAMP(timezone=True))


def _belongs() -> ColumnElement[bool]:
    """A reader of the site, or anybody who wrote there."""
    wrote = exists().where(comments.c.author_id == accounts.c.id, comments.c.site_id == SITE)
    return or_(accounts.c.site_id == SITE, wrote)


def _is_staff() -> ColumnElement[bool]:
    return exists().where(
        grants.c.account_id == accounts.c.id,
        grants.c.role >= int(Role.MODERATOR),
        or_(grants.c.site_id == SITE, grants.c.site_id.is_(None)),
    )


async def author(tx: Tx, site_id: UUID, account_id: UUID, *, lock: bool = False) -> Author:
    """`lock` serialises the sanctions of one author. Raises `AuthorNotFound`, also for an author of another site."""
    own_email = case((accounts.c.site_id == SITE, accounts.c.email))
    query = select(accounts.c.id, accounts.c.name, own_email, accounts.c.created_at, _is_staff()).where(
        accounts.c.id == account_id, _belongs()
    )
    if lock:
        query = query.with_for_update(of=accounts, key_share=True)
    row = (await tx.execute(query, {"site": site_id})).first()
    if row is None:
        raise AuthorNotFound
    return Author(*row)


async def search(
    tx: Tx, site_id: UUID, beginning: str, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, datetime]]:
    """Readers of the site whose names start with `beginning`, by name: id, and when they registered."""
    prefix, key = name_key(beginning), accounts.c.name_key
    query = select(accounts.c.id, accounts.c.created_at).where(
        accounts.c.site_id == site_id, key.bool_op("~>=~")(prefix), key.bool_op("~<~")(prefix + LAST)
    )
    if after is not None:
        last = accounts.alias("last")
        place = select(last.c.name_key).where(last.c.id == after, last.c.site_id == site_id)
        query = query.where(key.bool_op("~>~")(place.scalar_subquery()))
    rows = await tx.execute(query.order_by(BY_LETTERS).limit(limit))
    return [(row.id, row.created_at) for row in rows]


async def of(tx: Tx, site_id: UUID, account_ids: Collection[UUID], now: datetime) -> Mapping[UUID, Record]:
    """The records of these accounts at this site, in one statement; accounts that do not exist are left out."""
    rows = await tx.execute(RECORDS, {"accounts": list(account_ids), "site": site_id, "now": now})
    return {row.id: _record(row) for row in rows}


def _record(row: Any) -> Record:
    return Record(
        account_id=row.id, name=row.name, registered_at=row.created_at, published=row.published, held=row.held,
        rejected=row.rejected, recent=tuple(map(State, row.recent or ())), upheld=row.upheld, dismissed=row.dismissed,
        notes=row.notes, sanctions=frozenset(map(Sanction, row.sanctions or ())),
    )  # fmt: skip


def _records() -> Select[Any]:
    return select(
        accounts.c.id,
        accounts.c.name,
        accounts.c.created_at,
        *(_counted(state).label(state) for state in (State.PUBLISHED, State.HELD, State.REJECTED)),
        _recent().label("recent"),
        *(_reported(outcome).label(outcome) for outcome in (Outcome.UPHELD, Outcome.DISMISSED)),
        _noted().label("notes"),
        _sanctions().label("sanctions"),
    ).where(accounts.c.id == any_(bindparam("accounts", type_=ARRAY(Uuid))))


def _counted(state: State) -> ScalarSelect[int]:
    few = (
        select(queue_entries.c.comment_id)
        .where(
            queue_entries.c.author_id == accounts.c.id,
            queue_entries.c.state == state,
            queue_entries.c.site_id == SITE,
        )
        .limit(COUNTED)
        .correlate(accounts)
        .subquery()
    )
    return select(func.count()).select_from(few).scalar_subquery()


def _recent() -> ScalarSelect[Any]:
    latest = (
        select(queue_entries.c.state, comments.c.created_at)
        .select_from(comments.join(queue_entries, queue_entries.c.comment_id == comments.c.id))
        .where(comments.c.author_id == accounts.c.id, comments.c.site_id == SITE)
        .order_by(comments.c.created_at.desc())
        .limit(RECENT)
        .correlate(accounts)
        .subquery()
    )
    return select(
        func.array_agg(aggregate_order_by(latest.c.state, latest.c.created_at.desc()))
    ).scalar_subquery()


def _reported(outcome: Outcome) -> ScalarSelect[int]:
    few = (
        select(reports.c.id)
        .where(reports.c.author_id == accounts.c.id, reports.c.outcome == outcome, reports.c.site_id == SITE)
        .limit(COUNTED)
        .correlate(accounts)
        .subquery()
    )
    return select(func.count()).select_from(few).scalar_subquery()


def _noted() -> ScalarSelect[int]:
    about = (notes.c.subject_id == accounts.c.id, notes.c.site_id == SITE)
    return select(func.count()).select_from(notes).where(*about).correlate(accounts).scalar_subquery()


def _sanctions() -> ScalarSelect[Any]:
    stands = (
        sanctions.c.account_id == accounts.c.id,
        sanctions.c.site_id == SITE,
        sanctions.c.lifted_at.is_(None),
        or_(sanctions.c.until.is_(None), sanctions.c.until > NOW),
    )
    return select(func.array_agg(sanctions.c.kind)).where(*stands).correlate(accounts).scalar_subquery()


# Built once: every page of a queue and every batch of the worker runs it.
RECORDS = _records()


async def tally(tx: Tx, site_id: UUID, account_id: UUID) -> Tally:
    """Everything, counted in full, for one author's page."""
    by_state = (
        select(queue_entries.c.state, func.count())
        .where(queue_entries.c.author_id == account_id, queue_entries.c.site_id == site_id)
        .group_by(queue_entries.c.state)
    )
    outcome = func.coalesce(reports.c.outcome, literal_column("'open'"))
    by_outcome = (
        select(outcome, func.count())
        .where(
            reports.c.author_id == account_id, reports.c.site_id == site_id, reports.c.withdrawn_at.is_(None)
        )
        .group_by(outcome)
    )
    counted = {State(row[0]): row[1] for row in await tx.execute(by_state)}
    return Tally(counted, {row[0]: row[1] for row in await tx.execute(by_outcome)})


async def latest(tx: Tx, site_id: UUID, account_id: UUID, limit: int) -> Sequence[LatestComment]:
    """Newest first, in any state, including deleted ones."""
    newest = (
        select(revisions)
        .where(revisions.c.comment_id == comments.c.id)
        .order_by(revisions.c.number.desc())
        .limit(1)
        .lateral("newest")
    )
    query = (
        select(
            comments.c.id, newest.c.id, newest.c.source, newest.c.state, comments.c.created_at,
            comments.c.deleted_at.is_not(None), articles.c.id, articles.c.title,
        )
        .select_from(comments.join(newest, literal_column("true")).join(articles))
        .where(comments.c.author_id == account_id, comments.c.site_id == site_id)
        .order_by(comments.c.created_at.desc(), comments.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [LatestComment(row[0], row[1], row[2], State(row[3]), *row[4:]) for row in await tx.execute(query)]
