"""Compares Redis with PostgreSQL, and PostgreSQL with itself. Only meaningful at rest: work in progress shows up as waiting."""

from collections.abc import AsyncIterator

from discuss.domain.sites import Site
from discuss.store import sites, truth
from discuss.store.database import Tx
from discuss.usecases.compare_feed import compare_feed
from discuss.usecases.services import Services


async def verify(services: Services) -> AsyncIterator[tuple[str, list[str]]]:
    """Each site's slug with its differences, in sentences. Raises `RedisError` or `Unavailable`."""
    async with services.database.reading() as tx:
        for site in await sites.every(tx):
            yield site.slug, await differences(tx, services, site)


async def differences(tx: Tx, services: Services, site: Site) -> list[str]:
    return [*await _record(tx, site), *await _feed(tx, services, site)]


async def _record(tx: Tx, site: Site) -> list[str]:
    waiting, lost = await truth.undecided(tx, site.id)
    found = [
        f"article {article}: its counter says {counter} comments, but {visible} are visible (or the newest one differs)"
        for article, counter, visible in await truth.wrong_counters(tx, site.id)
    ]
    found += [
        f"revision {revision}: its state does not match its decisions"
        for revision in await truth.badly_decided(tx, site.id)
    ]
    found += [
        f"article {article}: its rating says {said.up} up and {said.down} down, but the votes are {true.up} and {true.down}"
        for article, said, true in await truth.wrong_ratings(tx, site.id)
    ]
    found += [
        f"comment {comment}: its entry in the moderators' queues does not match the decision"
        for comment in await truth.wrong_entries(tx, site.id)
    ]
    if waiting:
        found.append(f"{waiting} comments are waiting for their score (is a worker running?)")
    if lost:
        found.append(
            f"{lost} comments were never decided and never will be: this is a defect, please report it"
        )
    return found


async def _feed(tx: Tx, services: Services, site: Site) -> list[str]:
    """Where the feed in Redis differs from PostgreSQL."""
    return [difference.told for difference in await compare_feed(tx, services, site)]
