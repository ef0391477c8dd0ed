"""Server-sent events, in bare ASGI: an idle listener costs a task and a connection, so there can be thousands."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, suppress

from litestar.types import Receive, Scope, Send

from discuss.http.origins import ANY_ORIGIN_RAW
from discuss.http.sending import HEAD_ONLY, NO_BODY

SEND_SECONDS = 30.0
"""Seconds after which a listener that accepts nothing is dropped."""

FAREWELL_SECONDS = 5.0
"""Seconds allowed for the last message of a stream: on an overloaded machine it took longer than one."""

HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class EventStream:
    """Sends events until there are no more, the client has gone, or `closed` is done.

    `public`: pages of other origins may listen. `left` is called when the stream ends, for whatever reason.
    """

    def __init__(
        self,
        events: AsyncIterator[bytes],
        closed: asyncio.Future[None],
        left: Callable[[], None] = lambda: None,
        *,
        public: bool,
    ) -> None:
        self._events, self._closed, self._left = events, closed, left
        self._headers = [*HEADERS, ANY_ORIGIN_RAW] if public else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._send(scope, receive, send)
        finally:
            self._left()

    async def _send(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        if HEAD_ONLY in scope:
            await send(NO_BODY)
            return
        sending = asyncio.create_task(_send_all(self._events, send))
        gone = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({sending, gone, self._closed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            gone.cancel()
            await asyncio.gather(sending, gone, return_exceptions=True)
        if self._closed.done() or _came_to_its_end(sending):
            with suppress(TimeoutError):
                async with asyncio.timeout(FAREWELL_SECONDS):
                    await send(NO_BODY)


async def _send_all(events: AsyncIterator[bytes], send: Send) -> None:
    async with aclosing(events) as opened:  # type: ignore[type-var]
        async for said in opened:
            async with asyncio.timeout(SEND_SECONDS):
                await send({"type": "http.response.body", "body": said, "more_body": True})


def _came_to_its_end(sending: asyncio.Task[None]) -> bool:
    return not sending.cancelled() and sending.exception() is None


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
