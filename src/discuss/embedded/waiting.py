"""Waiting for something to become true, never for a fixed time."""

import time
from collections.abc import Callable

POLL_SECONDS = 0.02


class Cancelled(Exception):
    """The caller no longer wants what it waited for."""


def never() -> bool:
    return False


def wait_until(
    condition: Callable[[], bool],
    seconds: float,
    cancelled: Callable[[], bool] = never,
    pause: float = POLL_SECONDS,
) -> bool:
    """Whether the condition came true in time. Raises `Cancelled` as soon as `cancelled` says so."""
    end = time.monotonic() + seconds
    while not condition():
        if cancelled():
            raise Cancelled
        if time.monotonic() >= end:
            return False
        time.sleep(pause)
    return True
