"""The record of decisions, and the notes that moderators leave each other about a comment."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter, SkipValidation
from msgspec import Meta, Struct

from discuss.domain.decisions import Reason, Source
from discuss.domain.record import Entry, Wanted
from discuss.domain.states import State
from discuss.errors import CommentNotFound, CursorInvalid, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Cursor, PageSize, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, PERSON, problems
from discuss.http.v1.accounts import Account
from discuss.http.v1.author_shapes import AuthorNoteShape, note_shape
from discuss.http.v1.decisions import DecisionShape, decision_shape
from discuss.usecases.note_comment import note_comment, read_comment_notes
from discuss.usecases.read_record import read_record


class RecordedSignal(Struct):
    """`source`: `classifier`, `rule` and others. `version`: that of the model or of the rule."""

    source: str
    name: str
    value: float
    version: str
    detail: dict[str, Any]


class EntryShape(Struct):
    """`automated`: the decision was made by no person. `signals`: what was known about the text, strongest first."""

    decision: DecisionShape
    automated: bool
    moderator: Account | None
    comment_id: UUID
    article_id: UUID
    author_id: UUID
    revision: int
    signals: list[RecordedSignal]


class Record(Struct):
    entries: list[EntryShape]
    next_cursor: str | None


class NewCommentNote(Struct, forbid_unknown_fields=True):
    text: Annotated[str, Meta(max_length=2000)]


def entry_shape(entry: Entry) -> EntryShape:
    made = entry.decision
    moderator = Account(made.actor_id, entry.moderator) if made.actor_id and entry.moderator else None
    return EntryShape(
        decision_shape(made), made.source is Source.POLICY, moderator, entry.comment_id, entry.article_id,
        entry.author_id, entry.number,
        [RecordedSignal(s.source, s.name, s.value, s.version, dict(s.detail)) for s in entry.signals],
    )  # fmt: skip


InState = Annotated[State | None, QueryParameter(name="state")]


async def filtered(
    source: FromQuery[Source | None] = None, moderator: FromQuery[UUID | None] = None, in_state: InState = None,
    reason: FromQuery[Reason | None] = None, comment: FromQuery[UUID | None] = None,
    author: FromQuery[UUID | None] = None, batch: FromQuery[UUID | None] = None,
) -> Wanted:  # fmt: skip
    return Wanted(source, moderator, in_state, reason, comment, author, batch)


@get(
    "/decisions",
    operation_id="ReadRecord",
    summary="Read the record of decisions, newest first",
    responses=problems(*PERSON, SiteNotFound, CursorInvalid),
    dependencies={"wanted": Provide(filtered)},
)
async def record(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, wanted: NamedDependency[SkipValidation[Wanted]],
    since: FromQuery[datetime | None] = None, until: FromQuery[datetime | None] = None, cursor: Cursor = None,
    limit: PageSize = 50,
) -> Record:  # fmt: skip
    """The record is append-only: entries are never changed or removed."""
    found = await read_record(services, principal, site, wanted.within(since, until), cursor, limit)
    return Record([entry_shape(entry) for entry in found.entries], found.next_cursor)


@get(
    "/comments/{comment_id:uuid}/notes",
    operation_id="ListCommentNotes",
    summary="List the staff's notes on a comment",
    responses=problems(*PERSON, SiteNotFound, CommentNotFound),
)
async def notes(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID]
) -> list[AuthorNoteShape]:
    return [note_shape(note) for note in await read_comment_notes(services, principal, site, comment_id)]


@post(
    "/comments/{comment_id:uuid}/notes",
    operation_id="NoteComment",
    summary="Leave a comment for a colleague, with a note",
    responses=problems(*CHANGE, *BODY, SiteNotFound, CommentNotFound),
)
async def note(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID],
    data: JSONBody[NewCommentNote],
) -> AuthorNoteShape:  # fmt: skip
    """Readers and the author never see the note. The comment stays in its queue."""
    return note_shape(await note_comment(services, principal, site, comment_id, data.text))


records = Router(
    path="/sites/{site:str}",
    route_handlers=[record, notes, note],
    cache_control=NO_STORE,
    tags=["Moderation"],
)
