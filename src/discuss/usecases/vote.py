"""A reader votes on an article, changes the vote, or takes it back."""

from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.articles import Article
from discuss.domain.events import Fact, Topic
from discuss.domain.votes import Rating, Vote, gain
from discuss.limiting import Limit
from discuss.store import articles, outbox, sanctions, sites, votes
from discuss.usecases.services import Services

PER_MINUTE = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """One reader's vote, and the rating that all votes make together."""

    vote: Vote | None
    rating: Rating


async def vote(
    services: Services, principal: Principal, slug: str, article_id: UUID, wanted: Vote | None
) -> Standing:
    """None takes the vote back. Asking for what is already so changes nothing.

    Raises `SiteNotFound`, `ArticleNotFound`, `Unauthenticated`, `Forbidden`, `AuthorBanned` or `RateLimited`.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
    account_id = require_role(principal, site.id, Role.READER)
    await services.limiter.check(Limit("votes", str(account_id), PER_MINUTE))
    async with services.database.transaction() as tx:
        (await sanctions.standing(tx, site.id, account_id, services.clock())).require_presence()
        await articles.lock(tx, [article_id])
        now = services.clock()
        article = (await articles.by_id(tx, site.id, article_id)).require_shown(now)
        before = await votes.by(tx, article_id, account_id)
        if before is wanted:
            return Standing(wanted, _rating(article))
        await votes.put(tx, site.id, article_id, account_id, wanted, now)
        await votes.settle(tx, article_id, gain(before, wanted))
        await outbox.put(tx, [Fact.at_once(Topic.ARTICLE_CHANGED, site.id, article_id, now)])
    services.doorbell.ring()
    return Standing(wanted, _rating(article).plus(gain(before, wanted)))


async def read_vote(services: Services, principal: Principal, slug: str, article_id: UUID) -> Standing:
    """Somebody who cannot vote has not voted. Raises `SiteNotFound` or `ArticleNotFound`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        article = (await articles.by_id(tx, site.id, article_id)).require_shown(services.clock())
        account_id = principal.account_id
        mine = None if account_id is None else await votes.by(tx, article_id, account_id)
    return Standing(mine, _rating(article))


def _rating(article: Article) -> Rating:
    return Rating(article.rating_up, article.rating_down)
