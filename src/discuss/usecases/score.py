"""The worker's first step: scores waiting revisions in batches, and lets the policy decide them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog

from discuss.desk.news import Kind
from discuss.domain.decisions import Decision, Source, Verdict
from discuss.domain.events import Fact, Topic
from discuss.domain.policy import Circumstances, judge
from discuss.domain.sites import SiteSettings, Unscored
from discuss.domain.states import State
from discuss.store import articles, outbox, queue_entries, revisions, sites
from discuss.store.database import Tx
from discuss.store.outbox import Claim
from discuss.store.revisions import Draft, Standing
from discuss.usecases.apply_rules import apply_rules, take_turns
from discuss.usecases.circumstances import circumstances
from discuss.usecases.count_hits import count_hits
from discuss.usecases.decide import take_effect
from discuss.usecases.gather_evidence import Evidence, gather_evidence, gather_without_classifier
from discuss.usecases.hear import Hearing
from discuss.usecases.keep_evidence import keep_evidence
from discuss.usecases.services import Judge, Services

HOPELESS = 3
"""Failures after which a revision is decided unscored instead of being tried for ever."""

CHECK_AGAIN = timedelta(minutes=1)
"""How long after publication an unscored text is scored again."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Batch:
    """`topic` says why the texts are looked at: they are new, or the classifier failed on them before."""

    services: Services
    judged_by: Judge
    topic: Topic

    def may_decide(self, standing: Standing, verdict: Verdict) -> bool:
        """The machine decides what is pending. Of what it published unscored, it may only stop what it would not publish now."""
        if self.topic is Topic.REVISION_SUBMITTED:
            return standing.state is State.PENDING
        passed = standing.state is State.PUBLISHED and standing.decided_by is Source.POLICY
        return passed and verdict.state is not State.PUBLISHED


async def score(services: Services, judged_by: Judge, topic: Topic = Topic.REVISION_SUBMITTED) -> int:
    """How many revisions were taken up; 0: nothing waits.

    A batch is one transaction: a worker that dies in the middle of it leaves everything as it was. If a batch fails,
    its rows are tried one by one, so that a single bad one cannot hold up the others.
    """
    batch = Batch(services, judged_by, topic)
    taken, fine = await _take(batch, judged_by.batch)
    for _ in range(0 if fine else taken):
        await _take(batch, 1)
    return taken


async def _take(batch: Batch, most: int) -> tuple[int, bool]:
    """How many were claimed, and whether all went well. A row that fails alone is deferred, or decided unscored if it is hopeless."""
    async with batch.services.database.transaction() as tx:
        claims = await outbox.claim(tx, batch.topic, batch.services.clock(), most)
        fine = not claims or await _scored(tx, batch, claims)
        if not fine and most == 1:
            await _put_off(tx, batch, claims[0])
    for site_id in {claim.site_id for claim in claims}:
        batch.services.announcer.tell(site_id, Kind.CHANGED, [])
    return len(claims), fine


async def _put_off(tx: Tx, batch: Batch, claim: Claim) -> None:
    now = batch.services.clock()
    settings = (await sites.settings_of(tx, [claim.site_id]))[claim.site_id]
    patient = settings.unscored is Unscored.ASK_AGAIN or batch.topic is Topic.REVISION_UNHEARD
    if claim.attempts < HOPELESS or patient or not await _decided_unscored(tx, batch, claim, settings):
        await outbox.defer(tx, [claim], now)
    elif settings.unscored is Unscored.PUBLISH:
        again = Fact(Topic.REVISION_UNHEARD, claim.site_id, claim.subject_id, now + CHECK_AGAIN)
        await outbox.put(tx, [again])


async def _decided_unscored(tx: Tx, batch: Batch, claim: Claim, settings: SiteSettings) -> bool:
    """Whether that could be done. If even this fails, the text stays pending and is deferred: nobody else waits for it."""
    try:
        async with tx.begin_nested():
            drafts = await revisions.drafts(tx, [claim.subject_id])
            found = await gather_without_classifier(tx, batch.judged_by, drafts, {claim.site_id: settings})
            await _decide(tx, batch, [claim.subject_id], found)
            await outbox.done(tx, [claim])
    except Exception:
        # As in `_scored`: one text must not hold up the others.
        log.exception("score.failed", rows=1)
        return False
    return True


async def _scored(tx: Tx, batch: Batch, claims: Sequence[Claim]) -> bool:
    revision_ids = [claim.subject_id for claim in claims]
    try:
        async with tx.begin_nested():
            drafts = await revisions.drafts(tx, revision_ids)
            settings = await sites.settings_of(tx, _sites_of(drafts))
            await _decide(
                tx, batch, revision_ids, await gather_evidence(tx, batch.judged_by, drafts, settings)
            )
            await outbox.done(tx, claims)
    except Exception:
        # Whatever a text does to a detector or to the store, the rest of the queue must move on.
        log.exception("score.failed", rows=len(claims))
        return False
    return True


async def _decide(tx: Tx, batch: Batch, revision_ids: Sequence[UUID], evidence: Evidence) -> None:
    """Locks first, then reads what the verdict depends on: a person may have decided while the classifier was at work."""
    services, heard = batch.services, evidence.heard
    await take_turns(tx, evidence.rules)
    now = services.clock()
    await articles.lock(tx, await revisions.articles_of(tx, revision_ids))
    standings = await revisions.lock(tx, revision_ids)
    drafts = await revisions.drafts(tx, revision_ids)
    settings = await sites.settings_of(tx, _sites_of(drafts))
    found = await apply_rules(tx, evidence.rules, drafts, heard, evidence.matches)
    await keep_evidence(tx, services, drafts, settings, evidence, found)
    known = await circumstances(tx, services, drafts, settings, heard, found)
    verdicts = {d.id: _verdict(settings[d.site_id], known[d.id], heard.get(d.id)) for d in drafts}
    undecided = [one for one in standings.values() if batch.may_decide(one, verdicts[one.id])]
    made = [(one, _decision(services, one, verdicts[one.id], evidence.model)) for one in undecided]
    await take_effect(tx, made, now)
    # Where a person was faster, the scores come only now.
    await queue_entries.settle(tx, [s.comment_id for s in standings.values() if s not in undecided])
    await count_hits(tx, drafts, settings, evidence, found, now)


def _sites_of(drafts: Sequence[Draft]) -> Sequence[UUID]:
    return list({draft.site_id for draft in drafts})


def _verdict(settings: SiteSettings, known: Circumstances, hearing: Hearing | None) -> Verdict:
    if hearing is None:
        return judge([], {}, known)
    return judge(hearing.signals, hearing.thresholds(settings), known)


def _decision(services: Services, standing: Standing, verdict: Verdict, model: str | None) -> Decision:
    return Decision(
        id=services.new_id(), site_id=standing.site_id, revision_id=standing.id, previous_id=standing.decision_id,
        state=verdict.state, source=Source.POLICY, actor_id=None, reasons=verdict.reasons, note=None, model=model,
        created_at=services.clock(),
    )  # fmt: skip
