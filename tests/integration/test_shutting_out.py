"""What an operator closes is closed immediately."""

import pytest

from discuss.domain.accounts import Credential, Principal, Role
from discuss.domain.sites import Site
from discuss.errors import CredentialsWrong, KeyUnknown, NotFound
from discuss.usecases.issue_key import issue_key
from discuss.usecases.log_in import log_in, who_holds
from discuss.usecases.register_account import grant_role
from discuss.usecases.services import Services
from discuss.usecases.shut_out import change_password, dismiss, revoke_keys
from discuss.usecases.tokens import presented

OLD, NEW = "correct horse battery", "another long password"


def email_of(reader: Principal) -> str:
    return f"{reader.name.lower().replace(' ', '')}@example.org"


async def log_in_with(services: Services, site: Site, email: str, password: str) -> str:
    return (await log_in(services, site.slug, email, password, Credential.BEARER, "192.0.2.1")).token


async def test_a_new_password_ends_every_session(services: Services, site: Site, reader: Principal) -> None:
    email = email_of(reader)
    token = await log_in_with(services, site, email, OLD)
    await change_password(services, site.slug, email, NEW)
    with pytest.raises(KeyUnknown):
        await who_holds(services, presented(token, Credential.BEARER))
    with pytest.raises(CredentialsWrong):
        await log_in_with(services, site, email, OLD)
    assert await log_in_with(services, site, email, NEW)


async def test_a_dismissed_moderator_has_no_role_and_no_session(
    services: Services, site: Site, reader: Principal
) -> None:
    email = email_of(reader)
    assert reader.account_id is not None
    await grant_role(services, reader.account_id, Role.MODERATOR, site.id)
    token = await log_in_with(services, site, email, OLD)
    assert (await who_holds(services, presented(token, Credential.BEARER))).role_at(site.id) is Role.MODERATOR
    await dismiss(services, site.slug, email)
    with pytest.raises(KeyUnknown):
        await who_holds(services, presented(token, Credential.BEARER))
    again = await log_in_with(services, site, email, OLD)
    assert (await who_holds(services, presented(again, Credential.BEARER))).role_at(site.id) is Role.READER


async def test_a_revoked_key_opens_nothing(services: Services, site: Site) -> None:
    token = await issue_key(services, site.id, "website")
    assert (await who_holds(services, presented(token, Credential.BEARER))).credential is Credential.KEY
    await revoke_keys(services, site.slug, "website")
    with pytest.raises(KeyUnknown):
        await who_holds(services, presented(token, Credential.BEARER))
    with pytest.raises(NotFound):
        await revoke_keys(services, site.slug, "website")
