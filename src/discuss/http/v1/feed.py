"""The latest discussion. `http/front.py` answers common polls with the same bytes; these routes know every parameter."""

from datetime import datetime
from functools import partial
from typing import Annotated
from uuid import UUID

from litestar import Router, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.types import Receive, Scope, Send
from msgspec import UNSET, Struct, UnsetType

from discuss.domain import cursors
from discuss.domain.instants import to_micros
from discuss.domain.text import composed
from discuss.errors import CursorInvalid, RateLimited, SiteNotFound
from discuss.feed.answers import DEFAULT_ROWS, MOST_ROWS, Query
from discuss.feed.snapshot import Snapshot
from discuss.http.auth import address_of
from discuss.http.dependencies import Asked, Cursor, ServicesGiven, SiteSlug
from discuss.http.documented import problems
from discuss.http.origins import OPEN_TO_ALL
from discuss.http.patterns import LANGUAGE, POINT, PRINTABLE
from discuss.http.polls import LONGEST_TAG, MOST_URLS
from discuss.http.sending import JSON, Medium, messages
from discuss.http.stream import EventStream
from discuss.http.v1.articles import EditionShape, RatingShape
from discuss.usecases.count_comments import count_comments
from discuss.usecases.follow_feed import follow_feed
from discuss.usecases.read_feed import read_feed

LONGEST_EVENT_ID = 60
"""Ours are shorter; a made-up one with more digits than `int` accepts would break the stream."""

Rows = Annotated[int, QueryParameter(ge=1, le=MOST_ROWS, description="How many articles at most.")]
Language = Annotated[
    str | None, QueryParameter(pattern=LANGUAGE, description="Only articles in this language.")
]
Tag = Annotated[
    str | None,
    QueryParameter(pattern=PRINTABLE, max_length=LONGEST_TAG, description="Only articles with this tag."),
]
Since = Annotated[
    str | None,
    QueryParameter(pattern=POINT, description="The `point` of an answer: only what changed after it."),
]
Urls = Annotated[
    list[str], QueryParameter(min_items=1, max_items=MOST_URLS, description="Addresses of articles.")
]


class FeedRow(Struct):
    """`last_activity_at`: when the article was published or its last visible comment became visible, whichever is later.

    `editions`: all translations in this row, where there is more than one; `joint` then says whether count, rating and views
    are those of all of them together.
    `views` are at most about two minutes old and do not change the ETag.
    """

    id: UUID
    url: str
    title: str
    language: str
    comment_count: int
    last_activity_at: datetime
    rating: RatingShape
    views: int
    editions: list[EditionShape] | UnsetType = UNSET
    joint: bool | UnsetType = UNSET


class Feed(Struct):
    """With `full` false, an answer to `since`: the rows that changed or are new, and in `left` the ids of those to drop.

    `next`: the cursor of the next page.
    """

    site: str
    point: str
    full: bool
    articles: list[FeedRow]
    left: list[UUID] | UnsetType = UNSET
    next: str | UnsetType | None = UNSET


class UrlCount(Struct):
    url: str
    comment_count: int


class UrlCounts(Struct):
    site: str
    counts: list[UrlCount]


class Finished:
    """An answer that is already bytes, sent in the same way as from `http/front.py`."""

    def __init__(self, snapshot: Snapshot, medium: Medium = JSON) -> None:
        self._snapshot, self._medium = snapshot, medium

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        for message in messages(scope, self._snapshot, self._medium):
            await send(message)


@get(
    "/sites/{site:str}/feed", operation_id="ReadFeed", summary="The latest discussion, newest activity first",
    responses={
        200: ResponseSpec(Feed, generate_examples=False, description="The feed."),
        304: ResponseSpec(None, description="Nothing changed."),
        **problems(SiteNotFound, CursorInvalid),
    },
)  # fmt: skip
async def read(
    services: ServicesGiven, site: SiteSlug, limit: Rows = DEFAULT_ROWS, lang: Language = None, tag: Tag = None,
    since: Since = None, cursor: Cursor = None,
) -> Finished:  # fmt: skip
    """Send the ETag back in If-None-Match: as long as nothing has changed, the answer is 304 without a body."""
    after = None
    if cursor is not None:
        at, row_id = cursors.decode(cursor)
        after = (to_micros(at), str(row_id))
    return Finished(await read_feed(services, site, Query(limit, lang, tag and composed(tag), since, after)))


@get(
    "/sites/{site:str}/counts", operation_id="CountComments", summary="How many comments the articles at these addresses have",
    responses={
        200: ResponseSpec(UrlCounts, generate_examples=False, description="The counts, in the order asked."),
        304: ResponseSpec(None, description="Nothing changed."),
        **problems(SiteNotFound),
    },
)  # fmt: skip
async def count(services: ServicesGiven, site: SiteSlug, url: Urls) -> Finished:
    """An address that belongs to no article counts 0, whatever it looks like. The answer can be cached like the feed."""
    return Finished(await count_comments(services, site, tuple(url)))


@get(
    "/sites/{site:str}/feed/stream", operation_id="StreamFeed", summary="Stream changes to the latest discussion",
    responses={
        200: ResponseSpec(
            str, generate_examples=False, media_type="text/event-stream",
            description="Server-sent events: `feed` with what changed, `reset` where everything must be fetched again.",
        ),
        **problems(SiteNotFound, RateLimited),
    },
)  # fmt: skip
async def stream(services: ServicesGiven, request: Asked, site: SiteSlug) -> EventStream:
    """Ids and versions only; ask the feed for the rest. Last-Event-ID is honoured. After 15 seconds of silence a comment is sent.

    The operator limits how many streams one address may have open.
    """
    window = await follow_feed(services, site)
    last = request.headers.get("last-event-id", "")[:LONGEST_EVENT_ID]
    streams, address = services.streams, address_of(request)
    streams.enter(address)
    events = streams.listen(site, window, last)
    return EventStream(events, streams.closed, partial(streams.leave, address), public=True)


feed = Router(path="/", route_handlers=[read, count, stream], tags=["Feed"], opt=OPEN_TO_ALL)
