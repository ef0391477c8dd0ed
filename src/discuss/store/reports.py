"""Writes and withdraws readers' reports, and reads those on a comment."""

from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from discuss.domain.decisions import Reason, Source
from discuss.domain.reports import POOR, Flood, Report, Reported
from discuss.store.database import Tx
from discuss.store.reporters import believed, with_reporters
from discuss.store.tables import accounts, decisions, reports, revisions
from discuss.store.tables.reports import OPEN

LATEST = 20
"""How many reports on one comment are read in full."""

COLUMNS = [reports.c[field.name] for field in fields(Report)]


async def by(tx: Tx, comment_id: UUID, reporter_id: UUID) -> Report | None:
    """Read it under the lock of the article if it is to be changed."""
    mine = (reports.c.comment_id == comment_id, reports.c.reporter_id == reporter_id)
    row = (await tx.execute(select(*COLUMNS).where(*mine))).first()
    return None if row is None else msgspec.convert(row, Report, from_attributes=True)


async def put(tx: Tx, report: Report) -> None:
    """Writes a report in place of an earlier one by the same reader on the same comment."""
    values = asdict(report)
    changed = {
        name: value for name, value in values.items() if name not in {"id", "comment_id", "reporter_id"}
    }
    statement = insert(reports).values(values)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["comment_id", "reporter_id"],
            set_=changed | {"settled_at": None, "settled_by": None},
        )
    )


async def withdraw(tx: Tx, report_id: UUID, now: datetime) -> None:
    await tx.execute(update(reports).where(reports.c.id == report_id).values(withdrawn_at=now))


async def weight(tx: Tx, revision_id: UUID) -> float:
    """What the open reports weigh that speak against this text: `domain.reports.weight`, summed up.

    Those on earlier texts of the comment count too, since an edit of one letter answers none of them, unless a person has judged those.
    """
    counts = case((believed() >= POOR, believed()), else_=0.0)
    judged = (
        select(revisions.c.id)
        .join(decisions, decisions.c.id == revisions.c.decision_id)
        .where(revisions.c.id == reports.c.revision_id, decisions.c.source == Source.PERSON)
    )
    query = (
        select(func.coalesce(func.sum(counts), 0.0))
        .select_from(with_reporters())
        .where(reports.c.comment_id == _comment_of(revision_id), OPEN, ~judged.exists())
    )
    return float(await tx.scalar(query) or 0.0)


def _comment_of(revision_id: UUID) -> ColumnElement[UUID]:
    """Reports are indexed by their comment."""
    return select(revisions.c.comment_id).where(revisions.c.id == revision_id).scalar_subquery()


async def flood(tx: Tx, comment_id: UUID) -> Flood:
    """All reports on a comment taken together: the reasons of the open ones, and the latest of all."""
    open_ones = (
        select(reports.c.reason, func.count())
        .where(reports.c.comment_id == comment_id, OPEN)
        .group_by(reports.c.reason)
        .order_by(func.count().desc(), reports.c.reason)
    )
    latest = (
        select(
            reports.c.id, reports.c.revision_id, reports.c.reporter_id, accounts.c.name.label("reporter_name"),
            believed().label("accuracy"), reports.c.reason, reports.c.words, reports.c.created_at,
            reports.c.withdrawn_at, reports.c.outcome,
        )
        .select_from(with_reporters().join(accounts, accounts.c.id == reports.c.reporter_id))
        .where(reports.c.comment_id == comment_id)
        .order_by(reports.c.created_at.desc(), reports.c.id.desc())
        .limit(LATEST)
    )  # fmt: skip
    reasons = {Reason(row[0]): row[1] for row in await tx.execute(open_ones)}
    return Flood(
        reasons, [msgspec.convert(row, Reported, from_attributes=True) for row in await tx.execute(latest)]
    )


async def reported(tx: Tx, comment_ids: Collection[UUID]) -> set[UUID]:
    """Which of these comments have a report that was not withdrawn."""
    some = (reports.c.comment_id.in_(comment_ids), reports.c.withdrawn_at.is_(None))
    return set(await tx.scalars(select(reports.c.comment_id).where(*some).distinct()))
