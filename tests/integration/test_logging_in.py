"""Guessing passwords: it is slowed down, and cannot lock anybody out of a place where they have logged in before."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from redis.asyncio import Redis
from sqlalchemy import func, select

from discuss.domain.accounts import Credential
from discuss.domain.sites import Rates, SiteSettings
from discuss.errors import CredentialsWrong, RateLimited
from discuss.known_places import KEY
from discuss.store import accounts
from discuss.store.tables import sessions
from discuss.usecases.log_in import MANY_ADDRESSES, REMEMBERED, LogIn, log_in
from discuss.usecases.register_account import add_account
from discuss.usecases.register_site import find_site, register_site
from discuss.usecases.services import Passwords, Services
from discuss.usecases.shut_out import account_of, change_password
from tests.integration.test_views import somebody_waits

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


@pytest.mark.parametrize("email", ["İvan@example.org", "ΝΙΚΟΣ@example.org", "Иван@почта.рф"])
async def test_whoever_registered_an_address_logs_in_with_it(
    services: Services, slug: str, email: str
) -> None:
    site = await find_site(services, slug)
    await add_account(services, site.id, "Ivan", email, PASSWORD)
    assert (await log_in(services, slug, email, PASSWORD, Credential.BEARER, f"{slug} ivan")).token


async def test_spellings_of_an_address_that_open_one_account_are_not_tried_apart(
    services: Services, slug: str
) -> None:
    site = await find_site(services, slug)
    await add_account(services, site.id, "Ivan", "ivan@example.org", PASSWORD)
    spellings = ["ivan@example.org", "İVAN@example.org"]
    for number in range(2 * MANY_ADDRESSES):
        with pytest.raises(CredentialsWrong):
            await log_in(
                services, slug, spellings[number % 2], "wrong", Credential.BEARER, f"{slug} bot {number}"
            )
    for email in spellings:
        with pytest.raises(RateLimited):
            await log_in(services, slug, email, PASSWORD, Credential.BEARER, f"{slug} elsewhere")


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


class Slow:
    """Lets something happen between the moment when a password was read and the moment when it was found to be right."""

    def __init__(self, passwords: Passwords, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self._passwords, self._meanwhile = passwords, meanwhile

    async def hash(self, password: str) -> str:
        return await self._passwords.hash(password)

    async def matches(self, password: str, hashed: str | None) -> bool:
        fits = await self._passwords.matches(password, hashed)
        await self._meanwhile()
        return fits


async def test_a_log_in_under_way_does_not_outlive_a_change_of_password(
    services: Services, slug: str
) -> None:
    async def changed() -> None:
        await change_password(services, slug, EMAIL, "another horse battery")

    slow = replace(services, passwords=Slow(services.passwords, changed))
    with pytest.raises(CredentialsWrong):
        await try_once(slow, slug, PASSWORD, "thief")
    async with services.database.reading() as tx:
        account_id = await account_of(tx, slug, EMAIL)
        opened = await tx.scalar(select(func.count()).where(sessions.c.account_id == account_id))
    assert opened == 0
    assert (await try_once(services, slug, "another horse battery", "owner")).token


async def test_a_password_that_is_being_changed_is_waited_for(services: Services, slug: str) -> None:
    async with services.database.transaction() as tx:
        account_id = await account_of(tx, slug, EMAIL)
        await accounts.set_password(tx, account_id, "the hash of another password")
        trying = asyncio.create_task(try_once(services, slug, PASSWORD, "thief"))
        await somebody_waits(services)
        await accounts.close_sessions(tx, account_id)
    with pytest.raises(CredentialsWrong):
        await trying


async def test_redis_is_told_neither_who_logged_in_nor_where_and_forgets_it(
    services: Services, redis: Redis, slug: str
) -> None:
    before = {key async for key in redis.scan_iter(f"{KEY}*")}
    await try_once(services, slug, PASSWORD, "owner")
    (key,) = {key async for key in redis.scan_iter(f"{KEY}*")} - before
    assert re.fullmatch(rf"{KEY}[0-9a-f]{{32}}".encode(), key)
    assert await redis.get(key) == b""
    assert 0 < await redis.ttl(key) <= (services.session_life + REMEMBERED).total_seconds()
