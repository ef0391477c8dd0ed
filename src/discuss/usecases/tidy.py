"""Forgets what is over: ended sessions and claims, idempotency keys older than a day, texts that no newer one is compared with."""

from datetime import timedelta

from discuss.domain.likeness import LOOKED_BACK
from discuss.store import accounts, claims, idempotency, likenesses, tallies
from discuss.usecases.services import Services

IDEMPOTENCY_LIFE = timedelta(hours=24)
TALLIES_LIFE = timedelta(days=90)


async def tidy(services: Services) -> None:
    now = services.clock()
    async with services.database.transaction() as tx:
        await accounts.forget_ended_sessions(tx, now)
        await idempotency.forget(tx, now - IDEMPOTENCY_LIFE)
        await claims.forget(tx, now)
        await likenesses.forget(tx, now - LOOKED_BACK)
        await tallies.forget(tx, now - TALLIES_LIFE)
