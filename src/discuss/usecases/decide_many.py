"""A moderator decides many comments at once: a selection, all near-duplicates of one, or everything held of one author."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.batches import AllAlike, AllHeldOf, Batch, Choice, Target
from discuss.domain.decisions import Source
from discuss.domain.rulings import Ruling
from discuss.domain.states import State
from discuss.errors import InvalidInput
from discuss.store import sites, targets
from discuss.usecases.carry_out import Intent, carry_out
from discuss.usecases.decide import as_seen, ruled
from discuss.usecases.find_alike import find_near
from discuss.usecases.services import Services

MOST = 500
"""Revisions in one act; the answer says whether there are more."""


async def decide_many(
    services: Services, principal: Principal, slug: str, ruling: Ruling, choice: Choice
) -> Batch:
    """Each revision has a result of its own: whatever becomes of one, the others are decided.

    Raises `InvalidInput`, `SiteNotFound`, `Unauthenticated` or `Forbidden`, and for `AllAlike` also `RevisionNotFound`, or
    `DecisionStale` if the text that was looked at is not what it was.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
    asked = ruling.checked()
    chosen = await _chosen(services, site.id, asked.state, choice)
    batch_id = services.new_id()
    decision = partial(ruled, services, ruling=asked, actor_id=actor_id, batch_id=batch_id)
    results = await carry_out(services, site.id, [Intent(target, decision) for target in chosen[:MOST]])
    return Batch(batch_id, results, more=len(results) < len(chosen))


async def _chosen(services: Services, site_id: UUID, wanted: State, choice: Choice) -> Sequence[Target]:
    """The targets; if one act cannot take them all, more of them than it takes."""
    if isinstance(choice, AllHeldOf):
        async with services.database.reading() as tx:
            return await targets.held_of(tx, site_id, choice.author_id, MOST + 1)
    if isinstance(choice, AllAlike):
        return await _alike(services, site_id, wanted, choice.target)
    if len({target.revision_id for target in choice.targets}) < len(choice.targets):
        raise InvalidInput("A revision is listed twice.")
    return choice.targets


async def _alike(services: Services, site_id: UUID, wanted: State, seen: Target) -> Sequence[Target]:
    """The text that was looked at comes last: as long as others are left, the same request is not stale and goes on with them."""
    async with services.database.transaction() as tx:
        standing = await as_seen(tx, site_id, seen.revision_id, seen.seen)
    async with services.database.reading() as tx:
        near = await find_near(tx, services, seen.revision_id, MOST + 1, unlike=wanted)
    itself = [seen] if standing.decided_by is Source.POLICY else []
    return [*(target for _, target in near), *itself]
