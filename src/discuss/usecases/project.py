"""The worker's second step: takes changed articles to the feed, and builds feeds that are missing."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from discuss.domain.articles import Article
from discuss.domain.events import Fact, Topic
from discuss.domain.sites import Site
from discuss.feed.projection import BUILD_PAGE
from discuss.store import articles, outbox, sites
from discuss.usecases.services import Services

BATCH = 500


async def project(services: Services) -> int:
    """How many facts were taken up; 0: nothing waits. Raises `RedisError` while Redis is away; the facts stay."""
    async with services.database.transaction() as tx:
        claims = await outbox.claim(tx, Topic.ARTICLE_CHANGED, services.clock(), BATCH)
        if not claims:
            return 0
        changed = await articles.with_ids(tx, list({claim.subject_id for claim in claims}))
        slugs = {site.id: site.slug for site in await sites.every(tx)}
        for site_id, facts in _by_site(changed).items():
            await services.projection.apply(slugs[site_id], facts, services.clock())
        # Whoever runs fast may have used up the fact that was due at the hour; it is put there again.
        early = [a for a in changed if a.withdrawn_at is None and a.published_at > services.clock()]
        await outbox.done(tx, claims)
        await outbox.put(tx, [Fact(Topic.ARTICLE_CHANGED, a.site_id, a.id, a.published_at) for a in early])
    return len(claims)


def _by_site(changed: Sequence[Article]) -> dict[UUID, list[Article]]:
    grouped: dict[UUID, list[Article]] = defaultdict(list)
    for article in changed:
        grouped[article.site_id].append(article)
    return grouped


async def rebuild_missing(services: Services) -> Sequence[str]:
    """Builds every feed that Redis does not hold, or holds from before a restart. Returns the sites' slugs."""
    async with services.database.reading() as tx:
        every = {site.slug: site for site in await sites.every(tx)}
    missing = await services.projection.unbuilt(list(every))
    for slug in missing:
        await rebuild(services, every[slug])
    return missing


async def rebuild(services: Services, site: Site) -> None:
    """Empties and refills one feed. Facts that arrive meanwhile are newer and win, whatever the order.

    If Redis is flushed or restarted meanwhile, the feed stays unbuilt and the next sweep begins again.
    """
    async with services.database.transaction() as tx:
        # Two builders would empty each other's work.
        await sites.lock_feed(tx, site.slug)
        epoch = services.new_id().hex
        run_id = await services.projection.clear(site.slug, epoch)
        after: UUID | None = None
        while page := await articles.of_site(tx, site.id, after, BUILD_PAGE):
            await services.projection.apply(site.slug, page, services.clock())
            after = page[-1].id
        await services.projection.finish(site.slug, epoch, run_id)
