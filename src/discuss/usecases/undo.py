"""A moderator takes a person's decision back, by a further decision that restores what the one before it said."""

from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.decisions import Decision, Source
from discuss.errors import DecisionPointless, UndoImpossible
from discuss.store import articles, decisions, revisions, sites
from discuss.usecases.compensate import compensating
from discuss.usecases.decide import stale, take_effect
from discuss.usecases.services import Services
from discuss.usecases.take_along import take_along


async def undo(services: Services, principal: Principal, slug: str, decision_id: UUID) -> Decision:
    """The decision that undoes. It counts as a person's, so that no machine overturns it either.

    Raises `DecisionNotFound`, `DecisionStale` if it no longer stands, `UndoImpossible` if no person made it,
    `DecisionPointless` if it holds a text that had no decision before, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
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
        before = await decisions.with_ids(tx, [made.previous_id] if made.previous_id else [])
        taken_back = compensating(services, made, before, actor_id)
        if made.previous_id is None and made.state is taken_back.state:
            raise DecisionPointless
        await take_effect(tx, await take_along(tx, services, [(standing, taken_back)]), taken_back.created_at)
    services.doorbell.ring()
    services.announcer.tell(site.id, Kind.DECIDED, [standing.comment_id])
    return taken_back
