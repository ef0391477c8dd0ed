"""Deciding on one comment, and undoing it."""

from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from discuss.domain.decisions import Reason
from discuss.domain.rulings import Ruling
from discuss.domain.states import State
from discuss.errors import DecisionPointless, DecisionStale
from discuss.http.console.desk import Desk, DeskGiven
from discuss.http.console.record_sieve import record_sieve_in
from discuss.http.console.sieve import sieve_in
from discuss.http.forms import filled_in
from discuss.usecases.decide import decide
from discuss.usecases.undo import undo

Prose = Annotated[str, Meta(max_length=2000)]
CONFLICT = 409


class DecisionForm(Struct):
    """Without an `act`, rejects for the `reason`. `seen`: the decision that the page showed. `csrf_token` is checked elsewhere.

    `comment` and `back` say where the form was: on which comment, and in which queue (its query; None: the comment's own page).
    """

    comment: UUID
    act: Literal["publish", "hold"] | None = None
    reason: Reason | None = None
    words: Prose | None = None
    seen: UUID | None = None
    back: str | None = None

    @property
    def ruling(self) -> Ruling:
        state = {"publish": State.PUBLISHED, "hold": State.HELD}.get(self.act or "", State.REJECTED)
        return Ruling(state, self.reason, words=self.words if state is State.REJECTED else None)


class UndoForm(Struct):
    """`back` as in a decision; `record`: the query of the record, if the form was there."""

    comment: UUID | None = None
    back: str | None = None
    record: str | None = None


@post("/{site:str}/revisions/{revision_id:uuid}")
async def decided(desk: DeskGiven, revision_id: FromPath[UUID]) -> Response[Any]:
    form = await filled_in(desk.request, DecisionForm)
    try:
        made = await decide(
            desk.services, desk.principal, desk.site.slug, revision_id, form.ruling, seen=form.seen
        )
    except (DecisionStale, DecisionPointless) as error:
        return too_late(desk, form.comment, form.back, error)
    return desk.answer(
        "console/pieces/decided.html", _address(desk, form.comment, form.back, told=made.state, undo=made.id),
        comment=form.comment, told=made.state.value, decision_id=made.id,
    )  # fmt: skip


def too_late(
    desk: Desk, comment: UUID | None, back: str | None, error: DecisionStale | DecisionPointless, record: str = ""
) -> Response[Any]:  # fmt: skip
    """Somebody else decided first, or the author wrote a new text: nothing is changed, and the page says which."""
    told = "changed" if "revision_id" in error.extra else "stale"
    return desk.answer(
        "console/pieces/stale.html", _address(desk, comment, back, record, told=told, open=comment), status=CONFLICT,
        comment=comment, first=error.extra,
    )  # fmt: skip


@post("/{site:str}/decisions/{decision_id:uuid}/undo")
async def taken_back(desk: DeskGiven, decision_id: FromPath[UUID]) -> Response[Any]:
    form = await filled_in(desk.request, UndoForm)
    record = record_sieve_in(form.record or "").query
    try:
        await undo(desk.services, desk.principal, desk.site.slug, decision_id)
    except (DecisionStale, DecisionPointless) as error:
        return too_late(desk, form.comment, form.back, error, record)
    return desk.answer(
        "console/pieces/undone.html",
        _address(desk, form.comment, form.back, record, told="undone", open=form.comment),
        comment=form.comment,
    )


def _address(desk: Desk, comment: UUID | None, back: str | None, record: str = "", **told: object) -> str:
    """Where a browser without scripts goes next: back to the queue, or else to the comment's own page or the record."""
    said = urlencode({name: value for name, value in told.items() if value is not None})
    if back is not None:
        return f"{desk.path}/queue?{sieve_in(back).query}&{said}"
    if comment:
        return f"{desk.path}/items/{comment}?{said}"
    return f"{desk.path}/decisions?{record}&{said}" if record else f"{desk.path}/decisions?{said}"
