"""Guessing passwords: slowed down, and no way to lock somebody else out."""

import pytest

from discuss.domain.accounts import Credential
from discuss.domain.sites import Rates, SiteSettings
from discuss.errors import CredentialsWrong, RateLimited
from discuss.usecases.log_in import MANY_ADDRESSES, LogIn, log_in
from discuss.usecases.register_account import add_account
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services

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


async def test_wrong_passwords_from_very_many_addresses_close_the_account_for_a_while(
    services: Services, slug: str
) -> None:
    for number in range(2 * MANY_ADDRESSES):
        with pytest.raises(CredentialsWrong):
            await try_once(services, slug, "wrong", f"bot {number}")
    with pytest.raises(RateLimited):
        await try_once(services, slug, PASSWORD, "owner")
