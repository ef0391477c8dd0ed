"""The outbox: facts written with what they are about, claimed by one worker at a time, gone when done.

A claim is a row lock: a worker that dies lets go of it, and the next sweep finds the row as it was.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from discuss.domain.events import Fact, Topic
from discuss.store.database import Tx
from discuss.store.tables import outbox

PATIENCE = timedelta(seconds=2)
LONGEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Claim:
    id: int
    site_id: UUID
    subject_id: UUID
    attempts: int


async def put(tx: Tx, facts: Sequence[Fact]) -> None:
    if facts:
        await tx.execute(insert(outbox), [asdict(fact) for fact in facts])


async def claim(tx: Tx, topic: Topic, now: datetime, limit: int) -> Sequence[Claim]:
    """The oldest rows that are due and that nobody else holds."""
    rows = await tx.execute(
        select(outbox.c.id, outbox.c.site_id, outbox.c.subject_id, outbox.c.attempts)
        .where(outbox.c.topic == topic, outbox.c.due_at <= now)
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Claim(*row) for row in rows]


async def done(tx: Tx, claims: Sequence[Claim]) -> None:
    await tx.execute(delete(outbox).where(outbox.c.id.in_([claim.id for claim in claims])))


async def defer(tx: Tx, claims: Sequence[Claim], now: datetime) -> None:
    """Puts rows that failed off, longer each time, so that one bad row cannot spin the loop."""
    for claimed in claims:
        wait = min(PATIENCE * 2**claimed.attempts, LONGEST)
        await tx.execute(
            update(outbox)
            .where(outbox.c.id == claimed.id)
            .values(attempts=outbox.c.attempts + 1, due_at=now + wait)
        )


async def waiting(tx: Tx, topic: Topic, subject_ids: Sequence[UUID]) -> Sequence[UUID]:
    """Those of the subjects about which a fact has not been taken up yet."""
    about = outbox.c.subject_id.in_(subject_ids)
    return list(await tx.scalars(select(outbox.c.subject_id).where(outbox.c.topic == topic, about)))
