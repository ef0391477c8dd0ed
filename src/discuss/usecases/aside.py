"""Slow work beside the event loop, by code that may never return."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Answer = TypeVar("Answer")


async def aside(work: Callable[[], Answer], patience: float) -> Answer:
    """Raises what the work raises, and `TimeoutError`.

    Each call has a thread of its own. One that hangs cannot be ended and is left behind: it takes nobody else's place, and
    the process exits without it. A pool would fill up with such threads, and would wait for them at exit.
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
