"""Deciding many comments at once, and undoing it: a selection, all near-duplicates, or all held comments of one author."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath
from msgspec import Struct

from discuss.domain.batches import AllAlike, AllHeldOf, Batch, Choice, Outcome, Selection, Target
from discuss.domain.decisions import Reason
from discuss.domain.rulings import Ruling
from discuss.domain.states import State
from discuss.errors import DecisionStale, InvalidInput
from discuss.http.console.deciding import too_late
from discuss.http.console.desk import Desk, DeskGiven
from discuss.http.console.sieve import sieve_in
from discuss.http.forms import filled_in, values_of
from discuss.usecases.decide_many import decide_many
from discuss.usecases.undo_many import undo_many


class ManyForm(Struct):
    """One of three: `pick` fields, each with a revision and the decision seen; `alike`, the same once; `author`, for their held comments.

    `comment`: the one whose near-duplicates are meant.
    """

    act: Literal["publish", "hold", "reject"] = "reject"
    reason: Reason | None = None
    alike: str | None = None
    comment: UUID | None = None
    author: UUID | None = None
    back: str | None = None

    @property
    def ruling(self) -> Ruling:
        plain = {"publish": State.PUBLISHED, "hold": State.HELD}.get(self.act)
        return Ruling(plain) if plain else Ruling(State.REJECTED, self.reason)


class BackForm(Struct):
    back: str | None = None


@post("/{site:str}/decisions")
async def decided_many(desk: DeskGiven) -> Response[Any]:
    form = await filled_in(desk.request, ManyForm)
    choice = _choice(form, await values_of(desk.request, "pick"))
    try:
        batch = await decide_many(desk.services, desk.principal, desk.site.slug, form.ruling, choice)
    except DecisionStale as error:
        return too_late(desk, form.comment, form.back, error)
    return _told(desk, form.back, batch, undoable=batch.id)


@post("/{site:str}/batches/{batch_id:uuid}/undo")
async def many_taken_back(desk: DeskGiven, batch_id: FromPath[UUID]) -> Response[Any]:
    form = await filled_in(desk.request, BackForm)
    return _told(
        desk,
        form.back,
        await undo_many(desk.services, desk.principal, desk.site.slug, batch_id),
        undoable=None,
    )


def _choice(form: ManyForm, picked: Sequence[str]) -> Choice:
    if form.alike:
        return AllAlike(_target(form.alike))
    if form.author:
        return AllHeldOf(form.author)
    if not picked:
        raise InvalidInput("Nothing is selected.")
    return Selection([_target(pick) for pick in picked])


def _target(pick: str) -> Target:
    try:
        revision_id, seen = pick.split()
        return Target(UUID(revision_id), UUID(seen))
    except ValueError as error:
        raise InvalidInput("The selection contains something that is not a comment.") from error


def _told(desk: Desk, back: str | None, batch: Batch, *, undoable: UUID | None) -> Response[Any]:
    counts = {
        outcome: sum(result.outcome is outcome for result in batch.results)
        for outcome in (Outcome.DECIDED, Outcome.STALE, Outcome.POINTLESS)
    }
    query = sieve_in(back).query if back else ""
    return desk.answer(
        "console/pieces/many.html", f"{desk.path}/queue?{query}&told=many&batch={batch.id}", batch=batch,
        done=counts[Outcome.DECIDED], stale=counts[Outcome.STALE], pointless=counts[Outcome.POINTLESS], undoable=undoable,
    )  # fmt: skip
