"""A moderator takes a person's decision back: a further decision, which restores what the one before it said."""

from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.states import State
from discuss.errors import DecisionPointless, UndoImpossible
from discuss.store import articles, decisions, revisions, sites
from discuss.store.database import Tx
from discuss.usecases.decide import stale, take_effect
from discuss.usecases.services import Services


async def undo(services: Services, principal: Principal, slug: str, decision_id: UUID) -> Decision:
    """The decision that undoes; it is a person's, so that no machine overturns it either.

    Raises `DecisionNotFound`, `DecisionStale` when it no longer stands, `UndoImpossible` for what no person decided,
    `DecisionPointless` for holding what was not decided before, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        made = await decisions.by_id(tx, site.id, decision_id)
        await articles.lock(tx, [await revisions.article_of(tx, site.id, made.revision_id)])
        standing = (await revisions.lock(tx, [made.revision_id]))[made.revision_id]
        if standing.decision_id != made.id:
            raise await stale(tx, standing)
        if made.source is not Source.PERSON:
            raise UndoImpossible
        taken_back = compensating(services, made, await _before(tx, made), actor_id)
        if made.previous_id is None and made.state is taken_back.state:
            raise DecisionPointless
        await take_effect(tx, [(standing, taken_back)], taken_back.created_at)
    services.doorbell.ring()
    services.announcer.tell(site.id, Kind.DECIDED, [standing.comment_id])
    return taken_back


async def _before(tx: Tx, made: Decision) -> Decision | None:
    return await decisions.by_id(tx, made.site_id, made.previous_id) if made.previous_id else None


def compensating(
    services: Services, made: Decision, before: Decision | None, actor_id: UUID, batch_id: UUID | None = None
) -> Decision:
    """Says what the decision before said, with its reasons and words. Nothing goes back to pending: it is held instead."""
    return Decision(
        id=services.new_id(), site_id=made.site_id, revision_id=made.revision_id, previous_id=made.id,
        state=before.state if before else State.HELD, source=Source.PERSON, actor_id=actor_id,
        reasons=before.reasons if before else [Reason.OTHER], note=None, model=None, created_at=services.clock(),
        words=before.words if before else None, undoes=made.id, batch_id=batch_id,
    )  # fmt: skip
