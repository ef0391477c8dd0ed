"""Voting on articles."""

from uuid import UUID

from litestar import Router, delete, get, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from discuss.domain.votes import Vote
from discuss.errors import ArticleNotFound, AuthorBanned, RateLimited, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import ASKER, BODY, CHANGE, problems
from discuss.http.v1.articles import RatingShape
from discuss.usecases.vote import Standing, read_vote
from discuss.usecases.vote import vote as cast_vote

VOTE = "/{article_id:uuid}/vote"


class NewVote(Struct, forbid_unknown_fields=True):
    vote: Vote


class StandingShape(Struct):
    """`vote`: one's own; null: none."""

    vote: Vote | None
    rating: RatingShape


def shape(standing: Standing) -> StandingShape:
    return StandingShape(standing.vote, RatingShape(standing.rating.up, standing.rating.down))


@put(
    VOTE,
    operation_id="CastVote",
    summary="Vote on an article, or change the vote",
    responses=problems(*CHANGE, *BODY, SiteNotFound, ArticleNotFound, RateLimited, AuthorBanned),
)
async def change(
    services: ServicesGiven,
    principal: PrincipalGiven,
    site: SiteSlug,
    article_id: FromPath[UUID],
    data: JSONBody[NewVote],
) -> StandingShape:
    """One vote for each reader of the site. Voting the same way again changes nothing."""
    return shape(await cast_vote(services, principal, site, article_id, data.vote))


@delete(
    VOTE,
    operation_id="RetractVote",
    summary="Withdraw one's vote",
    status_code=HTTP_200_OK,
    responses=problems(*CHANGE, SiteNotFound, ArticleNotFound, RateLimited, AuthorBanned),
)
async def retract(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, article_id: FromPath[UUID]
) -> StandingShape:
    return shape(await cast_vote(services, principal, site, article_id, None))


@get(
    VOTE,
    operation_id="ReadVote",
    summary="Read one's own vote and the rating",
    responses=problems(*ASKER, SiteNotFound, ArticleNotFound),
)
async def read(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, article_id: FromPath[UUID]
) -> StandingShape:
    return shape(await read_vote(services, principal, site, article_id))


votes = Router(
    path="/sites/{site:str}/articles",
    route_handlers=[change, retract, read],
    cache_control=NO_STORE,
    tags=["Votes"],
)
