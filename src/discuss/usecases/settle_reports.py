"""A person's decision tells who reported rightly; a machine's tells nothing about that."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from discuss.domain.decisions import Decision, Source, judgement
from discuss.domain.reports import outcome_of
from discuss.domain.states import State
from discuss.store import decisions, reports, settling
from discuss.store.database import Tx
from discuss.store.revisions import Standing
from discuss.store.settling import Settling


async def settle_reports(tx: Tx, made: Sequence[tuple[Standing, Decision]], now: datetime) -> None:
    """Call it after the decisions are stored, under the locks of the articles. Decisions that follow from another judge nothing."""
    by_person = [
        (s, decision) for s, decision in made if decision.source is Source.PERSON and not decision.follows
    ]
    concerned = await reports.reported(tx, [s.comment_id for s, _ in by_person]) if by_person else set()
    judged = [(standing, decision) for standing, decision in by_person if standing.comment_id in concerned]
    if judged:
        known = await _known(tx, [decision for _, decision in judged])
        await settling.settle(
            tx, [_settling(standing, decision, known) for standing, decision in judged], now
        )


async def _known(tx: Tx, made: Sequence[Decision]) -> Mapping[UUID, Decision]:
    """Every decision about the texts on which something is taken back: they tell what that was."""
    texts = [decision.revision_id for decision in made if decision.undoes is not None]
    found = await decisions.of_revisions(tx, texts) if texts else {}
    return {decision.id: decision for about in found.values() for decision in about}


def _settling(standing: Standing, decision: Decision, known: Mapping[UUID, Decision]) -> Settling:
    word = judgement(decision, known)
    return Settling(
        standing.comment_id, standing.id, standing.number, decision.id, decision.undoes,
        decision.state is State.PUBLISHED, outcome_of(word, same_text=True), outcome_of(word, same_text=False),
    )  # fmt: skip
