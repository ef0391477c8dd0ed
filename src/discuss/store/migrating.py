"""Brings the schema to the newest version, one process at a time."""

from pathlib import Path
from typing import Any

from alembic.command import upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from discuss.store.database import Database

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x64697363


def configuration(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection} if connection else {})
    config.set_main_option("script_location", str(FOLDER))
    return config


async def migrate(database: Database) -> None:
    """Two processes that start together wait for each other here."""
    async with database.long_transaction() as tx:
        await tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        await tx.run_sync(lambda connection: upgrade(configuration(connection), "head"))


async def is_current(database: Database) -> bool:
    """Whether the schema is the one this version of the code was written for."""
    newest: Any = ScriptDirectory.from_config(configuration()).get_current_head()
    async with database.reading() as tx:
        found = await tx.run_sync(
            lambda connection: MigrationContext.configure(connection).get_current_revision()
        )
    return bool(found == newest)
