"""Early notice of a stop: the server itself tells the application only once every answer has ended, and streams would not end."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)

Handler = Callable[[int, FrameType | None], object]


def kept_while_loading() -> None:
    """From now on, stop signals to a forked process wait until `told_at_once`.

    Until the server installs handlers of its own, which it does once it has loaded the application, a fork has those of its
    parent: they would take the signal and do nothing, and the process would go on until it is killed.
    """
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, SIGNALS),
        after_in_parent=_heed,
    )


def _heed() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


@contextmanager
def told_at_once(*told: Callable[[], None]) -> Iterator[None]:
    """Calls all `told` in this loop as soon as a stop signal arrives; the handlers already installed are called too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def tell() -> None:
        for one in told:
            loop.call_soon_threadsafe(one)

    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    before = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number, handler in before.items():
        signal.signal(number, partial(_tell_both, tell, handler))
    _heed()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell_both(tell: Callable[[], None], before: Handler, number: int, frame: FrameType | None) -> None:
    tell()
    before(number, frame)
