"""Carries out what a person wants for many revisions, each on its own: whatever becomes of one, the others are decided."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.batches import Outcome, Result, Target, outcome
from discuss.domain.decisions import Decision
from discuss.store import articles, revisions
from discuss.store.database import Tx
from discuss.store.revisions import Standing
from discuss.usecases.decide import take_effect
from discuss.usecases.services import Services
from discuss.usecases.take_along import take_along

CHUNK = 100
"""Revisions in one transaction: nobody waits long for the locks of a large act."""


@dataclass(frozen=True, slots=True)
class Intent:
    """`decision` makes the decision from the revision's standing, under its lock."""

    target: Target
    decision: Callable[[Standing], Decision]


async def carry_out(services: Services, site_id: UUID, intents: Sequence[Intent]) -> Sequence[Result]:
    """One result for each intent, in the same order. Revisions of other sites are not found."""
    results = list[Result]()
    for begin in range(0, len(intents), CHUNK):
        async with services.database.transaction() as tx:
            results += await _chunk(tx, services, site_id, intents[begin : begin + CHUNK])
    services.doorbell.ring()
    services.announcer.tell(site_id, Kind.DECIDED, [])
    return results


async def _chunk(tx: Tx, services: Services, site_id: UUID, intents: Sequence[Intent]) -> Iterable[Result]:
    standings = await _lock(tx, site_id, [intent.target.revision_id for intent in intents])
    weighed = [_weighed(intent, standings.get(intent.target.revision_id)) for intent in intents]
    made = await take_along(tx, services, [made for _, made in weighed if made])
    await take_effect(tx, made, services.clock())
    return [result for result, _ in weighed]


async def _lock(tx: Tx, site_id: UUID, revision_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Locks these revisions and returns their standings. Articles are locked first, as everywhere."""
    places = await revisions.at_site(tx, site_id, revision_ids)
    await articles.lock(tx, list(set(places.values())))
    return await revisions.lock(tx, list(places))


def _weighed(intent: Intent, standing: Standing | None) -> tuple[Result, tuple[Standing, Decision] | None]:
    """The result for one revision, with the decision that stands then, and what must take effect, if anything."""
    if standing is None:
        return Result(intent.target.revision_id, Outcome.NOT_FOUND), None
    decision = intent.decision(standing)
    what = outcome(standing.decision_id, standing.state, intent.target.seen, decision.state)
    if what is Outcome.DECIDED:
        return Result(standing.id, what, decision.state, decision.id), (standing, decision)
    return Result(standing.id, what, standing.state, standing.decision_id), None
