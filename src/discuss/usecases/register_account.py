"""A reader creates a local account; an operator creates one for anybody."""

from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Role
from discuss.domain.text import clean_line
from discuss.errors import InvalidInput
from discuss.limiting import Limit
from discuss.store import accounts, sites
from discuss.usecases.services import Services

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_EMAIL = 254
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Registered:
    """`name` is as it is shown from now on."""

    id: UUID
    name: str


async def register_reader(
    services: Services, slug: str, name: str, email: str, password: str, address: str
) -> Registered:
    """`address` is the network address that asks. Raises `InvalidInput`, `NameTaken` or `RateLimited`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
    await services.limiter.check(
        Limit("registrations", f"{site.id}:{address}", site.settings.rates.registrations)
    )
    shown = clean_line(name, "name", LONGEST_NAME)
    return Registered(await add_account(services, site.id, shown, email, password), shown)


async def add_account(
    services: Services, site_id: UUID | None, name: str, email: str, password: str, role: Role = Role.READER
) -> UUID:
    """Without a site, creates a staff account, which can do nothing without a role."""
    shown, address = clean_line(name, "name", LONGEST_NAME), clean_email(email)
    hashed = await services.passwords.hash(long_enough(password))
    account_id = services.new_id()
    async with services.database.transaction() as tx:
        await accounts.add(
            tx,
            account_id=account_id,
            site_id=site_id,
            name=shown,
            email=address,
            password_hash=hashed,
            at=services.clock(),
        )
        if role > Role.READER:
            await accounts.grant(tx, account_id, role, site_id)
    return account_id


async def grant_role(services: Services, account_id: UUID, role: Role, site_id: UUID | None) -> None:
    async with services.database.transaction() as tx:
        await accounts.grant(tx, account_id, role, site_id)


def clean_email(email: str) -> str:
    """Raises `InvalidInput` for what cannot be an e-mail address; only a message sent there would prove that it is one."""
    address = clean_line(email, "e-mail address", LONGEST_EMAIL)
    local, _, domain = address.rpartition("@")
    if not local or not domain or "@" in local or any(c.isspace() for c in address):
        raise InvalidInput("This is not an e-mail address.")
    return address


def long_enough(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidInput(f"A password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    return password
