"""The language and time zone of a site's fragment: told with the feed, and known for as long as the feed is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from discuss.domain.accounts import Credential, Grant, Principal, Role
from discuss.domain.sites import Site
from discuss.errors import SiteNotFound, Unavailable
from discuss.feed import keys
from discuss.feed.manner import Manner
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.single_flight import SingleFlight
from discuss.store.database import Database
from discuss.usecases.build_feeds import build_changed, build_unsound
from discuss.usecases.know_manner import know_manner
from discuss.usecases.register_site import change_site
from discuss.usecases.services import Services

NOWHERE = "postgresql://127.0.0.1:1/nobody-listens-here"
ADMIN = Principal(Credential.BEARER, uuid4(), grants=(Grant(Role.ADMIN, None),))
MOSCOW = Manner("ru", "Europe/Moscow")


@pytest.fixture
async def moved(services: Services, site: Site) -> Site:
    """A site whose fragment is not written as that of a new one is."""
    await move(services, site, MOSCOW)
    return site


async def move(services: Services, site: Site, manner: Manner) -> None:
    """And builds its feed."""
    await change_site(services, ADMIN, site.slug, time_zone=manner.zone, languages=[manner.language, "de"])
    while await build_changed(services):
        pass


@pytest.fixture
def process(services: Services, tmp_path: Path) -> Services:
    """One that has just started."""
    return started(services, tmp_path)


def started(services: Services, shelf: Path) -> Services:
    return replace(
        services,
        snapshots=Snapshots(services.reader, Shelf(shelf)),
        sites=SingleFlight(60.0, 10, lambda _: 1),
    )


@pytest.fixture
async def away() -> AsyncIterator[Database]:
    database = Database.connect(NOWHERE, pool=1)
    yield database
    await database.close()


async def test_whoever_holds_the_feed_needs_no_postgresql(
    process: Services, moved: Site, away: Database
) -> None:
    await process.snapshots.renew(moved.slug)
    assert await know_manner(replace(process, database=away), moved.slug) == MOSCOW


async def test_a_process_that_starts_during_an_outage_knows_what_an_earlier_one_knew(
    process: Services, moved: Site, away: Database, tmp_path: Path
) -> None:
    await process.snapshots.renew(moved.slug)
    process.snapshots.shelve()
    successor = replace(started(process, tmp_path), database=away)
    successor.snapshots.recall()
    assert await know_manner(successor, moved.slug) == MOSCOW


async def test_a_change_is_known_together_with_the_feed_that_it_had_built(
    process: Services, moved: Site
) -> None:
    await process.snapshots.renew(moved.slug)
    assert await know_manner(process, moved.slug) == MOSCOW
    await move(process, moved, Manner("pt", "America/Sao_Paulo"))
    await process.snapshots.renew(moved.slug)
    assert await know_manner(process, moved.slug) == Manner("pt", "America/Sao_Paulo")


async def test_of_a_site_without_a_feed_postgresql_tells_it(
    process: Services, moved: Site, away: Database
) -> None:
    assert await know_manner(process, moved.slug) == MOSCOW
    with pytest.raises(SiteNotFound):
        await know_manner(process, "nowhere")
    with pytest.raises(Unavailable):
        await know_manner(replace(process, database=away), "nowhere")


async def test_a_feed_of_an_earlier_release_is_built_anew_and_postgresql_asked_meanwhile(
    process: Services, redis: Redis, moved: Site
) -> None:
    await redis.hdel(keys.state(moved.slug), "manner")
    await process.snapshots.renew(moved.slug)
    assert await know_manner(process, moved.slug) == MOSCOW
    assert moved.slug in await build_unsound(process)
    await process.snapshots.renew(moved.slug)
    window = process.snapshots.window(moved.slug)
    assert window is not None
    assert window.manner == MOSCOW
