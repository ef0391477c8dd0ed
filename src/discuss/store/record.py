"""Reads the record of decisions, page by page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, FromClause, Text, cast, func, literal_column, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from discuss.domain.decisions import Reason
from discuss.domain.record import Entry, Wanted
from discuss.domain.signals import Signal
from discuss.domain.states import State
from discuss.store.database import Tx
from discuss.store.decisions import from_row
from discuss.store.tables import accounts, comments, decisions, revisions, signals

NEWEST = 5_000
"""How many of a site's newest decisions are searched for a reason one by one."""

SIGNAL = func.json_build_object(
    "source", signals.c.source, "name", signals.c.name, "value", signals.c.value, "version", signals.c.version,
    "detail", signals.c.detail,
)  # fmt: skip


async def page(
    tx: Tx, site_id: UUID, wanted: Wanted, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Entry]:
    """Newest first. A reason is looked for among the newest decisions; if it is too rare there, an index is used."""
    where = [decisions.c.site_id == site_id, *_beyond(after), *_filters(wanted)]
    if wanted.reason is None:
        return await _read(tx, decisions, where, limit)
    if wanted.reason is Reason.CLEAR:
        return await _read(tx, decisions, [*where, decisions.c.reasons.contains([wanted.reason])], limit)
    recent = (
        select(decisions).where(*where).order_by(*_newest_first(decisions)).limit(NEWEST).subquery("recent")
    )
    entries = await _read(tx, recent, [recent.c.reasons.contains([wanted.reason])], limit)
    if len(entries) == limit:
        return entries
    # On its own: if it saw the limit, PostgreSQL would hope to meet enough matches on its way through all decisions.
    given = select(decisions).where(*where, *_giving(site_id, wanted.reason)).cte("given")
    return await _read(tx, given.prefix_with("MATERIALIZED"), [], limit)


async def _read(tx: Tx, of: FromClause, where: Sequence[ColumnElement[bool]], limit: int) -> Sequence[Entry]:
    """`of`: the decisions, or some of them."""
    heard = (
        select(func.json_agg(aggregate_order_by(SIGNAL, signals.c.value.desc(), signals.c.name)))
        .where(signals.c.revision_id == of.c.revision_id)
        .scalar_subquery()
    )
    query = (
        select(
            *of.c, accounts.c.name.label("moderator"), comments.c.id.label("comment_id"), comments.c.article_id,
            revisions.c.number, heard.label("signals"),
        )
        .select_from(
            of.join(revisions, revisions.c.id == of.c.revision_id)
            .join(comments, comments.c.id == revisions.c.comment_id)
            .outerjoin(accounts, accounts.c.id == of.c.actor_id)
        )
        .where(*where)
        .order_by(*_newest_first(of))
        .limit(limit)
    )  # fmt: skip
    return [_entry(row) for row in await tx.execute(query)]


def _newest_first(of: FromClause) -> Sequence[ColumnElement[Any]]:
    return of.c.created_at.desc(), of.c.id.desc()


def _beyond(after: tuple[datetime, UUID] | None) -> list[ColumnElement[bool]]:
    return [] if after is None else [tuple_(decisions.c.created_at, decisions.c.id) < after]


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    """All conditions but the reason."""
    equal = {
        decisions.c.source: wanted.source,
        decisions.c.actor_id: wanted.actor_id,
        decisions.c.state: wanted.state,
        decisions.c.batch_id: wanted.batch_id,
        decisions.c.author_id: wanted.author_id,
    }
    where = [column == value for column, value in equal.items() if value is not None]
    if wanted.state not in {None, State.PUBLISHED}:
        # In the words of the index: a query must repeat them to use it.
        where.append(decisions.c.state != literal_column("'published'"))
    if wanted.comment_id is not None:
        texts = select(revisions.c.id).where(revisions.c.comment_id == wanted.comment_id)
        where.append(decisions.c.revision_id.in_(texts))
    if wanted.since is not None:
        where.append(decisions.c.created_at >= wanted.since)
    if wanted.until is not None:
        where.append(decisions.c.created_at < wanted.until)
    return where


def _giving(site_id: UUID, reason: Reason) -> list[ColumnElement[bool]]:
    """By reason and site together: what is rare here may be common elsewhere. In the words of the index again."""
    both = func.array_append(decisions.c.reasons, cast(decisions.c.site_id, Text), type_=ARRAY(Text))
    return [decisions.c.reasons != literal_column("'{clear}'::text[]"), both.contains([reason, str(site_id)])]


def _entry(row: Any) -> Entry:
    return Entry(
        from_row(row), row.moderator, row.comment_id, row.article_id, row.author_id, row.number,
        msgspec.convert(row.signals or [], list[Signal]),
    )  # fmt: skip
