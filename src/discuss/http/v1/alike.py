"""Near-duplicates of a comment."""

from datetime import datetime
from uuid import UUID

from litestar import Router, get
from litestar.params import FromPath
from msgspec import Struct

from discuss.domain.decisions import Source
from discuss.domain.likeness import Alike
from discuss.domain.states import State
from discuss.errors import CommentNotFound, SiteNotFound
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import PrincipalGiven, ServicesGiven, SiteSlug
from discuss.http.documented import PERSON, problems
from discuss.http.v1.accounts import Account
from discuss.http.v1.queue_shapes import QueueArticle
from discuss.usecases.read_alike import read_alike


class AlikeShape(Struct):
    """`likeness`: the share of the two texts that they have in common, from 0.6 to 1."""

    comment_id: UUID
    revision_id: UUID
    text: str
    state: State
    decision_id: UUID
    decided_by: Source
    created_at: datetime
    author: Account
    article: QueueArticle
    likeness: float


class NearDuplicatesShape(Struct):
    """`more`: there are more than these."""

    items: list[AlikeShape]
    more: bool


def alike_shape(one: Alike) -> AlikeShape:
    return AlikeShape(
        one.comment_id, one.revision_id, one.source, one.state, one.decision_id, one.decided_by, one.created_at,
        Account(one.author_id, one.author_name), QueueArticle(one.article_id, one.article_title, one.article_url),
        one.likeness,
    )  # fmt: skip


@get(
    "/comments/{comment_id:uuid}/alike",
    operation_id="ListAlike",
    summary="List the near-duplicates of a comment",
    responses=problems(*PERSON, SiteNotFound, CommentNotFound),
)
async def near_duplicates(
    services: ServicesGiven, principal: PrincipalGiven, site: SiteSlug, comment_id: FromPath[UUID]
) -> NearDuplicatesShape:
    """By any author on the site in the last seven days, newest first, at most 50."""
    found = await read_alike(services, principal, site, comment_id)
    return NearDuplicatesShape([alike_shape(one) for one in found.items], found.more)


alike = Router(
    path="/sites/{site:str}", route_handlers=[near_duplicates], cache_control=NO_STORE, tags=["Moderation"]
)
