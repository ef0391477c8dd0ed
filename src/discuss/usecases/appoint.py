"""An operator gives somebody a role: at the site of their account or, for staff, everywhere."""

from discuss.domain.accounts import Role
from discuss.store import accounts, sites
from discuss.usecases.services import Services
from discuss.usecases.shut_out import account_of


async def appoint(services: Services, slug: str | None, email: str, role: Role) -> None:
    """Raises `NotFound` or `SiteNotFound`."""
    async with services.database.transaction() as tx:
        account_id = await account_of(tx, slug, email)
        site = None if slug is None else await sites.by_slug(tx, slug)
        await accounts.grant(tx, account_id, role, site.id if site else None)
