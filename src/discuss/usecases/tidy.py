"""Forgets what is over: ended sessions, and idempotency keys older than a day."""

from datetime import timedelta

from discuss.store import accounts, idempotency
from discuss.usecases.services import Services

IDEMPOTENCY_LIFE = timedelta(hours=24)


async def tidy(services: Services) -> None:
    now = services.clock()
    async with services.database.transaction() as tx:
        await accounts.forget_ended_sessions(tx, now)
        await idempotency.forget(tx, now - IDEMPOTENCY_LIFE)
