"""Which articles are translations of each other, as their site declares."""

from typing import Annotated
from uuid import UUID

from litestar import Router, delete, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_204_NO_CONTENT
from msgspec import Meta, Struct

from discuss.domain.editions import FEWEST, MOST
from discuss.errors import ArticleNotFound, SiteNotFound
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import BODY, CHANGE, problems
from discuss.http.v1.articles import EditionShape, ExternalId, edition
from discuss.usecases.link_editions import link_editions, unlink_edition


class EditionLinks(Struct, forbid_unknown_fields=True):
    external_ids: Annotated[
        list[ExternalId],
        Meta(min_length=FEWEST, max_length=MOST, description="Articles in as many languages."),
    ]


class LinkedEditions(Struct):
    """Ordered by language code."""

    editions: list[EditionShape]


@put(
    "/editions",
    operation_id="LinkEditions",
    summary="Link articles that are translations of each other",
    responses=problems(*CHANGE, *BODY, SiteNotFound, ArticleNotFound),
)
async def link(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, data: JSONBody[EditionLinks]
) -> LinkedEditions:
    """Needs the site's API key, or an admin of the site. Repeating a request changes nothing.

    The articles leave the groups they were in before. Others in those groups stay linked; one left alone is no longer linked.
    """
    linked = await link_editions(services, principal, site, data.external_ids)
    return LinkedEditions([edition(article) for article in linked])


@delete(
    "/articles/{article_id:uuid}/edition",
    operation_id="UnlinkEdition",
    summary="Unlink an article from its translations",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(*CHANGE, SiteNotFound, ArticleNotFound),
)
async def unlink(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, article_id: FromPath[UUID]
) -> None:
    """Needs the site's API key, or an admin of the site. An article that is not linked stays as it is."""
    await unlink_edition(services, principal, site, article_id)


editions = Router(path="/sites/{site:str}", route_handlers=[link, unlink], tags=["Editions"])
