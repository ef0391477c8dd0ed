"""Decisions take effect here, whoever makes them: the policy for a batch, a person for one revision."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.comments import State, may_move
from discuss.domain.decisions import REJECTION_REASONS, Decision, Reason, Source
from discuss.domain.text import clean_note
from discuss.domain.visibility import after_decision
from discuss.errors import DecisionPointless, DecisionStale, InvalidInput
from discuss.store import articles, comments, decisions, revisions, sites
from discuss.store.database import Tx
from discuss.store.revisions import Standing
from discuss.usecases.change_visibility import change_visibility
from discuss.usecases.services import Services


async def decide(
    services: Services, principal: Principal, slug: str, revision_id: UUID, state: State, *, reason: Reason | None,
    note: str | None, seen: UUID | None,
) -> Decision:  # fmt: skip
    """A moderator decides. `seen` is the decision they were looking at; None: whichever is current.

    Raises `DecisionStale` when another one came first, `DecisionPointless`, `InvalidInput`, `RevisionNotFound`,
    `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        reasons, told = _reasons(state, reason), note and clean_note(note, "note")
        await articles.lock(tx, [await revisions.article_of(tx, site.id, revision_id)])
        standing = (await revisions.lock(tx, [revision_id]))[revision_id]
        _require_move(standing, state, seen)
        decision = Decision(
            id=services.new_id(), site_id=site.id, revision_id=revision_id, previous_id=standing.decision_id, state=state,
            source=Source.PERSON, actor_id=actor_id, reasons=reasons, note=told or None, model=None, created_at=services.clock(),
        )  # fmt: skip
        await take_effect(tx, [(standing, decision)], decision.created_at)
    services.doorbell.ring()
    return decision


def _reasons(state: State, reason: Reason | None) -> Sequence[Reason]:
    if state is State.PENDING:
        raise InvalidInput("A decision is published, held or rejected.")
    if state is State.REJECTED and reason not in REJECTION_REASONS:
        raise InvalidInput("A rejection needs a reason: " + ", ".join(sorted(REJECTION_REASONS)) + ".")
    if state is State.PUBLISHED:
        return [Reason.CLEAR]
    return [Reason.OTHER if reason in {None, Reason.CLEAR} else reason]


def _require_move(standing: Standing, state: State, seen: UUID | None) -> None:
    if seen is not None and seen != standing.decision_id:
        raise DecisionStale(current=standing.state)
    if not may_move(standing.state, state):
        raise DecisionPointless


async def take_effect(tx: Tx, made: Sequence[tuple[Standing, Decision]], now: datetime) -> None:
    """Stores the decisions and lets readers see what follows. Articles and revisions must be locked."""
    if not made:
        return
    await decisions.add(tx, [decision for _, decision in made])
    await revisions.move(tx, [decision for _, decision in made])
    showings = await comments.showings(tx, [standing.comment_id for standing, _ in made])
    before = dict(showings)
    # Two revisions of one comment can stand in one batch: the later number is applied to what the earlier one left.
    for standing, decision in sorted(made, key=lambda pair: pair[0].number):
        showings[standing.comment_id] = after_decision(
            showings[standing.comment_id], standing.id, standing.number, decision.state, now
        )
    sites_of = {standing.comment_id: standing.site_id for standing, _ in made}
    for site_id, group in groupby(sorted(before, key=lambda c: (sites_of[c], c)), key=sites_of.__getitem__):
        await change_visibility(tx, site_id, [(before[c], showings[c]) for c in group], now)
