"""The latest discussion. The hot path in `http/front.py` answers the same bytes; this route knows every parameter."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import MediaType, Response, Router, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from msgspec import Struct

from discuss.errors import SiteNotFound
from discuss.http.caching import matches, public_headers
from discuss.http.dependencies import Asked, ServicesGiven, SiteSlug
from discuss.http.documented import problems
from discuss.usecases.read_feed import DEFAULT_ROWS, MOST_ROWS, read_feed

Rows = Annotated[int, QueryParameter(ge=1, le=MOST_ROWS, description="How many articles at most.")]


class FeedRow(Struct):
    """`last_activity_at`: the later of publication and the moment the last visible comment became visible."""

    id: UUID
    url: str
    title: str
    language: str
    comment_count: int
    last_activity_at: datetime


class Feed(Struct):
    site: str
    articles: list[FeedRow]


@get(
    "/sites/{site:str}/feed", operation_id="ReadFeed", summary="The latest discussion, newest activity first",
    responses={
        200: ResponseSpec(Feed, generate_examples=False, description="The feed."),
        304: ResponseSpec(None, description="Nothing changed."),
        **problems(SiteNotFound),
    },
)  # fmt: skip
async def read(
    services: ServicesGiven, request: Asked, site: SiteSlug, limit: Rows = DEFAULT_ROWS
) -> Response[Any]:
    """Send the ETag back as If-None-Match: as long as nothing changed the answer is 304 and empty."""
    snapshot = await read_feed(services, site, limit)
    headers = public_headers(snapshot.etag)
    if matches(", ".join(request.headers.getall("if-none-match", [])), snapshot.etag):
        return Response(None, status_code=304, headers=headers)
    return Response(snapshot.body, media_type=MediaType.JSON, headers=headers)


feed = Router(path="/", route_handlers=[read], tags=["Feed"])
