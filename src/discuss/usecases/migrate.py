"""Brings the schema to the newest version, and tells whether it is there."""

from discuss.store import migrating
from discuss.usecases.services import Services


async def migrate(services: Services) -> None:
    """Raises `Unavailable` while PostgreSQL is away."""
    await migrating.migrate(services.database)


async def schema_is_current(services: Services) -> bool:
    return await migrating.is_current(services.database)
