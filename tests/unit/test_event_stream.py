"""How a stream of events begins and ends on the wire."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from discuss.http.stream import EventStream

LAST = {"type": "http.response.body", "body": b"", "more_body": False}


async def two() -> AsyncIterator[bytes]:
    yield b"one"
    yield b"two"


async def broken() -> AsyncIterator[bytes]:
    yield b"one"
    raise OSError


async def sent(events: AsyncIterator[bytes]) -> tuple[list[Any], bool]:
    """What a client that stays receives, and whether `left` was called once."""
    messages, left = [], []

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        messages.append(message)

    closed = asyncio.get_running_loop().create_future()
    await EventStream(events, closed, lambda: left.append(True), public=False)({}, receive, send)
    return messages[1:], left == [True]


async def test_a_stream_that_comes_to_its_end_is_complete() -> None:
    messages, left = await sent(two())
    assert [message["body"] for message in messages] == [b"one", b"two", b""]
    assert messages[-1] == LAST
    assert left


async def test_a_stream_that_breaks_off_does_not_look_complete() -> None:
    messages, left = await sent(broken())
    assert [message["body"] for message in messages] == [b"one"]
    assert left
