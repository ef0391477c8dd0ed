"""Forgets what is over: ended sessions and claims, idempotency keys older than a day, texts that no newer one is compared with."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from discuss.domain.likeness import LOOKED_BACK
from discuss.store import accounts, claims, forgetting, idempotency, likenesses, tallies
from discuss.store.database import Tx
from discuss.usecases.services import Services

IDEMPOTENCY_LIFE = timedelta(hours=24)
TALLIES_LIFE = timedelta(days=90)

LONGEST = timedelta(minutes=1)
"""For one kind: what is left of it then goes next time, and the others are not kept waiting."""


async def tidy(services: Services) -> None:
    now = services.clock()
    await _forget(services, accounts.forget_ended_sessions, now)
    await _forget(services, idempotency.forget, now - IDEMPOTENCY_LIFE)
    await _forget(services, claims.forget, now)
    await _forget(services, likenesses.forget, now - LOOKED_BACK)
    await _forget(services, likenesses.forget_bands, now - LOOKED_BACK)
    await _forget(services, tallies.forget, now - TALLIES_LIFE)


async def _forget(
    services: Services, some: Callable[[Tx, datetime], Awaitable[int]], before: datetime
) -> None:
    """Some at a time, each a transaction: what was forgotten stays so, however much there is after an outage."""
    end, found = services.clock() + LONGEST, forgetting.PORTION
    while found == forgetting.PORTION and services.clock() < end:
        async with services.database.statement() as tx:
            found = await some(tx, before)
