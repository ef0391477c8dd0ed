"""A moderator takes back what was decided in one act, as far as it still stands."""

from collections.abc import Callable
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.batches import Batch, Target
from discuss.domain.decisions import Decision
from discuss.errors import DecisionNotFound
from discuss.store import decisions, sites
from discuss.store.revisions import Standing
from discuss.usecases.carry_out import Intent, carry_out
from discuss.usecases.compensate import compensating
from discuss.usecases.decide_many import MOST
from discuss.usecases.services import Services


async def undo_many(services: Services, principal: Principal, slug: str, batch_id: UUID) -> Batch:
    """Revisions that were decided anew since then stay as they are, and are reported as stale.

    Raises `DecisionNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        found = await decisions.of_batch(tx, site.id, batch_id, MOST + 1)
        made = [one for one, _ in found[:MOST]]
        before = await decisions.with_ids(tx, [one.previous_id for one in made if one.previous_id])
    if not made:
        raise DecisionNotFound("There is no such bulk decision on this site.")
    beyond = len(found) > MOST and found[MOST][1]
    undo_id = services.new_id()
    backs = [compensating(services, one, before, actor_id, undo_id) for one in made]
    intents = [
        Intent(Target(one.revision_id, one.id), _always(back)) for one, back in zip(made, backs, strict=True)
    ]
    results = await carry_out(services, site.id, intents)
    return Batch(undo_id, results, more=beyond or len(results) < len(intents))


def _always(decision: Decision) -> Callable[[Standing], Decision]:
    return lambda _: decision
