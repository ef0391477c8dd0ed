"""How a site's comments fared, for the report of `discuss replay`."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import extract, func, select

from discuss.domain.states import State
from discuss.store.database import Tx
from discuss.store.tables import decisions, revisions


@dataclass(frozen=True, slots=True)
class Outcome:
    comment_id: UUID
    state: State
    reasons: Sequence[str]
    seconds: float
    """From post to decision."""


async def pending(tx: Tx, site_id: UUID) -> int:
    query = select(func.count()).select_from(revisions)
    return (
        await tx.scalar(query.where(revisions.c.site_id == site_id, revisions.c.state == State.PENDING)) or 0
    )


async def of_site(tx: Tx, site_id: UUID) -> Sequence[Outcome]:
    """One for each decided comment of the site."""
    waited = extract("epoch", decisions.c.created_at - revisions.c.created_at)
    query = (
        select(revisions.c.comment_id, revisions.c.state, decisions.c.reasons, waited)
        .select_from(revisions.join(decisions, decisions.c.id == revisions.c.decision_id))
        .where(revisions.c.site_id == site_id, revisions.c.number == 1)
    )
    return [Outcome(row[0], State(row[1]), row[2], float(row[3])) for row in await tx.execute(query)]
