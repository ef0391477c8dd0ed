"""Which of the stores are away."""

import asyncio

from discuss.errors import Unavailable
from discuss.usecases.services import Services

PATIENCE = 1.0
"""Seconds after which a database that hangs counts as away; a health check waits no longer than that."""


async def check_health(services: Services) -> list[str]:
    degraded = []
    try:
        async with asyncio.timeout(PATIENCE):
            await services.database.ping()
    except (Unavailable, TimeoutError):
        degraded.append("postgresql")
    if not services.listener.connected:
        degraded.append("redis")
    return degraded
