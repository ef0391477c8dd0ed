"""The worker's second step: takes changed articles to the feed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog

from discuss.domain.events import Fact, Topic
from discuss.domain.sites import Site
from discuss.store import newest, outbox, sites
from discuss.store.database import Tx
from discuss.store.outbox import Claim
from discuss.usecases.services import Services

BATCH = 500

log = structlog.get_logger()

TRIES = 10
"""How often the same facts are read before they are deferred: each attempt fails only if the feed moved far ahead meanwhile."""


async def project(services: Services) -> int:
    """How many facts were taken up; 0: nothing waits.

    Raises `RedisError` while Redis is away and `Unavailable` while PostgreSQL is; the facts stay. Facts of a feed that changes
    too fast are deferred, so that no other site has to wait.
    """
    async with services.database.transaction() as tx:
        claims = await outbox.claim(tx, Topic.ARTICLE_CHANGED, services.clock(), BATCH)
        if not claims:
            return 0
        known = await sites.with_ids(tx, {claim.site_id for claim in claims})
        for site_id, group in _by_site(claims).items():
            early = await _take(tx, services, known[site_id], {claim.subject_id for claim in group})
            if early is None:
                log.warning("feed.too_fast", site=known[site_id].slug)
                await outbox.defer(tx, group, services.clock())
            else:
                await outbox.done(tx, group)
                await _remember(tx, early, services.clock())
    return len(claims)


def _by_site(claims: Sequence[Claim]) -> Mapping[UUID, Sequence[Claim]]:
    grouped: dict[UUID, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.site_id].append(claim)
    return grouped


async def _remember(tx: Tx, early: Sequence[Fact], now: datetime) -> None:
    """Has the articles taken up again at their hour. A clock that ran fast may have used up the fact that was due then."""
    if early:
        known = await outbox.ahead(tx, Topic.ARTICLE_CHANGED, [fact.subject_id for fact in early], now)
        await outbox.put(tx, [fact for fact in early if fact not in known])


async def _take(tx: Tx, services: Services, site: Site, article_ids: set[UUID]) -> Sequence[Fact] | None:
    """The facts of those that are not published yet, due at their hour. None: the feed changes faster than facts can be read."""
    for _ in range(TRIES):
        # The mark comes first: what is read after it, settings and facts, is no older than what the feed was built from.
        mark = await services.projection.mark(site.slug)
        style = (await sites.settings_of(tx, [site.id]))[site.id]
        facts = await newest.with_editions(tx, list(article_ids))
        now = services.clock()
        # Without a feed there is nothing to apply them to: whoever builds it reads them.
        if mark is None or await services.projection.apply(
            site.slug, mark, facts, now, anti_bump=style.anti_bump
        ):
            return [
                Fact(Topic.ARTICLE_CHANGED, a.site_id, a.id, a.published_at)
                for a in facts
                if a.id in article_ids and a.withdrawn_at is None and a.published_at > now
            ]
    return None
