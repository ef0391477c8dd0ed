"""Deletes what is over: ended sessions and claims, idempotency keys older than a day, likenesses that no newer text is compared with, old tallies."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from discuss.domain.likeness import LOOKED_BACK
from discuss.store import accounts, claims, forgetting, idempotency, likenesses, tallies
from discuss.store.database import Tx
from discuss.usecases.services import Services

IDEMPOTENCY_LIFE = timedelta(hours=24)
TALLIES_LIFE = timedelta(days=90)

LONGEST = timedelta(minutes=1)
"""The longest to spend on one kind: the rest of it waits until the next run, so that the other kinds get their turn."""


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
    """Deletes some at a time, each portion in its own transaction: progress is kept however much there is after an outage."""
    end, found = services.clock() + LONGEST, forgetting.PORTION
    while found == forgetting.PORTION and services.clock() < end:
        async with services.database.statement() as tx:
            found = await some(tx, before)
