"""The latest comments on a site or an article for feed readers, as RSS, Atom and JSON Feed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter

from discuss.errors import ArticleNotFound, DiscussError, SiteNotFound
from discuss.http.auth import Doors
from discuss.http.caching import matches, public_headers
from discuss.http.dependencies import Asked, ServicesGiven, SiteSlug
from discuss.http.documented import problems
from discuss.http.origins import OPEN_TO_ALL
from discuss.http.patterns import LANGUAGE
from discuss.interop.document import Document
from discuss.interop.formats import FORMATS, JSON, Format
from discuss.interop.json_feed import JsonFeed
from discuss.usecases.read_latest_comments import MOST, Wanted, read_latest_comments

CACHE_CONTROL = "public, max-age=60, s-maxage=60, stale-while-revalidate=300, stale-if-error=86400"

Most = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many comments at most.")]
ArticleLanguage = Annotated[
    str | None,
    QueryParameter(name="lang", pattern=LANGUAGE, description="Comments on articles in this language only."),
]


def of_site(form: Format) -> HTTPRouteHandler:
    @get(
        f"/comments.{form.extension}",
        operation_id=f"ReadLatestCommentsAs{form.extension.title()}",
        summary=f"A site's latest comments as {form.name}",
        responses=_answers(form, SiteNotFound),
    )
    async def read(
        services: ServicesGiven,
        request: Asked,
        site: SiteSlug,
        limit: Most = MOST,
        language: ArticleLanguage = None,
    ) -> Response[Any]:
        """Newest first. Only comments that readers may see, on articles that they may see."""
        wanted = Wanted(_base_url(request), site, form, None, language, limit)
        return _answer(request, form, await read_latest_comments(services, wanted))

    return read


def of_article(form: Format) -> HTTPRouteHandler:
    @get(
        f"/articles/{{article_id:uuid}}/comments.{form.extension}",
        operation_id=f"ReadArticleCommentsAs{form.extension.title()}",
        summary=f"An article's latest comments as {form.name}",
        responses=_answers(form, SiteNotFound, ArticleNotFound),
    )
    async def read(
        services: ServicesGiven,
        request: Asked,
        site: SiteSlug,
        article_id: FromPath[UUID],
        limit: Most = MOST,
    ) -> Response[Any]:
        """Newest first."""
        wanted = Wanted(_base_url(request), site, form, article_id, None, limit)
        return _answer(request, form, await read_latest_comments(services, wanted))

    return read


def _answers(form: Format, *expected: type[DiscussError]) -> dict[int, ResponseSpec]:
    return {
        200: ResponseSpec(
            JsonFeed if form is JSON else str,
            media_type=form.media_type,
            generate_examples=False,
            description="The document.",
        ),
        304: ResponseSpec(None, description="Nothing changed."),
        **problems(*expected),
    }


def _base_url(request: Asked) -> str:
    doors: Doors = request.app.state.doors
    return doors.base_url


def _answer(request: Asked, form: Format, document: Document) -> Response[Any]:
    headers = public_headers(document.etag, CACHE_CONTROL) | {
        "last-modified": format_datetime(document.since.astimezone(UTC), usegmt=True),
    }
    if _held(request, document):
        return Response(None, status_code=304, headers=headers)
    return Response(document.body, media_type=form.media_type, headers=headers)


def _held(request: Asked, document: Document) -> bool:
    """Whether the client already has these bytes. If it sends tags, its date is ignored (RFC 9110, 13.2.2)."""
    tags = request.headers.getall("if-none-match", [])
    if tags:
        return matches(", ".join(tags), document.etag)
    # Equal, not "no later": another process may have sent a newer state, with a later date, that has since been undone.
    return any(document.since.replace(microsecond=0) == at for at in _dates(request))


def _dates(request: Asked) -> Iterator[datetime]:
    """The date in `If-Modified-Since`; nothing if it is missing or cannot be parsed (RFC 9110, 13.1.3)."""
    try:
        at = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return
    yield at if at.tzinfo else at.replace(tzinfo=UTC)


syndication = Router(
    path="/sites/{site:str}",
    route_handlers=[make(form) for make in (of_site, of_article) for form in FORMATS],
    tags=["Syndication"],
    opt=OPEN_TO_ALL,
)
