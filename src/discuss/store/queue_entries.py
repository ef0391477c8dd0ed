"""Entries of the queues, derived from the truth: what was decided last about each comment, and what is known about it.

An entry holds nothing that is not stored elsewhere; `settle` may be called at any time and any number of times.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, array, insert
from sqlalchemy.sql.selectable import LateralFromClause

from discuss.domain.instants import EPOCH
from discuss.domain.queue import EVEN, UNKNOWN
from discuss.domain.states import State
from discuss.store.database import Tx
from discuss.store.reporters import believed, with_reporters
from discuss.store.tables import (
    articles,
    comments,
    decisions,
    queue_entries,
    reports,
    revisions,
    signals,
)
from discuss.store.tables.reports import OPEN

STEMS: ColumnElement[Any] = literal_column("'russian'::regconfig")
"""Russian stems for words in Cyrillic letters, English ones for words in Latin letters."""

LABELS = func.array_remove(decisions.c.reasons, "clear")
WEEK = timedelta(weeks=1)
HELD_SINCE = case((decisions.c.state == State.HELD, decisions.c.created_at))


async def settle(tx: Tx, comment_ids: Sequence[UUID]) -> None:
    """Brings the entries of these comments in line with the truth; a deleted or undecided comment has none.

    Call it in the transaction that changed any of it, after the change: a decision, a deletion, a report, or signals from
    another source. It locks the comments in the order of their ids; articles and revisions are locked before.
    """
    given = {"comments": sorted(set(comment_ids))}
    if comment_ids:
        await tx.execute(LOCK, given)
        # A statement of its own: one that waited for a lock would go on with what it saw before.
        await tx.execute(SETTLE, given)


async def renew_reach(tx: Tx, since: datetime, most: int) -> int:
    """Updates `reach` of held and reported entries whose articles were commented on since. Returns how many it changed.

    It waits for no lock: an entry that is being settled gets the newest number there. A number that is off by an eighth
    or less stays: it only orders a queue, and each change of it changes all the indexes.
    """
    behind = (
        select(queue_entries.c.comment_id, articles.c.comment_count)
        .select_from(articles.join(queue_entries, queue_entries.c.article_id == articles.c.id))
        .where(
            articles.c.last_comment_at >= since,
            queue_entries.c.waiting_since.is_not(None),
            8 * func.abs(queue_entries.c.reach - articles.c.comment_count) > queue_entries.c.reach,
        )
        .limit(most)
        .with_for_update(of=queue_entries, skip_locked=True)
        .subquery("behind")
    )
    renewed = (
        update(queue_entries)
        .where(queue_entries.c.comment_id == behind.c.comment_id)
        .values(reach=behind.c.comment_count)
    )
    return (await tx.execute(renewed)).rowcount


def truth() -> Select[Any]:
    """What the entries of all comments should be, in the order of the table's columns."""
    decided, heard, reported = _decided(), _heard(), _reported()
    source = (
        comments.join(decided, true())
        .join(decisions, decisions.c.id == decided.c.decision_id)
        .join(articles, articles.c.id == comments.c.article_id)
        .join(heard, true())
        .join(reported, true())
    )
    return (
        select(
            comments.c.id.label("comment_id"), comments.c.site_id, comments.c.article_id, comments.c.author_id,
            decided.c.id.label("revision_id"), decided.c.number, decisions.c.state,
            decisions.c.id.label("decision_id"), decisions.c.source.label("decided_by"), decided.c.language,
            LABELS.label("labels"), heard.c.risk, heard.c.uncertainty, articles.c.comment_count.label("reach"),
            reported.c.reports, reported.c.report_weight, decided.c.created_at,
            func.least(HELD_SINCE, reported.c.since).label("waiting_since"),
            func.array_cat(_facets(decided), LABELS).label("facets"),
            func.to_tsvector(STEMS, decided.c.source).label("words"),
        )
        .select_from(source)
        .where(comments.c.deleted_at.is_(None))
    )  # fmt: skip


