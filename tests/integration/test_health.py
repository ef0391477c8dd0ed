"""What the process says about its stores."""

import asyncio
from dataclasses import replace

from discuss.store.database import Database
from discuss.usecases.check_health import check_health
from discuss.usecases.services import Services


class Hanging(Database):
    """A server that accepts the query and never answers."""

    async def ping(self) -> None:
        await asyncio.Event().wait()


async def test_a_database_that_hangs_is_away(services: Services) -> None:
    hanging = replace(services, database=Hanging(services.database.engine))
    assert "postgresql" in await check_health(hanging)
    assert "postgresql" not in await check_health(services)
