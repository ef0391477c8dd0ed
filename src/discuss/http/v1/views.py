"""The beacon that counts views. It identifies nobody: no cookie is read, so it is of no use for forging requests."""

from uuid import UUID

from litestar import Router, post
from litestar.params import FromPath
from litestar.status_codes import HTTP_204_NO_CONTENT

from discuss.errors import RateLimited, SiteNotFound, TooLarge
from discuss.http.auth import address_of
from discuss.http.dependencies import Asked, ServicesGiven, SiteSlug
from discuss.http.documented import problems
from discuss.http.origins import ANY_ORIGIN, OPEN_TO_ALL
from discuss.usecases.count_view import count_view

LARGEST_BEACON = 1024


@post(
    "/{article_id:uuid}/views",
    operation_id="CountView",
    summary="Report a view",
    status_code=HTTP_204_NO_CONTENT,
    request_max_body_size=LARGEST_BEACON,
    response_headers=ANY_ORIGIN,
    responses=problems(SiteNotFound, RateLimited, TooLarge),
)
async def count(services: ServicesGiven, request: Asked, site: SiteSlug, article_id: FromPath[UUID]) -> None:
    """For `navigator.sendBeacon`, from any origin. A body of up to 1 KB is accepted and ignored.

    A reader is counted once per article and hour. 204 means that the request was received, not that it was counted.
    """
    await request.body()
    agent = request.headers.get("user-agent", "")
    await count_view(services, site, article_id, address_of(request), agent)


views = Router(path="/sites/{site:str}/articles", route_handlers=[count], tags=["Views"], opt=OPEN_TO_ALL)
