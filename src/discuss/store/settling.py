"""Settles reports: what people's decisions make of them, and what that says about their reporters."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Integer,
    SmallInteger,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import distinct_on, insert

from discuss.domain.reports import Outcome
from discuss.store.database import Tx
from discuss.store.given import Rows
from discuss.store.tables import decisions, reporters, reports, revisions
from discuss.store.tables.metadata import INSTANT

DECIDED = Rows(
    "decided", comment_id=Uuid, revision_id=Uuid, number=SmallInteger, decision_id=Uuid, undone=Uuid, shown=Boolean,
    same=Text, earlier=Text,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settling:
    """What a person's decision makes of reports on its text (`same`) and on earlier ones; None: open.

    `undone`: the decision that it takes back. `shown`: its text is published.
    """

    comment_id: UUID
    revision_id: UUID
    number: int
    decision_id: UUID
    undone: UUID | None
    shown: bool
    same: Outcome | None
    earlier: Outcome | None


async def settle(tx: Tx, made: Sequence[Settling], now: datetime) -> None:
    """Gives reports their outcome from people's decisions, and counts it for their reporters.

    Call it under the locks of the articles, so that nobody reports or withdraws meanwhile. Reporters are counted in the
    order of their ids, all in one statement, so that two calls can never deadlock.
    """
    rows = ([getattr(one, field.name) for field in fields(Settling)] for one in made)
    await tx.execute(SETTLE, DECIDED.given(rows) | {"now": now})


def _meant() -> ColumnElement[bool]:
    """Whether a decision affects a report on its text or on an earlier one.

    A new judgement affects all reports on its own text, open reports on earlier texts, and reports that earlier judgements
    of its text settled. Undoing a judgement affects the reports that it settled, and open ones, which may be judged again;
    if the undoing shows the text to readers again, upheld reports on it were wrong, whatever settled them.
    """
    own, is_open = revisions.c.number == DECIDED.c.number, reports.c.outcome.is_(None)
    about_it = select(decisions.c.id).where(decisions.c.revision_id == DECIDED.c.revision_id)
    word = or_(own, is_open, reports.c.settled_by.in_(about_it))
    wrongly = and_(own, DECIDED.c.shown, reports.c.outcome == Outcome.UPHELD)
    back = or_(is_open, reports.c.settled_by == DECIDED.c.undone, wrongly)
    return case((DECIDED.c.undone.is_(None), word), else_=back)


def _nearest() -> CTE:
    """What becomes of reports. Of several decisions about a comment, the one about the reported text counts, or else about the next later text."""
    becomes = case((revisions.c.number == DECIDED.c.number, DECIDED.c.same), else_=DECIDED.c.earlier)
    return (
        select(
            reports.c.id, reports.c.site_id, reports.c.reporter_id, reports.c.outcome.label("was"), becomes.label("becomes"),
            case((becomes.is_not(None), DECIDED.c.decision_id)).label("settled_by"),
        )
        .select_from(
            reports.join(revisions, revisions.c.id == reports.c.revision_id).join(
                DECIDED.table, DECIDED.c.comment_id == reports.c.comment_id
            )
        )
        .where(reports.c.withdrawn_at.is_(None), revisions.c.number <= DECIDED.c.number, _meant())
        .order_by(reports.c.id, DECIDED.c.number)
        .ext(distinct_on(reports.c.id))
        .cte("nearest")
    )  # fmt: skip


def _settling() -> Any:
    nearest, now = _nearest(), bindparam("now", type_=INSTANT)
    settled_at = case((nearest.c.becomes.is_not(None), now))
    changed = (
        update(reports)
        .where(reports.c.id == nearest.c.id)
        .values(outcome=nearest.c.becomes, settled_by=nearest.c.settled_by, settled_at=settled_at)
        .cte("changed")
    )
    counted = (
        select(
            nearest.c.site_id,
            nearest.c.reporter_id,
            _gain(nearest, Outcome.UPHELD),
            _gain(nearest, Outcome.DISMISSED),
        )
        .where(nearest.c.was.is_distinct_from(nearest.c.becomes))
        .group_by(nearest.c.site_id, nearest.c.reporter_id)
        .order_by(nearest.c.site_id, nearest.c.reporter_id)
    )
    statement = insert(reporters).from_select(["site_id", "account_id", "upheld", "dismissed"], counted)
    return statement.on_conflict_do_update(
        index_elements=["site_id", "account_id"],
        set_={
            "upheld": reporters.c.upheld + statement.excluded.upheld,
            "dismissed": reporters.c.dismissed + statement.excluded.dismissed,
        },
    ).add_cte(changed)


def _gain(nearest: Any, outcome: Outcome) -> ColumnElement[int]:
    """How many more reports of a reporter have this outcome than before."""
    after = func.count().filter(nearest.c.becomes == literal(outcome.value))
    before = func.count().filter(nearest.c.was == literal(outcome.value))
    return cast(after - before, Integer)


SETTLE = _settling()
