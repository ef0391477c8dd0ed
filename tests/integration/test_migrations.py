"""The migrations lead to exactly the schema that the code describes."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from discuss.store.tables import metadata
from discuss.usecases.migrate import migrate, schema_is_current
from discuss.usecases.services import Services


async def test_the_migrated_schema_is_the_one_in_the_tables(services: Services) -> None:
    def differences(connection: Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with services.database.transaction() as tx:
        assert await tx.run_sync(differences) == []


async def test_migrating_again_changes_nothing(services: Services) -> None:
    await migrate(services)
    assert await schema_is_current(services)
