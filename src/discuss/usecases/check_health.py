"""Which of the stores is away."""

from sqlalchemy import text

from discuss.errors import Unavailable
from discuss.usecases.services import Services


async def check_health(services: Services) -> list[str]:
    degraded = []
    try:
        async with services.database.reading() as tx:
            await tx.execute(text("SELECT 1"))
    except Unavailable:
        degraded.append("postgresql")
    if not services.listener.connected:
        degraded.append("redis")
    return degraded
