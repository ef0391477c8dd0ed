"""The worker's first step: scores waiting revisions in batches, and lets the policy decide them."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog

from discuss.classify.protocol import Classifier
from discuss.domain.comments import State
from discuss.domain.decisions import Decision, Source, Verdict
from discuss.domain.events import Topic
from discuss.domain.policy import Circumstances, judge, under
from discuss.domain.sites import SiteSettings
from discuss.store import articles, decisions, likenesses, outbox, queue_entries, revisions, sites
from discuss.store.database import Tx
from discuss.store.outbox import Claim
from discuss.store.revisions import Draft, Standing
from discuss.usecases.circumstances import circumstances
from discuss.usecases.decide import take_effect
from discuss.usecases.hear import Hearing, hear
from discuss.usecases.services import Judge, Services

HOPELESS = 3
"""Failures after which a revision is held for a person, unscored, rather than tried again for ever."""

log = structlog.get_logger()


async def score(services: Services, judged_by: Judge) -> int:
    """How many revisions were taken up; 0: nothing waits.

    A batch is one transaction: whoever dies in the middle of it leaves everything as it was. Where a batch fails,
    its rows are tried one by one, so that a single bad one cannot keep the others.
    """
    taken, fine = await _take(services, judged_by, judged_by.batch)
    for _ in range(0 if fine else taken):
        await _take(services, judged_by, 1)
    return taken


async def _take(services: Services, judged_by: Judge, most: int) -> tuple[int, bool]:
    """How many were claimed, and whether all went well. One that fails alone is put off, or held when it is hopeless."""
    async with services.database.transaction() as tx:
        claims = await outbox.claim(tx, Topic.REVISION_SUBMITTED, services.clock(), most)
        fine = not claims or await _scored(tx, services, judged_by, claims)
        if not fine and most == 1:
            await _put_off(tx, services, claims[0])
    return len(claims), fine


async def _put_off(tx: Tx, services: Services, claim: Claim) -> None:
    if claim.attempts < HOPELESS:
        await outbox.defer(tx, [claim], services.clock())
    else:
        await _decide(tx, services, [claim.subject_id], {}, None)
        await outbox.done(tx, [claim])


async def _scored(tx: Tx, services: Services, judged_by: Judge, claims: Sequence[Claim]) -> bool:
    revision_ids = [claim.subject_id for claim in claims]
    try:
        async with tx.begin_nested():
            drafts = await revisions.drafts(tx, revision_ids)
            settings = await sites.settings_of(tx, _sites_of(drafts))
            heard = await asyncio.to_thread(hear, judged_by.classifier, drafts, settings)
            await _decide(tx, services, revision_ids, heard, judged_by.classifier)
            await outbox.done(tx, claims)
    except Exception:
        # Whatever a text does to the classifier or to the store, the rest of the queue must get on.
        log.exception("score.failed", rows=len(claims))
        return False
    return True


async def _decide(
    tx: Tx,
    services: Services,
    revision_ids: Sequence[UUID],
    heard: Mapping[UUID, Hearing],
    classifier: Classifier | None,
) -> None:
    """Locks first, then reads what speaks for holding: a person may have decided while the classifier was at work."""
    now = services.clock()
    model = f"{classifier.name} {classifier.version}" if classifier else None
    await articles.lock(tx, await revisions.articles_of(tx, revision_ids))
    standings = await revisions.lock(tx, revision_ids)
    drafts = await revisions.drafts(tx, revision_ids)
    settings = await sites.settings_of(tx, _sites_of(drafts))
    await _keep(tx, services, drafts, heard, settings, now)
    known = await circumstances(tx, services, drafts, settings, heard)
    verdicts = {d.id: _verdict(settings[d.site_id], known[d.id], heard.get(d.id)) for d in drafts}
    undecided = [standing for standing in standings.values() if standing.state is State.PENDING]
    made = [(standing, _decision(services, standing, verdicts[standing.id], model)) for standing in undecided]
    await take_effect(tx, made, now)
    # Those that a person was faster about have their scores only now.
    await queue_entries.settle(tx, [s.comment_id for s in standings.values() if s.state is not State.PENDING])


async def _keep(
    tx: Tx,
    services: Services,
    drafts: Sequence[Draft],
    heard: Mapping[UUID, Hearing],
    settings: Mapping[UUID, SiteSettings],
    now: datetime,
) -> None:
    """What was found in each text, whatever becomes of it."""
    site_of = {draft.id: draft.site_id for draft in drafts}
    await decisions.add_signals(
        tx,
        [
            (services.new_id(), site_of[r], r, signal)
            for r, hearing in heard.items()
            for signal in under(hearing.signals, hearing.thresholds(settings[site_of[r]]))
        ],
        now,
    )
    await revisions.describe(tx, {r: (hearing.language, hearing.normalised) for r, hearing in heard.items()})
    await likenesses.add(tx, [hearing.likeness for hearing in heard.values()], now)


def _sites_of(drafts: Sequence[Draft]) -> Sequence[UUID]:
    return list({draft.site_id for draft in drafts})


def _verdict(settings: SiteSettings, known: Circumstances, hearing: Hearing | None) -> Verdict:
    if hearing is None:
        return judge([], {}, known)
    return judge(hearing.signals, hearing.thresholds(settings), known)


def _decision(services: Services, standing: Standing, verdict: Verdict, model: str | None) -> Decision:
    return Decision(
        id=services.new_id(), site_id=standing.site_id, revision_id=standing.id, previous_id=None, state=verdict.state,
        source=Source.POLICY, actor_id=None, reasons=verdict.reasons, note=None, model=model, created_at=services.clock(),
    )  # fmt: skip
