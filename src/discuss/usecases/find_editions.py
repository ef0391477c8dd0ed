"""The translations of an article."""

from collections.abc import Sequence

from discuss.domain.articles import Article
from discuss.store import editions
from discuss.usecases.services import Services


async def find_editions(services: Services, article: Article) -> Sequence[Article]:
    """The other editions that readers may see. Runs no query if the article is in no group."""
    if article.edition_group is None:
        return []
    async with services.database.reading() as tx:
        group = await editions.of_group(tx, article.edition_group)
    now = services.clock()
    return [other for other in group if other.id != article.id and other.shown_at(now)]
