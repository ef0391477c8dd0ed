"""A moderator decides many comments at once: a selection, all near-duplicates of one, or everything held of one author."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.batches import AllAlike, AllHeldOf, Batch, Choice, Target
from discuss.domain.rulings import Ruling
from discuss.domain.states import State
from discuss.errors import InvalidInput
from discuss.store import sites, targets
from discuss.store.database import Tx
from discuss.usecases.carry_out import Intent, carry_out
from discuss.usecases.decide import ruled
from discuss.usecases.find_alike import find_near
from discuss.usecases.services import Services

MOST = 500
"""Revisions in one act; the answer says whether there are more."""


async def decide_many(
    services: Services, principal: Principal, slug: str, ruling: Ruling, choice: Choice
) -> Batch:
    """Each revision has a result of its own: whatever becomes of one, the others are decided.

    Raises `InvalidInput`, `CommentNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        asked = ruling.checked()
        chosen = await _chosen(tx, services, site.id, asked.state, choice)
    batch_id = services.new_id()
    decision = partial(ruled, services, ruling=asked, actor_id=actor_id, batch_id=batch_id)
    results = await carry_out(services, site.id, [Intent(target, decision) for target in chosen[:MOST]])
    return Batch(batch_id, results, more=len(chosen) > MOST)


async def _chosen(
    tx: Tx, services: Services, site_id: UUID, wanted: State, choice: Choice
) -> Sequence[Target]:
    """The targets; if there are more than an act takes, one more than that."""
    if isinstance(choice, AllHeldOf):
        return await targets.held_of(tx, site_id, choice.author_id, MOST + 1)
    if isinstance(choice, AllAlike):
        near = await find_near(tx, services, site_id, choice.comment_id, MOST + 1, unlike=wanted)
        itself = await targets.of_comment(tx, choice.comment_id, wanted)
        return [*itself, *(target for _, target in near)]
    if len({target.revision_id for target in choice.targets}) < len(choice.targets):
        raise InvalidInput("A revision is listed twice.")
    return choice.targets
