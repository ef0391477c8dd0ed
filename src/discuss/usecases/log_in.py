"""Logging in and out, and finding out who a token belongs to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from discuss.domain.accounts import Credential, Presented, Principal
from discuss.errors import CredentialsWrong, KeyUnknown, RateLimited, SessionEnded
from discuss.known_places import Place
from discuss.limiting import Limit
from discuss.store import accounts, sites
from discuss.store.accounts import Session
from discuss.usecases.register_account import clean_email
from discuss.usecases.services import Services
from discuss.usecases.tokens import digest, new_token

STAFF_LOG_INS = 10
MANY_ADDRESSES = 20
"""How many addresses' worth of wrong passwords an account takes in a minute before it is locked for that minute.

It stays open to addresses from which its owner has logged in before: otherwise anybody could lock the owner out.
"""

REMEMBERED = timedelta(weeks=6)
"""How long an address is remembered after the end of the session that was opened there."""


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

    Raises `CredentialsWrong`, `SiteNotFound`, `RateLimited`, or `InvalidInput` for what is not an e-mail address. To anybody
    without the password, all e-mail addresses look alike, whether or not they have an account.
    """
    email = clean_email(email)
    async with services.database.reading() as tx:
        site = None if slug is None else await sites.by_slug(tx, slug)
        account = await accounts.credentials(tx, site.id if site else None, email)
        called = f"{slug}:{await accounts.lowered(tx, email)}"
    per_minute = STAFF_LOG_INS if site is None else site.settings.rates.log_ins
    failures = Limit("failed-log-ins", called, per_minute * MANY_ADDRESSES)
    await services.limiter.check(Limit("log-ins", address, per_minute))
    place = Place(called, address, account.password_hash if account else "")
    closed = await _closed(services, failures)
    if closed and not await services.places.has(place):
        raise closed
    fits = await services.passwords.matches(password, account and account.password_hash)
    if account is None or not fits:
        await services.limiter.count(failures)
        raise closed or CredentialsWrong
    await services.places.keep(place, services.session_life + REMEMBERED)
    return await open_session(services, account.id, account.name, credential, checked=account.password_hash)


async def _closed(services: Services, failures: Limit) -> RateLimited | None:
    """The error for those who may not try now; None: they may."""
    try:
        await services.limiter.require(failures)
    except RateLimited as error:
        return error
    return None


async def open_session(
    services: Services, account_id: UUID, name: str, credential: Credential, *, checked: str | None = None
) -> LogIn:
    """`checked`: the hash of the password that was given. Raises `CredentialsWrong` if it has been changed since.

    Whoever changes a password ends the account's sessions, so a log-in under way must not open another one afterwards.
    """
    token, now = new_token(credential), services.clock()
    until = now + services.session_life
    async with services.database.transaction() as tx:
        if checked is not None and not await accounts.has_password(tx, account_id, checked):
            raise CredentialsWrong
        await accounts.open_session(
            tx, session_id=services.new_id(), account_id=account_id, credential=credential,
            token_hash=digest(token), at=now, until=until,
        )  # fmt: skip
    return LogIn(token, account_id, name, until, services.session_life)


async def log_out(services: Services, principal: Principal) -> None:
    if principal.session_id is not None:
        async with services.database.transaction() as tx:
            await accounts.close_session(tx, principal.session_id)


async def who_holds(services: Services, presented: Presented) -> Principal:
    """The principal behind a token.

    Raises `SessionEnded` for an expired session and for any cookie that opens none, `KeyUnknown` for other tokens.
    """
    async with services.database.reading() as tx:
        if presented.credential is not Credential.KEY:
            return opened(presented, await accounts.by_session(tx, presented), services.clock())
        found = await accounts.by_key(tx, presented.digest)
    if found is None:
        raise KeyUnknown
    return found


def opened(presented: Presented, session: Session | None, now: datetime) -> Principal:
    """The principal whose session this token opens. Raises `SessionEnded` or `KeyUnknown`, as `who_holds` does."""
    if session is not None and session.expires_at > now:
        return session.principal
    raise KeyUnknown if session is None and presented.credential is not Credential.COOKIE else SessionEnded
