"""An API key for a site's own programs: shown once, stored as a hash."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from discuss.domain.accounts import Credential
from discuss.store import accounts
from discuss.usecases.services import Services
from discuss.usecases.tokens import digest, new_token


async def issue_key(services: Services, site_id: UUID, name: str) -> str:
    token = new_token(Credential.KEY)
    async with services.database.transaction() as tx:
        await accounts.add_key(
            tx,
            key_id=services.new_id(),
            site_id=site_id,
            name=name,
            token_hash=digest(token),
            at=services.clock(),
        )
    return token


async def open_keys(services: Services, site_id: UUID) -> Sequence[tuple[str, datetime]]:
    """Name and creation time of each key that is not revoked."""
    async with services.database.reading() as tx:
        return await accounts.open_keys(tx, site_id)
