"""Work that takes its time, beside the event loop, by code of which nobody knows whether it ever ends."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Answer = TypeVar("Answer")


async def aside(work: Callable[[], Answer], patience: float) -> Answer:
    """Raises what the work raises, and `TimeoutError`.

    Each has a thread of its own. One that hangs is left behind, for nothing can end it: it takes no other's place, and the
    process ends without it. Those of a pool would fill up with them, and be waited for in the end.
    """
    told: Future[Answer] = Future()
    threading.Thread(target=_tell, args=(told, work), name="aside", daemon=True).start()
    async with asyncio.timeout(patience):
        return await asyncio.wrap_future(told)


def _tell(told: Future[Answer], work: Callable[[], Answer]) -> None:
    if not told.set_running_or_notify_cancel():
        return
    try:
        told.set_result(work())
    except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to whoever waits
        told.set_exception(error)
