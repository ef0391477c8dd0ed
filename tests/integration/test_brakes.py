"""Brakes: a rule that suddenly hits everything holds instead of rejecting, until a person releases the brake."""

import asyncio

import pytest

from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.rules import Action, Rule, WordsSpec
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import BrakeNotFound, Forbidden
from discuss.store import rules
from discuss.usecases.brake import count_brakes, list_brakes, put_brakes_on, release_brake
from discuss.usecases.services import Services
from discuss.usecases.write_rule import retire_rule
from tests.integration.test_rules import admin_of, ruled
from tests.integration.test_views import somebody_waits
from tests.judging import drain, moderator_of, state_of, write


async def jumping(services: Services, site: Site, reader: Principal, article: Article) -> Rule:
    """A rule that hits far more often than usual. Brakes that the comments of other sites call for are on."""
    await put_brakes_on(services)
    rule = await ruled(services, site, reader, WordsSpec(["weather"]), Action.REJECT)
    for _ in range(20):
        await write(services, site, reader, article, "the weather is nice")
    await drain(services)
    return rule


async def test_a_rule_that_jumps_holds_until_it_is_released(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    rule = await jumping(services, site, reader, article)
    before = await count_brakes(services)
    await put_brakes_on(services)
    moderator, admin = moderator_of(site, reader), admin_of(site, reader)
    (brake,) = await list_brakes(services, moderator, site.slug)
    assert (brake.subject, brake.rule, brake.hits, brake.seen) == (str(rule.id), rule.name, 20, 20)
    assert await count_brakes(services) == (before or 0) + 1

    braked = await write(services, site, reader, article, "the weather is nice")
    await drain(services)
    assert await state_of(services, site, braked) is State.HELD

    with pytest.raises(Forbidden):
        await release_brake(services, moderator, site.slug, brake.id)
    await release_brake(services, admin, site.slug, brake.id)
    await put_brakes_on(services)
    assert await list_brakes(services, moderator, site.slug) == []
    free = await write(services, site, reader, article, "the weather is nice")
    await drain(services)
    assert await state_of(services, site, free) is State.REJECTED
    with pytest.raises(BrakeNotFound):
        await release_brake(services, admin, site.slug, brake.id)


async def test_retiring_a_rule_releases_its_brake(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    rule = await jumping(services, site, reader, article)
    before = await count_brakes(services)
    await put_brakes_on(services)
    (brake,) = await list_brakes(services, moderator_of(site, reader), site.slug)
    await retire_rule(services, admin_of(site, reader), site.slug, rule.id)
    assert await list_brakes(services, moderator_of(site, reader), site.slug) == []
    assert await count_brakes(services) == before
    with pytest.raises(BrakeNotFound):
        await release_brake(services, admin_of(site, reader), site.slug, brake.id)
    await put_brakes_on(services)
    assert await list_brakes(services, moderator_of(site, reader), site.slug) == []


async def test_no_brake_is_put_on_a_rule_that_was_retired_before(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    rule = await jumping(services, site, reader, article)
    await retire_rule(services, admin_of(site, reader), site.slug, rule.id)
    await put_brakes_on(services)
    assert await list_brakes(services, moderator_of(site, reader), site.slug) == []


async def test_no_brake_is_put_on_a_rule_that_is_being_retired(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    rule = await jumping(services, site, reader, article)
    async with services.database.transaction() as tx:
        await rules.lock(tx, site.id, rule.id)
        await rules.retire(tx, rule.id, services.clock())
        putting = asyncio.create_task(put_brakes_on(services))
        await somebody_waits(services)
    await putting
    assert await list_brakes(services, moderator_of(site, reader), site.slug) == []