def _facets(decided: LateralFromClause) -> ColumnElement[Any]:
    week = func.floor(func.extract("epoch", decided.c.created_at) / WEEK.total_seconds())
    said = [
        state_facet(comments.c.site_id, decisions.c.state),
        "by:" + decisions.c.source,
        "in:" + decided.c.language,
        "week:" + cast(cast(week, BigInteger), Text),
    ]
    return func.array_remove(array(said), null())


def week_facets(first: datetime, last: datetime) -> Sequence[str]:
    """A facet for every week, counted from 1970, that lies at least partly between two instants."""
    return [f"week:{week}" for week in range((first - EPOCH) // WEEK, (last - EPOCH) // WEEK + 1)]


def state_facet(site_id: Any, state: Any) -> ColumnElement[Any]:
    """A state at a site: what is common at one site must not have to be searched through for another."""
    found: ColumnElement[Any] = state + literal("@") + func.right(cast(site_id, Text), 12)
    return found


def _decided() -> LateralFromClause:
    """The newest revision that is not pending: the queues show it while a later one waits for its score."""
    return (
        select(revisions)
        .where(revisions.c.comment_id == comments.c.id, revisions.c.decision_id.is_not(None))
        .order_by(revisions.c.number.desc())
        .limit(1)
        .lateral("decided")
    )


def _heard() -> LateralFromClause:
    """`domain.queue.risk` and `uncertainty` in SQL, for the revision's signals and the thresholds stored with them."""
    judged = (
        select(
            signals.c.value,
            func.coalesce(_kept("hold"), EVEN).label("hold"),
            _kept("reject").label("reject"),
        )
        .where(
            signals.c.revision_id == literal_column("decided.id", Uuid), ~signals.c.detail.has_key("shadow")
        )
        .subquery("judged")
    )
    held = func.max(_pressure(judged.c.value, judged.c.hold))
    rejected = func.max(_pressure(judged.c.value, judged.c.reject))
    closest = func.greatest(_closeness(held), _closeness(rejected))
    return select(
        func.coalesce(held, UNKNOWN).label("risk"), func.coalesce(closest, 1.0).label("uncertainty")
    ).lateral("heard")


def _kept(name: str) -> ColumnElement[float]:
    return cast(signals.c.detail[name].astext, Float)


def _pressure(value: ColumnElement[float], threshold: ColumnElement[float]) -> ColumnElement[float]:
    """`domain.queue.pressure`; NULL where there is no threshold."""
    return case(
        (value < threshold, value / (2 * threshold)),
        (threshold < 1, 1 - (1 - value) / (2 * (1 - threshold))),
        (threshold >= 1, 0.5),
    )


def _closeness(pressure: ColumnElement[float]) -> ColumnElement[float]:
    return 1 - func.abs(2 * pressure - 1)


def _reported() -> LateralFromClause:
    """Open reports: how many, what they weigh by their reporters' accuracy, and since when."""
    return (
        select(
            func.count().label("reports"),
            func.coalesce(func.sum(believed()), 0.0).label("report_weight"),
            func.min(reports.c.created_at).label("since"),
        )
        .select_from(with_reporters())
        .where(reports.c.comment_id == comments.c.id, OPEN)
        .correlate(comments)
        .lateral("reported")
    )


COLUMNS = [column.name for column in queue_entries.c]
GIVEN = any_(bindparam("comments", type_=ARRAY(Uuid)))
LOCK = (
    select(comments.c.id)
    .where(comments.c.id == GIVEN)
    .order_by(comments.c.id)
    .with_for_update(key_share=True)
)
GONE = (
    delete(queue_entries)
    .where(
        queue_entries.c.comment_id == GIVEN,
        queue_entries.c.comment_id == comments.c.id,
        comments.c.deleted_at.is_not(None),
    )
    .cte("gone")
)
MADE = insert(queue_entries).from_select(COLUMNS, truth().where(comments.c.id == GIVEN))
SETTLE = MADE.on_conflict_do_update(
    index_elements=["comment_id"], set_={name: MADE.excluded[name] for name in COLUMNS[1:]}
).add_cte(GONE)
