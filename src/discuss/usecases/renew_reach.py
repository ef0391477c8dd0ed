"""Brings the reach of what waits in the queues in line with the discussions it stands in."""

from datetime import timedelta

from discuss.store import queue_entries
from discuss.usecases.services import Services

LOOKED_BACK = timedelta(minutes=3)
"""Of a job that runs every minute: one that was late misses nothing."""

PORTION, PORTIONS = 100, 20
"""Entries in one transaction, for which nobody who decides about one of them has to wait long; and transactions in one run.

What is left over comes a minute later, if its article still moves.
"""


async def renew_reach(services: Services) -> int:
    """How many entries changed."""
    since, changed = services.clock() - LOOKED_BACK, 0
    for _ in range(PORTIONS):
        async with services.database.transaction() as tx:
            renewed = await queue_entries.renew_reach(tx, since, PORTION)
        changed += renewed
        if renewed < PORTION:
            break
    return changed
