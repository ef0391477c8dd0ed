"""The site says which of its articles are translations of each other."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from discuss.domain import editions as rules
from discuss.domain.accounts import Principal, require_site_key
from discuss.domain.articles import Article
from discuss.domain.events import Fact, Topic
from discuss.errors import ArticleNotFound
from discuss.store import articles, editions, outbox, sites
from discuss.store.database import Tx
from discuss.usecases.services import Services


async def link_editions(
    services: Services, principal: Principal, slug: str, external_ids: Sequence[str]
) -> Sequence[Article]:
    """Makes one group of exactly these articles; others they were linked with before stay behind.

    Raises `SiteNotFound`, `ArticleNotFound`, `Unauthenticated`, `Forbidden`, or `InvalidInput` for articles that cannot form a group.
    """
    rules.require_linkable(external_ids)
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        require_site_key(principal, site.id)
        await editions.lock(tx, site.id)
        known = await editions.ids(tx, site.id, external_ids)
        for external_id in external_ids:
            if external_id not in known:
                raise ArticleNotFound(f"This site has no article {external_id}.")
        named, around = await _locked(tx, list(known.values()))
        rules.require_distinct_languages(named)
        groups = rules.link(named, around, services.new_id())
        await _regroup(tx, services, site.id, groups)
    if groups:
        services.doorbell.ring()
    return sorted(named, key=lambda article: article.language)


async def unlink_edition(services: Services, principal: Principal, slug: str, article_id: UUID) -> None:
    """An article that is linked with no other stays as it is.

    Raises `SiteNotFound`, `ArticleNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        require_site_key(principal, site.id)
        await editions.lock(tx, site.id)
        await articles.by_id(tx, site.id, article_id)
        [article], around = await _locked(tx, [article_id])
        groups = rules.unlink(article, around)
        await _regroup(tx, services, site.id, groups)
    if groups:
        services.doorbell.ring()


async def _locked(tx: Tx, article_ids: Sequence[UUID]) -> tuple[Sequence[Article], Sequence[Article]]:
    """These articles, and all members of their groups, with all their rows locked."""
    others = await editions.around(tx, article_ids)
    await articles.lock(tx, [*article_ids, *others])
    return await articles.with_ids(tx, article_ids), await articles.with_ids(tx, others)


async def _regroup(tx: Tx, services: Services, site_id: UUID, groups: Mapping[UUID, UUID | None]) -> None:
    if groups:
        now = services.clock()
        await editions.regroup(tx, groups)
        await outbox.put(
            tx, [Fact.at_once(Topic.ARTICLE_CHANGED, site_id, article_id, now) for article_id in groups]
        )
