"""Early notice of a stop: the server itself tells the application only once every answer has ended, and streams would not end."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)

Handler = Callable[[int, FrameType | None], object]


@contextmanager
def told_at_once(told: Callable[[], None]) -> Iterator[None]:
    """Calls `told` in this loop as soon as a stop signal arrives; the handlers already installed are called too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    tell = partial(asyncio.get_running_loop().call_soon_threadsafe, told)
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    before = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number, handler in before.items():
        signal.signal(number, partial(_tell_both, tell, handler))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell_both(tell: Callable[[], object], before: Handler, number: int, frame: FrameType | None) -> None:
    tell()
    before(number, frame)
