"""An operator changes a password, takes a person's roles away, or revokes a key: whatever access it gave ends at once."""

from uuid import UUID

from discuss.errors import NotFound
from discuss.store import accounts, sites
from discuss.store.database import Tx
from discuss.usecases.register_account import long_enough
from discuss.usecases.services import Services


async def change_password(services: Services, slug: str | None, email: str, password: str) -> None:
    """Ends every session of the account. Raises `NotFound`, `SiteNotFound` or `InvalidInput`."""
    hashed = await services.passwords.hash(long_enough(password))
    async with services.database.transaction() as tx:
        account_id = await account_of(tx, slug, email)
        await accounts.set_password(tx, account_id, hashed)
        await accounts.close_sessions(tx, account_id)


async def dismiss(services: Services, slug: str | None, email: str) -> None:
    """Takes every role away and ends every session; account and comments stay. Raises `NotFound` or `SiteNotFound`."""
    async with services.database.transaction() as tx:
        account_id = await account_of(tx, slug, email)
        await accounts.take_roles(tx, account_id)
        await accounts.close_sessions(tx, account_id)


async def revoke_keys(services: Services, slug: str, name: str) -> None:
    """Raises `SiteNotFound`, or `NotFound` if no key of this name was in use."""
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        if not await accounts.revoke_keys(tx, site.id, name, services.clock()):
            raise NotFound(f"The site {slug} has no valid key called {name}.")


async def account_of(tx: Tx, slug: str | None, email: str) -> UUID:
    """A reader of this site or, without one, somebody of the staff. Raises `NotFound` or `SiteNotFound`."""
    site = None if slug is None else await sites.by_slug(tx, slug)
    found = await accounts.credentials(tx, site.id if site else None, email)
    if found is None:
        raise NotFound(
            f"There is no account {email} {f'on the site {slug}' if slug else 'with a role on every site (did you forget --site?)'}."
        )
    account_id: UUID = found.id
    return account_id
