"""The outbox: facts written together with what they are about, claimed by one worker at a time, deleted when done.

A claim is a row lock: a worker that dies lets go of it, and the next sweep finds the row as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Text, bindparam, delete, exists, insert, select, update

from discuss.domain.events import Fact, Topic
from discuss.store.among import among, among_numbers
from discuss.store.database import Tx
from discuss.store.given import Rows
from discuss.store.tables import outbox

PATIENCE = timedelta(seconds=2)
LONGEST = timedelta(minutes=5)
_DOUBLED = 8
"""Times after which `PATIENCE` has become longer than `LONGEST`. A row may fail for ever, and 2 to so high a power is no time any more."""

FACT = [field.name for field in fields(Fact)]
FACTS = Rows("facts", **{name: outbox.c[name].type for name in FACT})


@dataclass(frozen=True, slots=True)
class Claim:
    id: int
    site_id: UUID
    subject_id: UUID
    attempts: int


# Built once: the worker runs them in every round.
PUT = insert(outbox).from_select(FACT, select(*FACTS.c))
CLAIM = (
    select(outbox.c.id, outbox.c.site_id, outbox.c.subject_id, outbox.c.attempts)
    .where(outbox.c.topic == bindparam("topic"), outbox.c.due_at <= bindparam("now"))
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
AHEAD = (
    select(*(outbox.c[name] for name in FACT))
    .where(
        outbox.c.topic == bindparam("topic"),
        outbox.c.due_at > bindparam("now"),
        among(outbox.c.subject_id, "subjects"),
    )
    .with_for_update(skip_locked=True)
)
DONE = delete(outbox).where(among_numbers(outbox.c.id, "ids"))
ASKED = Rows("asked", topic=Text)
DUE = select(ASKED.c.topic).where(
    exists()
    .where(outbox.c.topic == ASKED.c.topic, outbox.c.due_at <= bindparam("now"))
    .correlate(ASKED.table)
)


async def put(tx: Tx, facts: Sequence[Fact]) -> None:
    if facts:
        await tx.execute(PUT, FACTS.given([getattr(fact, name) for name in FACT] for fact in facts))


async def claim(tx: Tx, topic: Topic, now: datetime, limit: int) -> Sequence[Claim]:
    """The oldest rows that are due and that nobody else holds."""
    rows = await tx.execute(CLAIM, {"topic": topic, "now": now, "most": limit})
    return [Claim(*row) for row in rows]


async def ahead(tx: Tx, topic: Topic, subject_ids: Sequence[UUID], now: datetime) -> frozenset[Fact]:
    """The facts about the subjects that are due later, without those that somebody holds and is about to use up."""
    given = {"topic": topic, "now": now, "subjects": list(subject_ids)}
    return frozenset(Fact(Topic(name), *rest) for name, *rest in await tx.execute(AHEAD, given))


async def due(tx: Tx, now: datetime) -> frozenset[Topic]:
    """The topics that have rows due, whoever holds them. Costs less than trying to claim some of each topic."""
    found = await tx.scalars(DUE, ASKED.given((topic,) for topic in Topic) | {"now": now})
    return frozenset(map(Topic, found))


async def done(tx: Tx, claims: Sequence[Claim]) -> None:
    await tx.execute(DONE, {"ids": [claim.id for claim in claims]})


async def defer(tx: Tx, claims: Sequence[Claim], now: datetime) -> None:
    """Puts off rows that failed, longer each time, so that one bad row cannot spin the loop."""
    for claimed in claims:
        await tx.execute(
            update(outbox)
            .where(outbox.c.id == claimed.id)
            .values(attempts=outbox.c.attempts + 1, due_at=now + patience(claimed.attempts))
        )


def patience(attempts: int) -> timedelta:
    """How long a row waits that had failed so many times before it failed now."""
    return min(PATIENCE * (1 << min(attempts, _DOUBLED)), LONGEST)


async def waiting(tx: Tx, topic: Topic, subject_ids: Sequence[UUID], now: datetime) -> Sequence[UUID]:
    """Which of the subjects have a fact that is due or was put off. One that is due on another day tells nothing about today."""
    about = among(outbox.c.subject_id, "subjects")
    query = select(outbox.c.subject_id).where(
        outbox.c.topic == topic, about, outbox.c.due_at <= now + LONGEST
    )
    return list(await tx.scalars(query, {"subjects": list(subject_ids)}))
