"""A page reports that somebody is looking at an article."""

from uuid import UUID

from discuss.domain.views import is_robot
from discuss.errors import RateLimited
from discuss.feed.views import Outcome
from discuss.store import sites
from discuss.usecases.services import Services


async def count_view(services: Services, slug: str, article_id: UUID, address: str, user_agent: str) -> None:
    """Costs one round trip to Redis and none to PostgreSQL. A view that cannot be counted is lost silently.

    Raises `SiteNotFound`, or `RateLimited` for an address that reports too many views.
    """
    if is_robot(user_agent):
        return
    now = services.clock()
    outcome = await services.views.count(slug, article_id, address, user_agent, now)
    if outcome is Outcome.TOO_OFTEN:
        raise RateLimited(retry_after=60 - now.second)
    if outcome is Outcome.NO_FEED:
        # An unknown site, or one whose feed is about to be built.
        async with services.database.reading() as tx:
            await sites.by_slug(tx, slug)
