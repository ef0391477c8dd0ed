"""What a moderator does about an author: sanctions, notes, and the removal of what they wrote."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from discuss.domain.decisions import Reason
from discuss.domain.removals import Span
from discuss.domain.sanctions import Sanction
from discuss.http.console.authors import author_shown
from discuss.http.console.desk import Desk, DeskGiven
from discuss.http.console.sieve import midnight
from discuss.http.forms import filled_in
from discuss.usecases.note_author import note_author
from discuss.usecases.remove_comments import read_removal, remove_comments
from discuss.usecases.sanction import Wanted, lift, sanction

Prose = Annotated[str, Meta(max_length=2000)]
PIECE = "console/pieces/author-changed.html"


class SpanForm(Struct, kw_only=True):
    """Days in the site's time zone, both included."""

    removed_from: date | None = None
    removed_to: date | None = None

    def span(self, zone: str) -> Span:
        return Span(midnight(self.removed_from, zone), midnight(self.removed_to, zone, days=1))


class SanctionForm(SpanForm, kw_only=True):
    kind: Sanction
    reason: Reason = Reason.OTHER
    words: Prose | None = None
    days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    removing: Literal["yes"] | None = None


class RemovalForm(SpanForm, kw_only=True):
    reason: Reason = Reason.OTHER
    words: Prose | None = None


class NoteForm(Struct):
    text: Prose


@post("/{site:str}/authors/{account_id:uuid}/sanctions")
async def sanctioned(desk: DeskGiven, account_id: FromPath[UUID]) -> Response[Any]:
    form = await filled_in(desk.request, SanctionForm)
    until = desk.services.clock() + timedelta(days=form.days) if form.days else None
    removing = form.span(desk.site.time_zone) if form.removing else None
    wanted = Wanted(form.kind, form.reason, form.words, until, removing)
    await sanction(desk.services, desk.principal, desk.site.slug, account_id, wanted)
    return await _changed(desk, account_id, "sanctioned")


@post("/{site:str}/authors/{account_id:uuid}/sanctions/{sanction_id:uuid}/lift")
async def lifted(desk: DeskGiven, account_id: FromPath[UUID], sanction_id: FromPath[UUID]) -> Response[Any]:
    await lift(desk.services, desk.principal, desk.site.slug, account_id, sanction_id)
    return await _changed(desk, account_id, "lifted")


@post("/{site:str}/authors/{account_id:uuid}/notes")
async def noted(desk: DeskGiven, account_id: FromPath[UUID]) -> Response[Any]:
    form = await filled_in(desk.request, NoteForm)
    await note_author(desk.services, desk.principal, desk.site.slug, account_id, form.text)
    return await _changed(desk, account_id, "noted")


@post("/{site:str}/authors/{account_id:uuid}/removals")
async def removed(desk: DeskGiven, account_id: FromPath[UUID]) -> Response[Any]:
    form = await filled_in(desk.request, RemovalForm)
    await remove_comments(
        desk.services, desk.principal, desk.site.slug, account_id, form.span(desk.site.time_zone),
        reason=form.reason, words=form.words,
    )  # fmt: skip
    return await _changed(desk, account_id, "removing")


@get("/{site:str}/authors/{account_id:uuid}/removals/{removal_id:uuid}")
async def removal(desk: DeskGiven, account_id: FromPath[UUID], removal_id: FromPath[UUID]) -> Response[Any]:
    """The progress; a script polls it until the removal is done."""
    found = await read_removal(desk.services, desk.principal, desk.site.slug, account_id, removal_id)
    return desk.show(
        "console/removal.html",
        "console/pieces/removal.html",
        place="authors",
        removal=found,
        account_id=account_id,
    )


async def _changed(desk: Desk, account_id: UUID, told: str) -> Response[Any]:
    shown = await author_shown(desk, account_id)
    return desk.answer(PIECE, f"{desk.path}/authors/{account_id}?told={told}", told=told, **shown)
