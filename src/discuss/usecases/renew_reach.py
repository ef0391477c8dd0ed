"""Brings the reach of what waits in the queues in line with the discussions it stands in."""

from datetime import timedelta

from discuss.store import queue_entries
from discuss.usecases.services import Services

LOOKED_BACK = timedelta(minutes=3)
"""Of a job that runs every minute: one that was late misses nothing."""

MOST = 2000
"""Entries in one run, so that it stays short; what is left over comes a minute later, if its article still moves."""


async def renew_reach(services: Services) -> int:
    """How many entries changed."""
    async with services.database.transaction() as tx:
        return await queue_entries.renew_reach(tx, services.clock() - LOOKED_BACK, MOST)
