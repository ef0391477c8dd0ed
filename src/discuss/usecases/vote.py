"""A reader votes on an article, changes the vote, or takes it back."""

from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.articles import Article
from discuss.domain.events import Fact, Topic
from discuss.domain.votes import Rating, Vote, gain
from discuss.errors import ArticleNotFound
from discuss.limiting import Limit
from discuss.store import articles, outbox, sites, votes
from discuss.store.database import Tx
from discuss.usecases.services import Services

PER_MINUTE = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """One reader's vote, and what all of them make together."""

    vote: Vote | None
    rating: Rating


async def vote(
    services: Services, principal: Principal, slug: str, article_id: UUID, wanted: Vote | None
) -> Standing:
    """None takes it back. Wanting what is so already changes nothing.

    Raises `SiteNotFound`, `ArticleNotFound`, `Unauthenticated`, `Forbidden` or `RateLimited`.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
    account_id = require_role(principal, site.id, Role.READER)
    await services.limiter.check(Limit("votes", str(account_id), PER_MINUTE))
    async with services.database.transaction() as tx:
        await articles.lock(tx, [article_id])
        article = await _shown(tx, services, site.id, article_id)
        before = await votes.by(tx, article_id, account_id)
        if before is wanted:
            return Standing(wanted, _rating(article))
        now = services.clock()
        await votes.put(tx, site.id, article_id, account_id, wanted, now)
        await votes.settle(tx, article_id, gain(before, wanted))
        await outbox.put(tx, [Fact(Topic.ARTICLE_CHANGED, site.id, article_id, now)])
    services.doorbell.ring()
    return Standing(wanted, _rating(article).plus(gain(before, wanted)))


async def read_vote(services: Services, principal: Principal, slug: str, article_id: UUID) -> Standing:
    """Whoever cannot vote has not voted. Raises `SiteNotFound` or `ArticleNotFound`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        article = await _shown(tx, services, site.id, article_id)
        account_id = principal.account_id
        mine = None if account_id is None else await votes.by(tx, article_id, account_id)
    return Standing(mine, _rating(article))


async def _shown(tx: Tx, services: Services, site_id: UUID, article_id: UUID) -> Article:
    article = await articles.by_id(tx, site_id, article_id)
    if not article.shown_at(services.clock()):
        raise ArticleNotFound
    return article


def _rating(article: Article) -> Rating:
    return Rating(article.rating_up, article.rating_down)
