"""Decisions take effect here, whoever makes them: the policy for a batch, a person for one revision."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.decisions import Decision, Source
from discuss.domain.rulings import Ruling
from discuss.domain.states import State, may_move
from discuss.domain.visibility import after_decision
from discuss.errors import DecisionPointless, DecisionStale
from discuss.store import articles, claims, comments, decisions, queue_entries, revisions, sites
from discuss.store.database import Tx
from discuss.store.revisions import Standing
from discuss.usecases.change_visibility import change_visibility
from discuss.usecases.services import Services
from discuss.usecases.settle_reports import settle_reports
from discuss.usecases.take_along import take_along

CHANGED = "The author has changed this comment since; readers see the new text."


async def decide(
    services: Services, principal: Principal, slug: str, revision_id: UUID, ruling: Ruling, *, seen: UUID | None = None
) -> Decision:  # fmt: skip
    """A moderator decides. `seen` is the decision the moderator was looking at; None: whichever is current.

    Raises `DecisionStale` when another one came first or the author has changed what readers see, `DecisionPointless`,
    `InvalidInput`, `RevisionNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        asked = ruling.checked()
        standing = await as_seen(tx, site.id, revision_id, seen)
        if not has_point(standing, asked.state):
            raise DecisionPointless
        decision = ruled(services, standing, asked, actor_id)
        made = await take_along(tx, services, [(standing, decision)])
        await take_effect(tx, made, decision.created_at)
    services.doorbell.ring()
    services.announcer.tell(site.id, Kind.DECIDED, [standing.comment_id])
    return decision


async def as_seen(tx: Tx, site_id: UUID, revision_id: UUID, seen: UUID | None) -> Standing:
    """Locks the revision, its article first. Raises `RevisionNotFound`, and `DecisionStale` if it is not as whoever names `seen` saw it."""
    await articles.lock(tx, [await revisions.article_of(tx, site_id, revision_id)])
    standing = (await revisions.lock(tx, [revision_id]))[revision_id]
    if seen is not None:
        await _require_sight(tx, standing, seen)
    return standing


async def _require_sight(tx: Tx, standing: Standing, seen: UUID) -> None:
    """A person who names the decision they saw means the comment as it stood then. Raises `DecisionStale`."""
    if seen != standing.decision_id:
        raise await stale(tx, standing)
    shown = (await comments.showings(tx, [standing.comment_id]))[standing.comment_id]
    if shown.revision_id is not None and shown.outdates(standing.number):
        text = (await revisions.lock(tx, [shown.revision_id]))[shown.revision_id]
        raise await stale(tx, text, CHANGED, revision_id=text.id)


def has_point(standing: Standing, state: State) -> bool:
    """A person may also confirm what the machine decided or what readers have reported."""
    confirms = standing.state is state and (standing.decided_by is Source.POLICY or standing.reported)
    return confirms or may_move(standing.state, state)


def ruled(
    services: Services, standing: Standing, ruling: Ruling, actor_id: UUID, batch_id: UUID | None = None
) -> Decision:
    """A person's ruling as a decision about one revision."""
    return Decision(
        id=services.new_id(), site_id=standing.site_id, revision_id=standing.id, previous_id=standing.decision_id,
        state=ruling.state, source=Source.PERSON, actor_id=actor_id, reasons=ruling.reasons, note=ruling.note,
        model=None, created_at=services.clock(), words=ruling.words, batch_id=batch_id,
    )  # fmt: skip


async def stale(tx: Tx, standing: Standing, told: str | None = None, **more: object) -> DecisionStale:
    """Says who or what came first, and what they decided; with `told`, says that instead."""
    if standing.decision_id is None:
        return DecisionStale(told, current=standing.state, **more)
    made, name = await decisions.with_name(tx, standing.site_id, standing.decision_id)
    return DecisionStale(
        told or f"{name or 'Automatic moderation'} decided this in the meantime: {made.state}.",
        current=made.state, decision_id=made.id, decided_by=made.source, moderator=name, decided_at=made.created_at, **more,
    )  # fmt: skip


async def take_effect(tx: Tx, made: Sequence[tuple[Standing, Decision]], now: datetime) -> None:
    """Stores the decisions and shows readers and moderators what follows from them. Articles and revisions must be locked."""
    if not made:
        return
    await decisions.add(tx, [decision for _, decision in made])
    await revisions.move(tx, [decision for _, decision in made])
    showings = await comments.showings(tx, [standing.comment_id for standing, _ in made])
    before = dict(showings)
    # One batch can hold two revisions of a comment: the later one is applied to what the earlier one left.
    for standing, decision in sorted(made, key=lambda pair: pair[0].number):
        showings[standing.comment_id] = after_decision(
            showings[standing.comment_id], standing.id, standing.number, decision.state, now
        )
    sites_of = {standing.comment_id: standing.site_id for standing, _ in made}
    for site_id, group in groupby(sorted(before, key=lambda c: (sites_of[c], c)), key=sites_of.__getitem__):
        await change_visibility(tx, site_id, [(before[c], showings[c]) for c in group], now)
    await settle_reports(tx, made, now)
    await queue_entries.settle(tx, list(before))
    await claims.drop(tx, list(before))
