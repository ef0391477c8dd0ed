"""Writing, reading, editing and deleting comments."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, patch, post
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED, HTTP_204_NO_CONTENT
from msgspec import Meta, Struct

from discuss.errors import (
    ArticleClosed,
    ArticleNotFound,
    CommentNotFound,
    CursorInvalid,
    EditWindowClosed,
    IdempotencyMismatch,
    RateLimited,
    ReplyTooDeep,
    SiteNotFound,
)
from discuss.http.auth import asker
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Asked, Cursor, PageSize, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import ASKER, BODY, CHANGE, PERSON, TEXT, VOICE, problems
from discuss.http.patterns import IDEMPOTENCY_KEY
from discuss.http.v1.shapes import CommentShape, Thread, shape
from discuss.usecases.delete import delete as delete_comment
from discuss.usecases.edit import edit
from discuss.usecases.read_comments import read_comment, read_own, read_thread
from discuss.usecases.submit import Submission, submit

LONGEST_ANYWHERE = 20_000
Text = Annotated[str, Meta(max_length=LONGEST_ANYWHERE, description="Markdown; HTML in it stays text.")]
Key = Annotated[str | None, HeaderParameter(name="Idempotency-Key", pattern=IDEMPOTENCY_KEY)]


class Order(StrEnum):
    OLDEST = "oldest"
    NEWEST = "newest"


class NewComment(Struct, forbid_unknown_fields=True):
    text: Text
    parent_id: UUID | None = None


class CommentEdit(Struct, forbid_unknown_fields=True):
    text: Text


@post(
    "/articles/{article_id:uuid}/comments", operation_id="SubmitComment", summary="Write a comment",
    status_code=HTTP_202_ACCEPTED,
    responses=problems(
        *CHANGE, *BODY, *TEXT, *VOICE, SiteNotFound, ArticleNotFound, CommentNotFound, ArticleClosed, ReplyTooDeep,
        IdempotencyMismatch, RateLimited,
    ),
)  # fmt: skip
async def create(
    services: ServicesGiven, request: Asked, site: SiteSlug, article_id: FromPath[UUID], data: JSONBody[NewComment],
    idempotency_key: Key = None,
) -> CommentShape:  # fmt: skip
    """202: the comment is stored durably; it will be scored and then published, held or rejected.

    With an `Idempotency-Key`, a request repeated within 24 hours makes no second comment.
    """
    key = idempotency_key and idempotency_key.strip('"')
    comment = await submit(
        services, asker(request), site, Submission(article_id, data.text, data.parent_id, key or None)
    )
    return shape(comment, inside=True)


@get(
    "/articles/{article_id:uuid}/comments",
    operation_id="ListComments",
    summary="List an article's published comments",
    responses=problems(SiteNotFound, ArticleNotFound, CursorInvalid),
)
async def page(
    services: ServicesGiven, site: SiteSlug, article_id: FromPath[UUID], cursor: Cursor = None, limit: PageSize = 50,
    order: FromQuery[Order] = Order.OLDEST,
) -> Thread:  # fmt: skip
    found = await read_thread(services, site, article_id, cursor, limit, newest_first=order is Order.NEWEST)
    return Thread(
        [shape(comment) for comment in found.comments], found.article.comment_count, found.next_cursor
    )


@get(
    "/articles/{article_id:uuid}/comments/own",
    operation_id="ListOwnComments",
    summary="List one's own comments on an article",
    responses=problems(*PERSON, SiteNotFound, ArticleNotFound),
)
async def own(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, article_id: FromPath[UUID]
) -> list[CommentShape]:
    """In any state, newest first, at most 20, in the form in which `ReadComment` shows them to their author."""
    return [shape(comment, inside=True) for comment in await read_own(services, principal, site, article_id)]


@get(
    "/comments/{comment_id:uuid}",
    operation_id="ReadComment",
    summary="Read a comment",
    responses=problems(*ASKER, SiteNotFound, CommentNotFound),
)
async def read(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID]
) -> CommentShape:
    """Authors see the newest text of their own comments in any state; moderators see every comment."""
    comment, inside = await read_comment(services, principal, site, comment_id)
    return shape(comment, inside=inside)


@patch(
    "/comments/{comment_id:uuid}", operation_id="EditComment", summary="Edit one's own comment",
    status_code=HTTP_202_ACCEPTED,
    responses=problems(
        *CHANGE, *BODY, *TEXT, *VOICE, SiteNotFound, ArticleNotFound, CommentNotFound, ArticleClosed, EditWindowClosed,
        RateLimited,
    ),
)  # fmt: skip
async def change(
    services: ServicesGiven,
    principal: PrincipalGiven,
    site: SiteSlug,
    comment_id: FromPath[UUID],
    data: JSONBody[CommentEdit],
) -> CommentShape:
    """The new text is scored and decided like a new comment; until it is decided, readers see the old one."""
    return shape(await edit(services, principal, site, comment_id, data.text), inside=True)


@delete(
    "/comments/{comment_id:uuid}", operation_id="DeleteComment", summary="Delete one's own comment",
    status_code=HTTP_204_NO_CONTENT, responses=problems(*CHANGE, SiteNotFound, CommentNotFound),
)  # fmt: skip
async def remove(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID]
) -> None:
    await delete_comment(services, principal, site, comment_id)


comments = Router(
    path="/sites/{site:str}",
    route_handlers=[create, page, own, read, change, remove],
    cache_control=NO_STORE,
    tags=["Comments"],
)
