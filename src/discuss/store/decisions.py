"""Signals and decisions: appended, never changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, exists, insert, select

from discuss.domain.decisions import Decision, Source
from discuss.domain.signals import Signal
from discuss.domain.states import State
from discuss.errors import DecisionNotFound
from discuss.store.database import Tx
from discuss.store.given import Rows
from discuss.store.tables import accounts, comments, decisions, revisions, signals

DECISION = [field.name for field in fields(Decision)]
SIGNAL = [field.name for field in fields(Signal)]

# Built once: every batch of the worker runs them.
ADD = insert(decisions).values(
    author_id=select(comments.c.author_id)
    .select_from(comments.join(revisions, revisions.c.comment_id == comments.c.id))
    .where(revisions.c.id == bindparam("about"))
    .scalar_subquery()
)
HEARD = Rows(
    "heard",
    **{name: signals.c[name].type for name in ("id", "site_id", "revision_id", *SIGNAL, "created_at")},
)
ADD_SIGNALS = insert(signals).from_select([column.name for column in HEARD.c], select(*HEARD.c))


async def add(tx: Tx, made: Sequence[Decision]) -> None:
    """A second successor of the same decision violates a constraint; the callers' locks keep it from being tried."""
    rows = [
        {"about": decision.revision_id} | {name: getattr(decision, name) for name in DECISION}
        for decision in made
    ]
    await tx.execute(ADD, rows)


async def add_signals(tx: Tx, heard: Sequence[tuple[UUID, UUID, UUID, Signal]], at: datetime) -> None:
    """Each as (id, site, revision, signal)."""
    if heard:
        rows = ((*about, *(getattr(signal, name) for name in SIGNAL), at) for *about, signal in heard)
        await tx.execute(ADD_SIGNALS, HEARD.given(rows))


ByRevision = Mapping[UUID, Sequence[Decision]]


async def of_revision(tx: Tx, revision_id: UUID) -> Sequence[Decision]:
    """Every decision about a revision, oldest first."""
    return (await of_revisions(tx, [revision_id])).get(revision_id, [])


async def of_revisions(tx: Tx, revision_ids: Sequence[UUID]) -> ByRevision:
    """By revision, every decision about it, oldest first."""
    rows = await tx.execute(
        select(decisions)
        .where(decisions.c.revision_id.in_(revision_ids))
        .order_by(decisions.c.created_at, decisions.c.id)
    )
    found: dict[UUID, list[Decision]] = defaultdict(list)
    for row in rows:
        found[row.revision_id].append(from_row(row))
    return found


async def of_batch(tx: Tx, site_id: UUID, batch_id: UUID, most: int) -> Sequence[tuple[Decision, bool]]:
    """The decisions of one act, each with whether it still stands. Those that stand come first; those that follow from others are left out."""
    stands = (revisions.c.decision_id == decisions.c.id).label("stands")
    query = (
        select(decisions, stands)
        .select_from(decisions.join(revisions, revisions.c.id == decisions.c.revision_id))
        .where(
            decisions.c.batch_id == batch_id, decisions.c.site_id == site_id, decisions.c.follows.is_(None)
        )
        .order_by(stands.desc(), decisions.c.revision_id)
        .limit(most)
    )
    return [(from_row(row), row.stands) for row in await tx.execute(query)]


async def taken_along(tx: Tx, leaders: Sequence[UUID]) -> Sequence[tuple[UUID, Decision]]:
    """The decisions that follow from these and still stand, each with the id of the one it follows.

    Leaves out those where a person has rejected a later text since: that rejection would have brought them about too.
    """
    leader, text, other = decisions.alias("leader"), revisions.alias("text"), revisions.alias("other")
    later, word = revisions.alias("later"), decisions.alias("word")
    rejected_since = exists().where(
        later.c.comment_id == text.c.comment_id, later.c.number > text.c.number, word.c.id == later.c.decision_id,
        word.c.source == Source.PERSON, word.c.state == State.REJECTED,
    )  # fmt: skip
    query = (
        select(decisions)
        .select_from(
            leader.join(text, text.c.id == leader.c.revision_id)
            .join(other, other.c.comment_id == text.c.comment_id)
            .join(decisions, decisions.c.id == other.c.decision_id)
        )
        .where(leader.c.id.in_(leaders), decisions.c.follows == leader.c.id, ~rejected_since)
    )
    return [(row.follows, from_row(row)) for row in await tx.execute(query)]


async def with_ids(tx: Tx, decision_ids: Sequence[UUID]) -> dict[UUID, Decision]:
    rows = await tx.execute(select(decisions).where(decisions.c.id.in_(decision_ids)))
    return {row.id: from_row(row) for row in rows}


async def by_id(tx: Tx, site_id: UUID, decision_id: UUID) -> Decision:
    """Raises `DecisionNotFound`, also for one of another site."""
    return (await with_name(tx, site_id, decision_id))[0]


async def with_name(tx: Tx, site_id: UUID, decision_id: UUID) -> tuple[Decision, str | None]:
    """The decision, and the name of the person who made it. Raises `DecisionNotFound`, also for one of another site."""
    query = (
        select(decisions, accounts.c.name)
        .select_from(decisions.outerjoin(accounts, accounts.c.id == decisions.c.actor_id))
        .where(decisions.c.id == decision_id, decisions.c.site_id == site_id)
    )
    row = (await tx.execute(query)).first()
    if row is None:
        raise DecisionNotFound
    return from_row(row), row.name


def from_row(row: Any) -> Decision:
    return msgspec.convert(row, Decision, from_attributes=True)
