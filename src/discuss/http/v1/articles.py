"""Registering and finding articles."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, put
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED
from msgspec import Meta, Struct

from discuss.domain.articles import LONGEST_URL, Article, Commenting
from discuss.errors import ArticleNotFound, SiteNotFound
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, problems
from discuss.http.patterns import PRINTABLE
from discuss.http.v1.sites import Language
from discuss.usecases.find_article import find_article, look_up_article
from discuss.usecases.find_editions import find_editions
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.services import Services

Instant = Annotated[datetime, Meta(tz=True, description="RFC 3339, with a zone.")]
Url = Annotated[str, Meta(max_length=LONGEST_URL, description="A web address: http or https.")]
ExternalId = Annotated[
    str, Meta(pattern=PRINTABLE, max_length=200, description="The site's own id of the article.")
]
Tag = Annotated[str, Meta(pattern=PRINTABLE, max_length=60)]


class ArticleRegistration(Struct, forbid_unknown_fields=True):
    external_id: ExternalId
    url: Url
    title: Annotated[str, Meta(min_length=1, max_length=1000)]
    language: Language
    published_at: Instant
    tags: Annotated[list[Tag], Meta(max_length=30)] = []
    commenting: Commenting = Commenting.OPEN
    withdrawn: bool = False


class RatingShape(Struct):
    """How many readers voted each way."""

    up: int
    down: int


class EditionShape(Struct):
    """An article in one of several languages, with its own figures."""

    id: UUID
    url: str
    title: str
    language: str
    comment_count: int
    rating: RatingShape
    views: int


class ArticleShape(Struct):
    """`editions`: its translations that readers may see, not including itself. `views` are about a minute old."""

    id: UUID
    external_id: str
    url: str
    title: str
    language: str
    tags: list[str]
    commenting: Commenting
    published_at: datetime
    comment_count: int
    last_activity_at: datetime
    rating: RatingShape
    views: int
    editions: list[EditionShape]


def edition(article: Article) -> EditionShape:
    return EditionShape(
        article.id, article.url, article.title, article.language, article.comment_count,
        RatingShape(article.rating_up, article.rating_down), article.views,
    )  # fmt: skip


async def shape(services: Services, article: Article) -> ArticleShape:
    return ArticleShape(
        article.id, article.external_id, article.url, article.title, article.language, list(article.tags),
        article.commenting, article.published_at, article.comment_count, article.last_activity_at,
        RatingShape(article.rating_up, article.rating_down), article.views,
        [edition(other) for other in await find_editions(services, article)],
    )  # fmt: skip


@put(
    "/", operation_id="RegisterArticle", summary="Register an article, or bring it up to date",
    responses={
        HTTP_201_CREATED: ResponseSpec(ArticleShape, generate_examples=False, description="The article is new."),
        **problems(*CHANGE, *BODY, SiteNotFound),
    },
)  # fmt: skip
async def register(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, data: JSONBody[ArticleRegistration]
) -> Response[ArticleShape]:
    """Needs the site's API key, or an admin of the site. Repeating a request changes nothing. 201: the article is new."""
    registration = Registration(
        data.external_id,
        data.url,
        data.title,
        data.language,
        data.published_at,
        data.tags,
        data.commenting,
        data.withdrawn,
    )
    article, new = await register_article(services, principal, site, registration)
    return Response(await shape(services, article), status_code=HTTP_201_CREATED if new else HTTP_200_OK)


@get(
    "/",
    operation_id="FindArticle",
    summary="Find an article by the site's own id or by its address",
    responses=problems(SiteNotFound, ArticleNotFound),
)
async def find(
    services: ServicesGiven,
    site: SiteSlug,
    external_id: Annotated[str | None, QueryParameter(max_length=200, pattern=PRINTABLE)] = None,
    url: Annotated[str | None, QueryParameter(max_length=LONGEST_URL, pattern=PRINTABLE)] = None,
) -> ArticleShape:
    return await shape(services, await look_up_article(services, site, external_id=external_id, url=url))


@get(
    "/{article_id:uuid}",
    operation_id="ReadArticle",
    summary="Read an article",
    responses=problems(SiteNotFound, ArticleNotFound),
)
async def read(services: ServicesGiven, site: SiteSlug, article_id: FromPath[UUID]) -> ArticleShape:
    return await shape(services, await find_article(services, site, article_id))


articles = Router(path="/sites/{site:str}/articles", route_handlers=[register, find, read], tags=["Articles"])
