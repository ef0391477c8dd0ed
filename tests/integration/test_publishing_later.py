"""An article that is registered before it is published comes into the feed at its hour, whatever happened to it meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from discuss.domain.accounts import Credential, Principal
from discuss.domain.events import Topic
from discuss.domain.sites import Site
from discuss.store import outbox as facts
from discuss.store.tables import outbox
from discuss.usecases.build_feeds import build_changed
from discuss.usecases.project import project
from discuss.usecases.register_article import register_article
from discuss.usecases.services import Services
from tests.integration.conftest import ONE

SOON = timedelta(minutes=10)


def clock_at(services: Services, then: datetime) -> Services:
    return replace(services, clock=lambda: then)


@pytest.fixture
async def before(services: Services, site: Site) -> Services:
    """A worker whose clock stands before the hour, at a site whose feed is built."""
    while await build_changed(services):
        pass
    return clock_at(services, services.clock())


@pytest.fixture
def after(before: Services) -> Services:
    """A worker whose clock stands after the hour."""
    return clock_at(before, before.clock() + 2 * SOON)


async def register(before: Services, site: Site, title: str) -> None:
    told = replace(ONE, title=title, published_at=before.clock() + SOON)
    await register_article(before, Principal(Credential.KEY, site_id=site.id), site.slug, told)


async def work(worker: Services) -> None:
    while await project(worker):
        pass


async def shown(services: Services, site: Site) -> list[str]:
    delta = await services.reader.read(site.slug)
    assert delta is not None
    return [placed.facts.title for placed in delta.placed]


async def waiting(services: Services, site: Site) -> Sequence[datetime]:
    query = select(outbox.c.due_at).where(
        outbox.c.site_id == site.id, outbox.c.topic == Topic.ARTICLE_CHANGED
    )
    async with services.database.reading() as tx:
        return list(await tx.scalars(query))


async def test_it_is_shown_at_its_hour_and_not_before(before: Services, after: Services, site: Site) -> None:
    await register(before, site, "Later")
    await work(before)
    assert await shown(before, site) == []
    await work(after)
    assert await shown(before, site) == ["Later"]
    assert await waiting(before, site) == []


async def test_however_often_it_changes_one_fact_waits_for_its_hour(before: Services, site: Site) -> None:
    for title in ("First", "Second", "Third"):
        await register(before, site, title)
        await work(before)
    assert await waiting(before, site) == [before.clock() + SOON]


async def test_a_worker_whose_clock_is_ahead_leaves_it_to_be_shown_at_its_hour(
    before: Services, after: Services, site: Site
) -> None:
    await register(before, site, "First")
    await work(before)
    await work(after)
    await register(before, site, "Second")
    await work(before)
    assert await shown(before, site) == []
    await work(after)
    assert await shown(before, site) == ["Second"]


async def test_a_fact_that_another_worker_is_using_up_is_not_counted_on(
    before: Services, after: Services, site: Site
) -> None:
    await register(before, site, "First")
    await work(before)
    async with before.database.transaction() as tx:
        claims = await facts.claim(tx, Topic.ARTICLE_CHANGED, after.clock(), 1000)
        await register(before, site, "Second")
        await work(before)
        await facts.done(tx, [claim for claim in claims if claim.site_id == site.id])
    assert await waiting(before, site) == [before.clock() + SOON]
