"""Authors: what moderators know about them, sanctions, notes, and the removal of their comments."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_202_ACCEPTED
from msgspec import Meta, Struct

from discuss.domain.decisions import Reason
from discuss.domain.instants import in_utc
from discuss.domain.removals import Span
from discuss.domain.sanctions import Sanction
from discuss.errors import (
    AuthorNotFound,
    CursorInvalid,
    RemovalNotFound,
    SanctionNotFound,
    ShadowBansOff,
    SiteNotFound,
)
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Cursor, PageSize, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, PERSON, problems
from discuss.http.v1.author_shapes import (
    AuthorNoteShape,
    AuthorShape,
    AuthorsShape,
    RemovalShape,
    SanctionShape,
    author_shape,
    note_shape,
    record_shape,
    removal_shape,
    sanction_shape,
)
from discuss.usecases.note_author import note_author, read_author_notes
from discuss.usecases.read_author import read_author, read_own_standing, search_authors
from discuss.usecases.remove_comments import read_removal, remove_comments
from discuss.usecases.sanction import Wanted, lift, sanction

Instant = Annotated[datetime, Meta(tz=True)]
Words = Annotated[str, Meta(max_length=2000, description="For the author.")]
Beginning = Annotated[
    str, QueryParameter(name="search", min_length=1, max_length=100, description="How the name begins.")
]


class RangeShape(Struct, forbid_unknown_fields=True):
    """Comments written from `since` up to but not including `until`. If omitted: from the first comment, up to now."""

    since: Instant | None = None
    until: Instant | None = None


class NewSanction(Struct, forbid_unknown_fields=True):
    """`mute` needs `until`; a `warning` needs `words` and is shown for 30 days. `remove`: comments to remove along with it."""

    kind: Sanction
    reason: Reason = Reason.OTHER
    words: Words | None = None
    until: Instant | None = None
    remove: RangeShape | None = None


class LaidShape(Struct):
    """`removal` null: no comments are removed."""

    sanction: SanctionShape
    removal: RemovalShape | None


class NewRemoval(Struct, forbid_unknown_fields=True):
    """`words` are shown to the author once, not with each comment."""

    reason: Reason
    words: Words | None = None
    since: Instant | None = None
    until: Instant | None = None


class NewAuthorNote(Struct, forbid_unknown_fields=True):
    text: Annotated[str, Meta(max_length=2000)]


class ToldShape(Struct):
    """`kind`: warning, mute, ban or removal."""

    kind: str
    reason: str
    words: str | None
    until: datetime | None
    created_at: datetime


class OwnStandingShape(Struct):
    """`edit_minutes`: for how long after writing a comment can be edited."""

    may_write: bool
    may_vote: bool
    told: list[ToldShape]
    edit_minutes: int


@get(
    "/authors",
    operation_id="SearchAuthors",
    summary="Find authors by the beginning of their names",
    responses=problems(*PERSON, SiteNotFound, CursorInvalid),
)
async def search(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, beginning: Beginning, cursor: Cursor = None,
    limit: PageSize = 50,
) -> AuthorsShape:  # fmt: skip
    found = await search_authors(services, principal, site, beginning, cursor, limit)
    return AuthorsShape([record_shape(record) for record in found.records], found.next_cursor)


@get(
    "/authors/{account_id:uuid}",
    operation_id="ReadAuthor",
    summary="Read what is known about an author",
    responses=problems(*PERSON, SiteNotFound, AuthorNotFound),
)
async def read(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, account_id: FromPath[UUID]
) -> AuthorShape:
    return author_shape(await read_author(services, principal, site, account_id))


@post(
    "/authors/{account_id:uuid}/sanctions",
    operation_id="SanctionAuthor",
    summary="Warn, mute, ban, premoderate, trust or shadow-ban an author",
    responses=problems(*CHANGE, *BODY, SiteNotFound, AuthorNotFound, ShadowBansOff),
)
async def lay(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, account_id: FromPath[UUID],
    data: JSONBody[NewSanction],
) -> LaidShape:  # fmt: skip
    """A sanction replaces one of its kind; `premoderate` and `trust` replace each other. Staff cannot be sanctioned."""
    removing = None if data.remove is None else Span.between(data.remove.since, data.remove.until)
    wanted = Wanted(data.kind, data.reason, data.words, in_utc(data.until, "until"), removing)
    laid, removal = await sanction(services, principal, site, account_id, wanted)
    return LaidShape(sanction_shape(laid), None if removal is None else removal_shape(removal))


@delete(
    "/authors/{account_id:uuid}/sanctions/{sanction_id:uuid}",
    operation_id="LiftSanction",
    summary="Lift a sanction",
    status_code=HTTP_200_OK,
    responses=problems(*CHANGE, SiteNotFound, AuthorNotFound, SanctionNotFound),
)
async def take_off(
    services: ServicesGiven,
    principal: PrincipalGiven,
    site: SiteSlug,
    account_id: FromPath[UUID],
    sanction_id: FromPath[UUID],
) -> SanctionShape:
    return sanction_shape(await lift(services, principal, site, account_id, sanction_id))


@get(
    "/authors/{account_id:uuid}/notes",
    operation_id="ListAuthorNotes",
    summary="List the staff's notes on an author, newest first",
    responses=problems(*PERSON, SiteNotFound, AuthorNotFound),
)
async def notes(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, account_id: FromPath[UUID]
) -> list[AuthorNoteShape]:
    return [note_shape(note) for note in await read_author_notes(services, principal, site, account_id)]


@post(
    "/authors/{account_id:uuid}/notes",
    operation_id="NoteAuthor",
    summary="Leave a note on an author for the staff",
    responses=problems(*CHANGE, *BODY, SiteNotFound, AuthorNotFound),
)
async def note(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, account_id: FromPath[UUID],
    data: JSONBody[NewAuthorNote],
) -> AuthorNoteShape:  # fmt: skip
    return note_shape(await note_author(services, principal, site, account_id, data.text))


@post(
    "/authors/{account_id:uuid}/removals",
    operation_id="RemoveAuthorComments",
    summary="Remove an author's comments",
    status_code=HTTP_202_ACCEPTED,
    responses=problems(*CHANGE, *BODY, SiteNotFound, AuthorNotFound),
)
async def remove(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, account_id: FromPath[UUID],
    data: JSONBody[NewRemoval],
) -> RemovalShape:  # fmt: skip
    """202: the worker rejects the comments, newest first, each by a decision in your name. Read the removal for its progress."""
    span = Span.between(data.since, data.until)
    asked = await remove_comments(
        services, principal, site, account_id, span, reason=data.reason, words=data.words
    )
    return removal_shape(asked)


@get(
    "/authors/{account_id:uuid}/removals/{removal_id:uuid}",
    operation_id="ReadRemoval",
    summary="Read the progress of a removal",
    responses=problems(*PERSON, SiteNotFound, RemovalNotFound),
)
async def progress(
    services: ServicesGiven,
    principal: PrincipalGiven,
    site: SiteSlug,
    account_id: FromPath[UUID],
    removal_id: FromPath[UUID],
) -> RemovalShape:
    return removal_shape(await read_removal(services, principal, site, account_id, removal_id))


@get(
    "/standing",
    operation_id="ReadOwnStanding",
    summary="May I write, and what have I been told?",
    responses=problems(*PERSON, SiteNotFound),
)
async def standing(services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug) -> OwnStandingShape:
    """`told`, newest first: the warnings, mutes and bans in force, and words about removed comments for 30 days."""
    own = await read_own_standing(services, principal, site)
    told = [ToldShape(t.kind, t.reason, t.words, t.until, t.created_at) for t in own.told]
    return OwnStandingShape(own.may_write, own.may_vote, told, own.edit_minutes)


authors = Router(
    path="/sites/{site:str}",
    route_handlers=[search, read, lay, take_off, notes, note, remove, progress, standing],
    cache_control=NO_STORE,
    tags=["Authors"],
)
