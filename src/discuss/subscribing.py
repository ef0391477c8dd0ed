"""Hears what is published on a channel of Redis, however often the connection is lost."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

AGAIN = 1.0
"""Seconds before a lost connection is made again."""

QUIET = 5.0
"""Seconds of silence after which a connection is tested. If it stays silent it is dead, though nobody closed it."""


async def subscribe(
    redis: Redis, channel: str, hear: Callable[[bytes], object], joined: Callable[[], object] | None = None
) -> None:
    """Runs until it is cancelled. `joined` is called at each connection: what was published since the last one is lost."""
    while True:
        with suppress(RedisError, OSError):
            async with redis.pubsub() as line:
                await line.subscribe(channel)
                if joined is not None:
                    joined()
                await _hear(line, hear)
        await asyncio.sleep(AGAIN)


async def _hear(line: PubSub, hear: Callable[[bytes], object]) -> None:
    """Runs until the connection breaks. Does not use `listen`, which takes two quiet seconds for a broken connection."""
    tried = False
    while True:
        message = await line.get_message(timeout=QUIET)
        if message is None and tried:
            return
        if message is None:
            await line.ping()
        elif message["type"] == "message":
            hear(message["data"])
        tried = message is None
