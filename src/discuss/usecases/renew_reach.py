"""Brings the reach of entries that wait in the queues in line with their discussions."""

from datetime import timedelta

from discuss.store import queue_entries
from discuss.usecases.services import Services

LOOKED_BACK = timedelta(minutes=3)
"""How far a job that runs every minute looks back: a late run misses nothing."""

PORTION, PORTIONS = 100, 20
"""Entries in one transaction, few enough that nobody who decides about one waits long; and transactions in one run.

What is left over is renewed a minute later, if its article is still active.
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
