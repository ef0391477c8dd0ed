"""The worker's step of a back-test: some hundred published comments at a time, judged by what is stored about them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import structlog

from discuss.classify.matching import Legible, links
from discuss.domain.backtests import MOST_EXAMPLES, Backtest, Progress, ThresholdSpec
from discuss.domain.detecting import Facts, Match, found
from discuss.domain.events import Topic
from discuss.domain.likeness import Twin
from discuss.domain.rules import Kind, Mode, RepeatsSpec, Rule, most_counted
from discuss.errors import InvalidInput
from discuss.store import backtests, outbox, rule_facts
from discuss.store.database import Tx
from discuss.store.revisions import Draft
from discuss.store.rule_facts import Known
from discuss.usecases.find_alike import find_alike, liken
from discuss.usecases.rulebook import Rulebook
from discuss.usecases.services import Services

CHUNK = 300
"""Comments in one transaction."""

log = structlog.get_logger()


async def run_backtest(services: Services, book: Rulebook) -> bool:
    """Whether a back-test was taken up. A worker that dies in between leaves whole chunks behind, and the place to continue from."""
    async with services.database.transaction() as tx:
        claims = await outbox.claim(tx, Topic.BACKTEST_REQUESTED, services.clock(), 1)
        if not claims:
            return False
        asked = await backtests.by_id(tx, claims[0].site_id, claims[0].subject_id, lock=True)
        made = await _further(tx, services, book, asked)
        if made.over:
            await outbox.done(tx, claims)
    return True


async def _further(tx: Tx, services: Services, book: Rulebook, asked: Backtest) -> Backtest:
    if asked.over:
        return asked
    try:
        async with tx.begin_nested():
            made = await _chunk(tx, services, book, asked)
    except Exception:
        # A rule that cannot be tried must not be tried for ever: others are waiting.
        log.exception("backtest.failed", backtest=str(asked.id))
        made = replace(asked, state=Progress.FAILED, finished_at=services.clock())
    await backtests.keep(tx, made)
    return made


async def _chunk(tx: Tx, services: Services, book: Rulebook, asked: Backtest) -> Backtest:
    if asked.state is Progress.WAITING:
        asked = replace(asked, state=Progress.RUNNING, total=await backtests.total(tx, asked))
    taken = await backtests.next_comments(tx, asked, CHUNK)
    revisions = [revision for _, _, revision in taken]
    hits = await _hits(tx, book, asked, revisions)
    examples = [*asked.examples, *(revision for revision in revisions if revision in hits)][:MOST_EXAMPLES]
    made = replace(asked, seen=asked.seen + len(taken), hits=asked.hits + len(hits), examples=examples)
    if len(taken) < CHUNK:
        return replace(made, state=Progress.DONE, total=made.seen, finished_at=services.clock())
    at, comment, _ = taken[-1]
    return replace(made, place=(at, comment))


async def _hits(tx: Tx, book: Rulebook, asked: Backtest, revisions: Sequence[UUID]) -> set[UUID]:
    known = await rule_facts.of(tx, revisions, most_counted([asked.spec]))
    if isinstance(asked.spec, ThresholdSpec):
        spec, told = asked.spec, await backtests.scores(tx, revisions, asked.spec.label)
        return {
            one for one, score in told.items() if score >= spec.hold and _speaks(known[one], spec.language)
        }
    rule = Rule(
        asked.id, asked.site_id, "", Kind(asked.kind), 0, Mode.ON, asked.action, asked.spec, asked.created_at,
        asked.actor_id,
    )  # fmt: skip
    twins = await _twins(tx, asked, list(known.values()))
    return await asyncio.to_thread(Trial(rule, book, twins).of, known)


def _speaks(known: Known, language: str | None) -> bool:
    return language is None or known.language == language


@dataclass(frozen=True, slots=True)
class Trial:
    """Tries a rule, in a thread, on texts as they stand and as they were read when they were scored."""

    rule: Rule
    book: Rulebook
    twins: Mapping[UUID, Sequence[Twin]]

    def of(self, known: Mapping[UUID, Known]) -> set[UUID]:
        """Raises `InvalidInput` if the words cannot be read."""
        asked = [*known.values()]
        return {
            one.revision_id
            for one, said in zip(asked, self._matches(asked), strict=True)
            if found(self.rule, self._facts(one), said)
        }

    def _matches(self, asked: Sequence[Known]) -> list[Sequence[Match] | None]:
        listed = self.book.listed([self.rule])
        if listed is None:
            return [()] * len(asked)
        if listed.unreadable:
            raise InvalidInput("The words of this back-test can no longer be read.")
        texts = Legible.of([one.source for one in asked])
        return [
            listed.matches(text, one.normalised or "")[self.rule.id]
            for one, text in zip(asked, texts, strict=True)
        ]

    def _facts(self, known: Known) -> Facts:
        return Facts(
            language=known.language or "und", article_id=known.article_id, author_id=known.author_id,
            written_at=known.written_at, registered_at=known.registered_at, before=known.before, recent=known.recent,
            hosts=links(known.source),
            twins=self.twins.get(known.revision_id, ()),
        )  # fmt: skip


async def _twins(tx: Tx, asked: Backtest, known: Sequence[Known]) -> Mapping[UUID, Sequence[Twin]]:
    """For each text, near-duplicates that came shortly before it, as far back as texts are remembered."""
    if not isinstance(asked.spec, RepeatsSpec) or not known:
        return {}
    drafts = [_draft(asked, one) for one in known]
    likenesses = await asyncio.to_thread(liken, drafts, [one.normalised or "" for one in known])
    since = min(one.written_at for one in known) - timedelta(minutes=asked.spec.minutes)
    return await find_alike(tx, likenesses, since, earlier=True)


def _draft(asked: Backtest, known: Known) -> Draft:
    return Draft(
        known.revision_id, asked.site_id, known.comment_id, known.article_id, known.author_id, 1, known.source,
        known.written_at, premoderated=False, stopped_before=False,
    )  # fmt: skip
