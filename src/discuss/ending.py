"""Ends background tasks, also while they talk to Redis."""

import asyncio
from collections.abc import Collection
from typing import Any

TOLD_AGAIN = 0.25
"""Seconds after which a task that goes on is told once more to stop."""


async def end(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Before Python 3.12 `asyncio.wait_for`, by which redis-py sends, loses a cancellation that comes as it is done."""
    while going := [task for task in tasks if not task.done()]:
        for task in going:
            task.cancel()
        await asyncio.wait(going, timeout=TOLD_AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)  # one that failed keeps no other from ending
