"""Carries out what a person wants for many revisions, each on its own: whatever becomes of one, the others are decided."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.batches import Outcome, Result, Target, outcome
from discuss.domain.decisions import Decision
from discuss.domain.visibility import Showing
from discuss.errors import Unavailable
from discuss.store import articles, comments, revisions
from discuss.store.database import Tx
from discuss.store.revisions import Standing
from discuss.usecases.decide import has_point, take_effect
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
    """One result for each intent, in the same order. Revisions of other sites are not found.

    If the database goes away later than in the first chunk, the results end there: what was done stays done, and whoever
    asked must learn of it. Raises `Unavailable` if nothing was done.
    """
    results = list[Result]()
    try:
        for begin in range(0, len(intents), CHUNK):
            results += await _committed(services, site_id, intents[begin : begin + CHUNK])
    except Unavailable:
        if not results:
            raise
    finally:
        if results:
            services.doorbell.ring()
            services.announcer.tell(site_id, Kind.DECIDED, [])
    return results


async def _committed(services: Services, site_id: UUID, intents: Sequence[Intent]) -> Iterable[Result]:
    async with services.database.transaction() as tx:
        return await _chunk(tx, services, site_id, intents)


async def _chunk(tx: Tx, services: Services, site_id: UUID, intents: Sequence[Intent]) -> Iterable[Result]:
    standings = await _lock(tx, site_id, [intent.target.revision_id for intent in intents])
    shown = await comments.showings(tx, [standing.comment_id for standing in standings.values()])
    weighed = [_weighed(intent, standings.get(intent.target.revision_id), shown) for intent in intents]
    made = await take_along(tx, services, [made for _, made in weighed if made])
    await take_effect(tx, made, services.clock())
    return [result for result, _ in weighed]


async def _lock(tx: Tx, site_id: UUID, revision_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Locks these revisions and returns their standings. Articles are locked first, as everywhere."""
    places = await revisions.at_site(tx, site_id, revision_ids)
    await articles.lock(tx, list(set(places.values())))
    return await revisions.lock(tx, list(places))


def _weighed(
    intent: Intent, standing: Standing | None, shown: Mapping[UUID, Showing]
) -> tuple[Result, tuple[Standing, Decision] | None]:
    """The result for one revision, with the decision that stands then, and what must take effect, if anything.

    Who undoes a decision means that decision, whichever text readers see by now. And there is always something to restore:
    nobody selects a text that has no decision yet.
    """
    if standing is None:
        return Result(intent.target.revision_id, Outcome.NOT_FOUND), None
    decision = intent.decision(standing)
    undoes = decision.undoes is not None
    outdated = not undoes and shown[standing.comment_id].outdates(standing.number)
    new = undoes or has_point(standing, decision.state)
    what = outcome(standing.decision_id, intent.target.seen, outdated=outdated, has_point=new)
    if what is Outcome.DECIDED:
        return Result(standing.id, what, decision.state, decision.id), (standing, decision)
    return Result(standing.id, what, standing.state, standing.decision_id), None
