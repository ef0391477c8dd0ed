"""The moderators' queues."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, put
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter, SkipValidation
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from discuss.domain import queue as domain
from discuss.domain.decisions import Reason, Source
from discuss.domain.instants import in_utc
from discuss.domain.queue import Sort, View
from discuss.domain.states import State
from discuss.errors import CommentNotFound, CursorInvalid, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Asked, Cursor, PageSize, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import CHANGE, PERSON, problems
from discuss.http.stream import EventStream
from discuss.http.v1.item_shapes import DossierShape, dossier_shape
from discuss.http.v1.queue_shapes import (
    ClaimShape,
    QueueShape,
    WaitingShape,
    claim_shape,
    item_shape,
    waiting_shape,
)
from discuss.usecases.claim import claim, release
from discuss.usecases.count_queue import count_queue
from discuss.usecases.follow_queue import follow_queue
from discuss.usecases.read_item import read_item
from discuss.usecases.read_queue import read_queue

CLAIM = "/queue/items/{comment_id:uuid}/claim"
Language = Annotated[str | None, QueryParameter(name="language", pattern=r"^[a-z]{2,3}$")]
Search = Annotated[
    str | None,
    QueryParameter(
        name="q", min_length=1, max_length=200, description='Words, "phrases", -exclusions and or, by stems.'
    ),
]
Which = Annotated[domain.Queue, QueryParameter(name="queue")]
Viewed = NamedDependency[SkipValidation[View]]
Comments = Annotated[
    list[UUID] | None,
    QueryParameter(name="comment", max_items=100, description="Only these comments."),
]
InState = Annotated[State | None, QueryParameter(name="state")]
From = Annotated[datetime | None, QueryParameter(name="from", description="Written at or after.")]
To = Annotated[datetime | None, QueryParameter(name="to", description="Written before.")]


def narrowed(
    article: FromQuery[UUID | None] = None, author: FromQuery[UUID | None] = None, language: Language = None,
    label: FromQuery[Reason | None] = None, in_state: InState = None, decided_by: FromQuery[Source | None] = None,
) -> View:  # fmt: skip
    return View(
        article_id=article, author_id=author, language=language, label=label, state=in_state, decided_by=decided_by
    )  # fmt: skip


def viewed(
    narrowed: Viewed, which: Which = domain.Queue.HELD, sort: FromQuery[Sort | None] = None, since: From = None, until: To = None,
    search: Search = None, unclaimed: FromQuery[bool] = False, comments: Comments = None,
) -> View:  # fmt: skip
    return replace(
        narrowed, queue=which, sort=sort, since=in_utc(since, "from"), until=in_utc(until, "to"), search=search,
        unclaimed=unclaimed, comments=comments,
    )  # fmt: skip


@get(
    "/queue",
    operation_id="ReadQueue",
    summary="Read a moderation queue",
    responses=problems(*PERSON, SiteNotFound, CursorInvalid),
    dependencies={
        "narrowed": Provide(narrowed, sync_to_thread=False),
        "view": Provide(viewed, sync_to_thread=False),
    },
)
async def queue(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, view: Viewed,
    cursor: Cursor = None, limit: PageSize = 50,
) -> QueueShape:  # fmt: skip
    """A comment must match all the filters given. A cursor is valid only for the order of the page it came from."""
    found = await read_queue(services, principal, site, view, cursor, limit)
    return QueueShape([item_shape(item) for item in found.items], found.next_cursor)


@get(
    "/queue/counts",
    operation_id="CountQueue",
    summary="Count what is in each queue",
    responses=problems(*PERSON, SiteNotFound),
)
async def counts(services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug) -> WaitingShape:
    return waiting_shape(await count_queue(services, principal, site))


@get(
    "/queue/items/{comment_id:uuid}",
    operation_id="ReadItem",
    summary="Read one comment with everything known about it",
    responses=problems(*PERSON, SiteNotFound, CommentNotFound),
)
async def item(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID]
) -> DossierShape:
    """A comment that is deleted or not decided yet is not found."""
    return dossier_shape(await read_item(services, principal, site, comment_id))


@put(
    CLAIM,
    operation_id="ClaimItem",
    summary="Claim a comment, or renew the claim",
    status_code=HTTP_200_OK,
    responses=problems(*CHANGE, SiteNotFound, CommentNotFound),
)
async def take(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID], over: FromQuery[bool] = False
) -> ClaimShape | None:  # fmt: skip
    """Claims it for two minutes. The answer says who has it now: somebody else, if they came first and `over` is not set."""
    return claim_shape(await claim(services, principal, site, comment_id, over=over))


@delete(
    CLAIM,
    operation_id="ReleaseItem",
    summary="Release a claimed comment",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE, SiteNotFound),
)
async def put_back(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID]
) -> None:
    """Releases one's own claim only; without one, nothing happens."""
    await release(services, principal, site, comment_id)


@get(
    "/queue/stream", operation_id="StreamQueue", summary="Stream changes to the queues",
    responses={
        200: ResponseSpec(
            str, generate_examples=False, media_type="text/event-stream",
            description="`decided`, `claimed`, `released`, `changed` with the ids of comments; `reset`: read everything again.",
        ),
        **problems(*PERSON, SiteNotFound),
    },
)  # fmt: skip
async def stream(
    services: ServicesGiven, request: Asked, principal: PrincipalGiven, site: SiteSlug
) -> EventStream:
    """The stream ends after five minutes and the client reconnects; if it sends Last-Event-ID, it is told to read everything again."""
    events = await follow_queue(services, principal, site, again="last-event-id" in request.headers)
    return EventStream(events, services.consoles.closed, public=False)


queues = Router(
    path="/sites/{site:str}",
    route_handlers=[queue, counts, stream, item, take, put_back],
    cache_control=NO_STORE,
    tags=["Moderation"],
)
