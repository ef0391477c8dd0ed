"""An API key for a site's own programs: shown once, stored as a hash."""

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
