"""Signals and decisions: appended, never changed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from discuss.domain.comments import State
from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.signals import Signal
from discuss.store.database import Tx
from discuss.store.tables import decisions, signals


async def add(tx: Tx, made: Sequence[Decision]) -> None:
    """A second successor of the same decision breaks a constraint: the callers' locks keep it from being tried."""
    await tx.execute(insert(decisions), [asdict(decision) for decision in made])


async def add_signals(tx: Tx, heard: Sequence[tuple[UUID, UUID, UUID, Signal]], at: datetime) -> None:
    """Each as (id, site, revision, signal)."""
    rows = [
        {"id": signal_id, "site_id": site_id, "revision_id": revision_id, "created_at": at, **asdict(signal)}
        for signal_id, site_id, revision_id, signal in heard
    ]
    if rows:
        await tx.execute(insert(signals), rows)


async def of_revision(tx: Tx, revision_id: UUID) -> Sequence[Decision]:
    """Every decision about a revision, the first one first."""
    rows = await tx.execute(
        select(decisions)
        .where(decisions.c.revision_id == revision_id)
        .order_by(decisions.c.created_at, decisions.c.id)
    )
    return [
        Decision(
            id=row.id,
            site_id=row.site_id,
            revision_id=row.revision_id,
            previous_id=row.previous_id,
            state=State(row.state),
            source=Source(row.source),
            actor_id=row.actor_id,
            reasons=[Reason(reason) for reason in row.reasons],
            note=row.note,
            model=row.model,
            created_at=row.created_at,
        )
        for row in rows
    ]
