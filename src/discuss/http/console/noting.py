"""Leaving a comment for a colleague, with a note."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from discuss.http.console.desk import DeskGiven
from discuss.http.console.sieve import sieve_in
from discuss.http.forms import filled_in
from discuss.usecases.note_comment import note_comment, read_comment_notes


class CommentNoteForm(Struct):
    text: Annotated[str, Meta(max_length=2000)]
    back: str | None = None


@post("/{site:str}/items/{comment_id:uuid}/notes")
async def left(desk: DeskGiven, comment_id: FromPath[UUID]) -> Response[Any]:
    form = await filled_in(desk.request, CommentNoteForm)
    await note_comment(desk.services, desk.principal, desk.site.slug, comment_id, form.text)
    to = f"queue?{sieve_in(form.back).query}&told=noted" if form.back else f"items/{comment_id}?told=noted"
    notes = await read_comment_notes(desk.services, desk.principal, desk.site.slug, comment_id)
    return desk.answer("console/pieces/left.html", f"{desk.path}/{to}", id=comment_id, notes=notes)
