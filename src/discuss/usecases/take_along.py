"""The further decisions that a person's decision brings about: rejecting the newest text of a comment must not leave an earlier one visible."""

from collections.abc import Sequence
from dataclasses import replace

from discuss.domain.decisions import Decision, Source
from discuss.domain.states import State
from discuss.store import comments, decisions, revisions
from discuss.store.database import Tx
from discuss.store.revisions import Standing
from discuss.usecases.compensate import compensating
from discuss.usecases.services import Services

Made = Sequence[tuple[Standing, Decision]]


async def take_along(tx: Tx, services: Services, made: Made) -> Made:
    """These decisions, and those that follow from them. Articles and revisions must be locked."""
    made = [*made, *await _taken_back(tx, services, made)]
    return [*made, *await _rejected(tx, services, made)]


async def _taken_back(tx: Tx, services: Services, made: Made) -> Made:
    """Takes back what the undone decisions had brought about, unless it was decided anew since."""
    backs = {decision.undoes: decision for _, decision in made if decision.undoes is not None}
    decided = {decision.revision_id for _, decision in made}
    found = await decisions.taken_along(tx, list(backs)) if backs else []
    along = [(backs[leader], one) for leader, one in found if one.revision_id not in decided]
    if not along:
        return []
    before = await decisions.with_ids(tx, [one.previous_id for _, one in along if one.previous_id])
    standings = await revisions.lock(tx, [one.revision_id for _, one in along])
    return [
        (
            standings[one.revision_id],
            replace(compensating(services, one, before, back.actor_id, back.batch_id), follows=back.id),
        )
        for back, one in along
    ]


async def _rejected(tx: Tx, services: Services, made: Made) -> Made:
    """Rejects the earlier texts that readers would go on seeing: rejecting the newest text means rejecting the comment.

    Undoing rejects nothing here: `_taken_back` handles what the undone decision brought about.
    """
    ordered = sorted(made, key=lambda pair: pair[0].number)
    leaders = {
        s.comment_id: (s, d)
        for s, d in ordered
        if d.source is Source.PERSON and d.state is State.REJECTED and d.undoes is None
    }
    decided = {decision.revision_id for _, decision in made}
    shown = (await comments.showings(tx, list(leaders))).values() if leaders else ()
    earlier = {
        one.revision_id: leaders[one.comment_id][1]
        for one in shown
        if one.revision_id
        and one.revision_id not in decided
        and one.number < leaders[one.comment_id][0].number
    }
    standings = await revisions.lock(tx, list(earlier)) if earlier else {}
    return [(standing, _following(services, standing, earlier[text])) for text, standing in standings.items()]


def _following(services: Services, standing: Standing, leader: Decision) -> Decision:
    """The same decision about an earlier text. Note and words belong only to the text that was looked at."""
    return replace(
        leader, id=services.new_id(), revision_id=standing.id, previous_id=standing.decision_id, note=None, words=None,
        undoes=None, follows=leader.id,
    )  # fmt: skip
