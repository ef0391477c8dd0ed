"""A moderator has the comments of an author removed: requested here, done by the worker, some at a time."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import structlog

from discuss.desk.news import Kind
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.decisions import Decision, Reason, Source, require_persons_reason
from discuss.domain.events import Fact, Topic
from discuss.domain.removals import Removal, Span
from discuss.domain.states import State
from discuss.domain.text import clean_words
from discuss.store import articles, author_records, outbox, removals, revisions, sites
from discuss.store.database import Tx
from discuss.store.outbox import Claim
from discuss.store.revisions import Standing
from discuss.usecases.decide import take_effect
from discuss.usecases.services import Services

log = structlog.get_logger()

CHUNK = 200
"""Comments in one transaction: nobody who wants to decide on one of them waits longer than that takes."""


async def remove_comments(
    services: Services, principal: Principal, slug: str, account_id: UUID, span: Span, *, reason: Reason,
    words: str | None,
) -> Removal:  # fmt: skip
    """Returns the request; `read_removal` tells how far it is. `words` are told to the author once.

    The worker finds it within two seconds without the doorbell being rung.

    Raises `SiteNotFound`, `AuthorNotFound`, `InvalidInput`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        (await author_records.author(tx, site.id, account_id)).require_reader()
        return await request(tx, services, site.id, account_id, actor_id, reason, clean_words(words), span)


async def request(
    tx: Tx, services: Services, site_id: UUID, account_id: UUID, actor_id: UUID, reason: Reason, words: str | None,
    span: Span,
) -> Removal:  # fmt: skip
    """Stores the request, with the fact that the worker takes up. Raises `InvalidInput`."""
    span.require_some()
    now = services.clock()
    asked = Removal(
        id=services.new_id(), site_id=site_id, account_id=account_id, actor_id=actor_id,
        reason=require_persons_reason(reason, "removal"), words=words, since=span.since,
        until=min(span.until or now, now), total=0, done=0, place=None, created_at=now, finished_at=None,
    )  # fmt: skip
    asked = replace(asked, total=await removals.count(tx, asked))
    await removals.add(tx, asked)
    await outbox.put(tx, [Fact.at_once(Topic.REMOVAL_REQUESTED, site_id, asked.id, now)])
    return asked


async def read_removal(
    services: Services, principal: Principal, slug: str, account_id: UUID, removal_id: UUID
) -> Removal:
    """Raises `SiteNotFound`, `RemovalNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        return await removals.by_id(tx, site.id, account_id, removal_id)


async def remove_some(services: Services) -> int:
    """The worker's step: 1 if a removal was taken up; 0 if none waits, or others are working on it.

    The outbox row is locked for one chunk and deleted with the last one. A worker that dies in between leaves whole chunks
    behind, and the place from which the next run continues.
    """
    async with services.database.transaction() as tx:
        claims = await outbox.claim(tx, Topic.REMOVAL_REQUESTED, services.clock(), 1)
        if not claims:
            return 0
        try:
            async with tx.begin_nested():
                await _portion(tx, services, claims[0])
        except Exception:
            # A removal that cannot continue must not hold up those requested later.
            log.exception("removal.failed", removal=str(claims[0].subject_id))
            await outbox.defer(tx, claims, services.clock())
    services.announcer.tell(claims[0].site_id, Kind.CHANGED, [])
    return 1


async def _portion(tx: Tx, services: Services, claim: Claim) -> None:
    removal = await removals.asked_for(tx, claim.subject_id)
    taken = await removals.next_comments(tx, removal, CHUNK)
    over = len(taken) < CHUNK
    await _reject(tx, services, removal, taken)
    await removals.advance(tx, removal, taken, services.clock(), over=over)
    if over:
        await outbox.done(tx, [claim])


async def _reject(tx: Tx, services: Services, removal: Removal, comment_ids: Sequence[UUID]) -> None:
    wanted = await removals.revisions_of(tx, comment_ids)
    await articles.lock(tx, await revisions.articles_of(tx, wanted))
    standings = (await revisions.lock(tx, wanted)).values()
    now = services.clock()
    made = [(s, _decision(services, removal, s)) for s in standings if s.state is not State.REJECTED]
    await take_effect(tx, made, now)


def _decision(services: Services, removal: Removal, standing: Standing) -> Decision:
    return Decision(
        id=services.new_id(), site_id=standing.site_id, revision_id=standing.id, previous_id=standing.decision_id,
        state=State.REJECTED, source=Source.PERSON, actor_id=removal.actor_id, reasons=[removal.reason], note=None,
        model=None, created_at=services.clock(), batch_id=removal.id,
    )  # fmt: skip
