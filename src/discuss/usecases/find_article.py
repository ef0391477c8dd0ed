"""Finds an article by our id, by the site's own id, or by its address."""

from uuid import UUID

from discuss.domain.articles import Article
from discuss.domain.text import storable
from discuss.errors import ArticleNotFound, InvalidInput
from discuss.store import articles, sites
from discuss.usecases.services import Services


async def find_article(services: Services, slug: str, article_id: UUID) -> Article:
    """Raises `SiteNotFound` or `ArticleNotFound`, also for an article that is withdrawn or not yet published."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        article = await articles.by_id(tx, site.id, article_id)
    return article.require_shown(services.clock())


async def look_up_article(
    services: Services, slug: str, *, external_id: str | None, url: str | None
) -> Article:
    """Raises `InvalidInput` unless exactly one of the two is given and has a storable value, and what `find_article` raises."""
    if (external_id is None) == (url is None):
        raise InvalidInput("Give either external_id or url.")
    if not storable(url or external_id or ""):
        raise InvalidInput(
            "No article can have such an id or address: it contains characters that cannot be stored."
        )
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        if url is not None:
            found: Article | None = await articles.by_url(tx, site.id, url)
        else:
            found = await articles.by_external_id(tx, site.id, external_id or "")
    if found is None:
        raise ArticleNotFound
    return found.require_shown(services.clock())
