"""The worker's second step: takes changed articles to the feed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from discuss.domain.events import Fact, Topic
from discuss.domain.sites import Site
from discuss.errors import Unavailable
from discuss.store import newest, outbox, sites
from discuss.store.database import Tx
from discuss.store.outbox import Claim
from discuss.usecases.services import Services

BATCH = 500

TRIES = 10
"""Readings of the same facts before they are left to the next sweep: each fails only if the feed moved on far meanwhile."""


async def project(services: Services) -> int:
    """How many facts were taken up; 0: nothing waits.

    Raises `RedisError` while Redis is away, `Unavailable` while PostgreSQL is, or when a feed changes too fast; the facts stay.
    """
    async with services.database.transaction() as tx:
        claims = await outbox.claim(tx, Topic.ARTICLE_CHANGED, services.clock(), BATCH)
        if not claims:
            return 0
        known = {site.id: site for site in await sites.every(tx)}
        for site_id, article_ids in _by_site(claims).items():
            await _take(tx, services, known[site_id], article_ids)
        await outbox.done(tx, claims)
    return len(claims)


def _by_site(claims: Sequence[Claim]) -> Mapping[UUID, set[UUID]]:
    grouped: dict[UUID, set[UUID]] = defaultdict(set)
    for claim in claims:
        grouped[claim.site_id].add(claim.subject_id)
    return grouped


async def _take(tx: Tx, services: Services, site: Site, article_ids: set[UUID]) -> None:
    """Raises `Unavailable` when the feed changes faster than it can be read."""
    for _ in range(TRIES):
        # The mark comes first: what is read after it, settings and facts, is no older than what the feed was built from.
        mark = await services.projection.mark(site.slug)
        style = (await sites.settings_of(tx, [site.id]))[site.id]
        facts = await newest.with_editions(tx, list(article_ids))
        now = services.clock()
        # Without a feed there is nothing to take them to: whoever builds it reads them.
        if mark is None or await services.projection.apply(
            site.slug, mark, facts, now, anti_bump=style.anti_bump
        ):
            # Whoever runs fast may have used up the fact that was due at the hour; it is put there again.
            early = [
                a for a in facts if a.id in article_ids and a.withdrawn_at is None and a.published_at > now
            ]
            await outbox.put(
                tx, [Fact(Topic.ARTICLE_CHANGED, a.site_id, a.id, a.published_at) for a in early]
            )
            return
    raise Unavailable(f"The feed of {site.slug} changes too fast to be followed.")
