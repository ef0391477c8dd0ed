"""Reports by readers: writing and withdrawing them, reading those on a comment, and settling them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    Integer,
    SmallInteger,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP, insert

from discuss.domain.decisions import Reason
from discuss.domain.reports import POOR, Flood, Outcome, Report, Reported
from discuss.store.database import Tx
from discuss.store.reporters import believed, with_reporters
from discuss.store.tables import accounts, reporters, reports, revisions
from discuss.store.tables.reports import OPEN

LATEST = 20
"""Reports on one comment that are read in full."""

COLUMNS = [reports.c[field.name] for field in fields(Report)]


async def by(tx: Tx, comment_id: UUID, reporter_id: UUID) -> Report | None:
    """Read it under the lock of the article, when it is to be changed."""
    mine = (reports.c.comment_id == comment_id, reports.c.reporter_id == reporter_id)
    row = (await tx.execute(select(*COLUMNS).where(*mine))).first()
    return None if row is None else msgspec.convert(row, Report, from_attributes=True)


async def put(tx: Tx, report: Report) -> None:
    """Writes it in the place of an earlier one by the same reader on the same comment."""
    values = asdict(report)
    changed = {
        name: value for name, value in values.items() if name not in {"id", "comment_id", "reporter_id"}
    }
    statement = insert(reports).values(values)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["comment_id", "reporter_id"], set_=changed | {"settled_at": None}
        )
    )


async def withdraw(tx: Tx, report_id: UUID, now: datetime) -> None:
    await tx.execute(update(reports).where(reports.c.id == report_id).values(withdrawn_at=now))


async def weight(tx: Tx, revision_id: UUID) -> float:
    """What the open reports on this text weigh together: `domain.reports.weight`, summed up."""
    counts = case((believed() >= POOR, believed()), else_=0.0)
    query = (
        select(func.coalesce(func.sum(counts), 0.0))
        .select_from(with_reporters())
        .where(reports.c.revision_id == revision_id, reports.c.comment_id == _comment_of(revision_id), OPEN)
    )
    return float(await tx.scalar(query) or 0.0)


def _comment_of(revision_id: UUID) -> ColumnElement[UUID]:
    """Reports are found by their comment."""
    return select(revisions.c.comment_id).where(revisions.c.id == revision_id).scalar_subquery()


async def flood(tx: Tx, comment_id: UUID) -> Flood:
    """However many there are, as one thing: the reasons of the open ones, and the latest of all."""
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
    """Those of these comments that anybody reported and did not withdraw."""
    some = (reports.c.comment_id.in_(comment_ids), reports.c.withdrawn_at.is_(None))
    return set(await tx.scalars(select(reports.c.comment_id).where(*some).distinct()))


async def settle(
    tx: Tx, decided: Sequence[tuple[UUID, int, Outcome | None, Outcome | None]], now: datetime
) -> None:
    """Gives reports the outcome of a person's decision, and their reporters what that says of them.

    Each as (comment, number of the text decided on, outcome for reports on that text, outcome for those on earlier ones);
    None opens them again. Under the locks of the articles: nobody reports or withdraws meanwhile. Reporters are counted
    in the order of their ids, all in one statement, so that two of these never wait for each other.
    """
    comments, numbers, same, earlier = zip(*decided, strict=True)
    given = {"comments": comments, "numbers": numbers, "same": same, "earlier": earlier}
    await tx.execute(SETTLE, {name: list(values) for name, values in given.items()} | {"now": now})


def _settling() -> Any:
    given = (
        select(
            func.unnest(
                bindparam("comments", type_=ARRAY(Uuid)),
                bindparam("numbers", type_=ARRAY(SmallInteger)),
                bindparam("same", type_=ARRAY(Text)),
                bindparam("earlier", type_=ARRAY(Text)),
            )
            .table_valued("comment_id", "number", "same", "earlier")
            .render_derived(name="given")
        )
    ).cte("decided")  # fmt: skip
    wanted = case((revisions.c.number == given.c.number, given.c.same), else_=given.c.earlier)
    concerned = (
        select(
            reports.c.id, reports.c.site_id, reports.c.reporter_id, reports.c.outcome.label("was"), wanted.label("becomes")
        )
        .select_from(
            reports.join(revisions, revisions.c.id == reports.c.revision_id).join(
                given, given.c.comment_id == reports.c.comment_id
            )
        )
        .where(
            reports.c.withdrawn_at.is_(None),
            revisions.c.number <= given.c.number,
            reports.c.outcome.is_distinct_from(wanted),
        )
        .cte("concerned")
    )  # fmt: skip
    now = bindparam("now", type_=TIMESTAMP(timezone=True))
    changed = (
        update(reports)
        .where(reports.c.id == concerned.c.id)
        .values(outcome=concerned.c.becomes, settled_at=case((concerned.c.becomes.is_not(None), now)))
        .cte("changed")
    )
    counted = (
        select(
            concerned.c.site_id,
            concerned.c.reporter_id,
            _gain(concerned, Outcome.UPHELD),
            _gain(concerned, Outcome.DISMISSED),
        )
        .group_by(concerned.c.site_id, concerned.c.reporter_id)
        .order_by(concerned.c.site_id, concerned.c.reporter_id)
    )
    statement = insert(reporters).from_select(["site_id", "account_id", "upheld", "dismissed"], counted)
    return statement.on_conflict_do_update(
        index_elements=["site_id", "account_id"],
        set_={
            "upheld": reporters.c.upheld + statement.excluded.upheld,
            "dismissed": reporters.c.dismissed + statement.excluded.dismissed,
        },
    ).add_cte(changed)


def _gain(concerned: Any, outcome: Outcome) -> ColumnElement[int]:
    """How many more reports of a reporter have this outcome than before."""
    after = func.count().filter(concerned.c.becomes == literal(outcome.value))
    before = func.count().filter(concerned.c.was == literal(outcome.value))
    return cast(after - before, Integer)


SETTLE = _settling()
