"""The moderators' queues."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, SkipValidation
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from discuss.domain import queue as domain
from discuss.domain.comments import State
from discuss.domain.decisions import Reason, Source
from discuss.domain.queue import Sort, View
from discuss.errors import CommentNotFound, CursorInvalid, InvalidInput, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Cursor, PageSize, PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import CHANGE, PERSON, problems
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
From = Annotated[datetime | None, QueryParameter(name="from", description="Written at or after.")]
To = Annotated[datetime | None, QueryParameter(name="to", description="Written before.")]


def narrowed(
    article: UUID | None = None, author: UUID | None = None, language: Language = None, label: Reason | None = None,
    in_state: Annotated[State | None, QueryParameter(name="state")] = None, decided_by: Source | None = None,
) -> View:  # fmt: skip
    return View(
        article_id=article, author_id=author, language=language, label=label, state=in_state, decided_by=decided_by
    )  # fmt: skip


def viewed(
    narrowed: Viewed, which: Which = domain.Queue.HELD, sort: Sort | None = None, since: From = None, until: To = None,
    search: Search = None, unclaimed: bool = False,
) -> View:  # fmt: skip
    return replace(
        narrowed, queue=which, sort=sort, since=_instant(since, "from"), until=_instant(until, "to"), search=search,
        unclaimed=unclaimed,
    )  # fmt: skip


def _instant(given: datetime | None, name: str) -> datetime | None:
    """Raises `InvalidInput` for a time of day that could be anywhere on earth."""
    if given is not None and given.tzinfo is None:
        raise InvalidInput(f"`{name}` needs an offset, such as 2026-01-30T12:00:00Z.")
    return given


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
    """All filters that are given must fit. A cursor belongs to the order of its page."""
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


@put(
    CLAIM,
    operation_id="ClaimItem",
    summary="Put a comment on one's desk, or keep it there",
    status_code=HTTP_200_OK,
    responses=problems(*CHANGE, SiteNotFound, CommentNotFound),
)
async def take(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID], over: bool = False
) -> ClaimShape | None:  # fmt: skip
    """For two minutes; the answer says who has it now, which is somebody else if they came first and `over` is not set."""
    return claim_shape(await claim(services, principal, site, comment_id, over=over))


@delete(
    CLAIM,
    operation_id="ReleaseItem",
    summary="Take a comment off one's desk",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE, SiteNotFound),
)
async def put_back(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID]
) -> None:
    """Only one's own claim; where there is none, nothing happens."""
    await release(services, principal, site, comment_id)


queues = Router(
    path="/sites/{site:str}",
    route_handlers=[queue, counts, take, put_back],
    cache_control=NO_STORE,
    tags=["Moderation"],
)
