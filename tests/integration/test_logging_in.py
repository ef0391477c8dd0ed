"""Guessing passwords: it is slowed down, and cannot lock anybody out of a place where they have logged in before."""

import re

import pytest
from redis.asyncio import Redis

from discuss.domain.accounts import Credential
from discuss.domain.sites import Rates, SiteSettings
from discuss.errors import CredentialsWrong, RateLimited
from discuss.known_places import KEY
from discuss.usecases.log_in import MANY_ADDRESSES, REMEMBERED, LogIn, log_in
from discuss.usecases.register_account import add_account
from discuss.usecases.register_site import find_site, register_site
from discuss.usecases.services import Services
from discuss.usecases.shut_out import change_password

PASSWORD, EMAIL = "correct horse battery", "anna@example.org"


@pytest.fixture
async def slug(services: Services) -> str:
    name = f"guessing-{services.new_id().hex[-12:]}"
    site = await register_site(services, name, name, settings=SiteSettings(rates=Rates(log_ins=2)))
    await add_account(services, site.id, "Anna", EMAIL, PASSWORD)
    return name


async def try_once(services: Services, slug: str, password: str, address: str) -> LogIn:
    return await log_in(services, slug, EMAIL, password, Credential.BEARER, f"{slug} {address}")


async def test_wrong_passwords_from_one_address_do_not_lock_the_owner_out(
    services: Services, slug: str
) -> None:
    for _ in range(2):
        with pytest.raises(CredentialsWrong):
            await try_once(services, slug, "wrong", "attacker")
    with pytest.raises(RateLimited):
        await try_once(services, slug, PASSWORD, "attacker")
    assert (await try_once(services, slug, PASSWORD, "owner")).token


async def close(services: Services, slug: str) -> None:
    """Locks the account by wrong passwords from very many addresses."""
    for number in range(2 * MANY_ADDRESSES):
        with pytest.raises(CredentialsWrong):
            await try_once(services, slug, "wrong", f"bot {number}")


async def test_wrong_passwords_from_very_many_addresses_close_the_account_for_a_while(
    services: Services, slug: str
) -> None:
    await close(services, slug)
    with pytest.raises(RateLimited):
        await try_once(services, slug, PASSWORD, "owner")


async def test_an_account_stays_open_where_its_owner_has_logged_in_before(
    services: Services, slug: str
) -> None:
    await try_once(services, slug, PASSWORD, "owner")
    await close(services, slug)
    assert (await try_once(services, slug, PASSWORD, "owner")).token
    with pytest.raises(RateLimited):
        await try_once(services, slug, PASSWORD, "elsewhere")


async def test_who_tries_where_the_owner_has_been_is_told_what_all_others_are_told(
    services: Services, slug: str
) -> None:
    await try_once(services, slug, PASSWORD, "owner")
    await close(services, slug)
    told = []
    for address in ("owner", "elsewhere"):
        with pytest.raises(RateLimited) as error:
            await try_once(services, slug, "wrong", address)
        told.append(error.value.detail)
    assert told[0] == told[1]


async def test_where_others_have_logged_in_an_account_is_as_closed_as_anywhere(
    services: Services, slug: str
) -> None:
    site = await find_site(services, slug)
    await add_account(services, site.id, "Boris", "boris@example.org", PASSWORD)
    await log_in(services, slug, "boris@example.org", PASSWORD, Credential.BEARER, f"{slug} boris")
    await close(services, slug)
    with pytest.raises(RateLimited):
        await try_once(services, slug, PASSWORD, "boris")


async def test_whoever_has_another_password_now_is_known_nowhere(services: Services, slug: str) -> None:
    await try_once(services, slug, PASSWORD, "owner")
    await change_password(services, slug, EMAIL, "another horse battery")
    await close(services, slug)
    with pytest.raises(RateLimited):
        await try_once(services, slug, "another horse battery", "owner")


async def test_redis_is_told_neither_who_logged_in_nor_where_and_forgets_it(
    services: Services, redis: Redis, slug: str
) -> None:
    before = {key async for key in redis.scan_iter(f"{KEY}*")}
    await try_once(services, slug, PASSWORD, "owner")
    (key,) = {key async for key in redis.scan_iter(f"{KEY}*")} - before
    assert re.fullmatch(rf"{KEY}[0-9a-f]{{32}}".encode(), key)
    assert await redis.get(key) == b""
    assert 0 < await redis.ttl(key) <= (services.session_life + REMEMBERED).total_seconds()
