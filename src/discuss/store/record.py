"""Reading the record of decisions, page by page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.dialects.postgresql import aggregate_order_by

from discuss.domain.record import Entry, Wanted
from discuss.domain.signals import Signal
from discuss.store.database import Tx
from discuss.store.decisions import from_row
from discuss.store.tables import accounts, comments, decisions, revisions, signals

SIGNAL = func.json_build_object(
    "source", signals.c.source, "name", signals.c.name, "value", signals.c.value, "version", signals.c.version,
    "detail", signals.c.detail,
)  # fmt: skip


async def page(
    tx: Tx, site_id: UUID, wanted: Wanted, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Entry]:
    """The newest first."""
    heard = (
        select(func.json_agg(aggregate_order_by(SIGNAL, signals.c.value.desc(), signals.c.name)))
        .where(signals.c.revision_id == decisions.c.revision_id)
        .scalar_subquery()
    )
    query = (
        select(
            decisions, accounts.c.name.label("moderator"), comments.c.id.label("comment_id"), comments.c.article_id,
            revisions.c.number, heard.label("signals"),
        )
        .select_from(
            decisions.join(revisions, revisions.c.id == decisions.c.revision_id)
            .join(comments, comments.c.id == revisions.c.comment_id)
            .outerjoin(accounts, accounts.c.id == decisions.c.actor_id)
        )
        .where(decisions.c.site_id == site_id, *_filters(wanted))
        .order_by(decisions.c.created_at.desc(), decisions.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    if after is not None:
        query = query.where(tuple_(decisions.c.created_at, decisions.c.id) < after)
    return [_entry(row) for row in await tx.execute(query)]


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    equal = {
        decisions.c.source: wanted.source,
        decisions.c.actor_id: wanted.actor_id,
        decisions.c.state: wanted.state,
        decisions.c.batch_id: wanted.batch_id,
        comments.c.id: wanted.comment_id,
        decisions.c.author_id: wanted.author_id,
    }
    where = [column == value for column, value in equal.items() if value is not None]
    if wanted.reason is not None:
        where.append(decisions.c.reasons.any(wanted.reason))
    if wanted.since is not None:
        where.append(decisions.c.created_at >= wanted.since)
    if wanted.until is not None:
        where.append(decisions.c.created_at < wanted.until)
    return where


def _entry(row: Any) -> Entry:
    return Entry(
        from_row(row), row.moderator, row.comment_id, row.article_id, row.author_id, row.number,
        msgspec.convert(row.signals or [], list[Signal]),
    )  # fmt: skip
