"""Logging in and out, and finding out who a token belongs to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from discuss.domain.accounts import Credential, Principal
from discuss.errors import CredentialsWrong, KeyUnknown, SessionEnded
from discuss.limiting import Limit
from discuss.store import accounts, sites
from discuss.usecases.register_account import clean_email
from discuss.usecases.services import Services
from discuss.usecases.tokens import PREFIXES, digest, new_token

STAFF_LOG_INS = 10
MANY_ADDRESSES = 20
"""How many addresses' worth of wrong passwords an account takes in a minute before it is closed for that minute."""


@dataclass(frozen=True, slots=True)
class LogIn:
    token: str
    account_id: UUID
    name: str
    expires_at: datetime
    life: timedelta


async def log_in(
    services: Services, slug: str | None, email: str, password: str, credential: Credential, address: str
) -> LogIn:
    """Opens a session; without a site, for staff.

    Raises `CredentialsWrong`, `SiteNotFound`, `RateLimited`, or `InvalidInput` for what is no e-mail address.
    """
    email = clean_email(email)
    async with services.database.reading() as tx:
        site = None if slug is None else await sites.by_slug(tx, slug)
        account = await accounts.credentials(tx, site.id if site else None, email)
    per_minute = STAFF_LOG_INS if site is None else site.settings.rates.log_ins
    failures = Limit("failed-log-ins", f"{slug}:{email.lower()}", per_minute * MANY_ADDRESSES)
    await services.limiter.check(Limit("log-ins", address, per_minute))
    await services.limiter.require(failures)
    fits = await services.passwords.matches(password, account and account.password_hash)
    if account is None or not fits:
        await services.limiter.count(failures)
        raise CredentialsWrong
    return await open_session(services, account.id, account.name, credential)


async def open_session(services: Services, account_id: UUID, name: str, credential: Credential) -> LogIn:
    token, now = new_token(credential), services.clock()
    until = now + services.session_life
    async with services.database.transaction() as tx:
        await accounts.open_session(
            tx, session_id=services.new_id(), account_id=account_id, credential=credential,
            token_hash=digest(token), at=now, until=until,
        )  # fmt: skip
    return LogIn(token, account_id, name, until, services.session_life)


async def log_out(services: Services, principal: Principal) -> None:
    if principal.session_id is not None:
        async with services.database.transaction() as tx:
            await accounts.close_session(tx, principal.session_id)


async def who_holds(services: Services, token: str, credential: Credential) -> Principal:
    """The principal behind a token that came in this way.

    Raises `SessionEnded` for a cookie that is over, `KeyUnknown` for any other token that opens nothing here.
    """
    async with services.database.reading() as tx:
        if credential is Credential.BEARER and token.startswith(PREFIXES[Credential.KEY]):
            found = await accounts.by_key(tx, digest(token))
        else:
            session = await accounts.by_session(tx, digest(token), credential)
            found = session[0] if session and session[1] > services.clock() else None
            if session and found is None:
                raise SessionEnded
    if found is None:
        raise SessionEnded if credential is Credential.COOKIE else KeyUnknown
    return found
