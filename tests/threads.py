"""Runs asynchronous work in a thread of its own, for callers that may already have an event loop."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


def in_thread(run: Callable[[], Awaitable[Answer]]) -> Answer:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(run())).result()  # type: ignore[arg-type]
