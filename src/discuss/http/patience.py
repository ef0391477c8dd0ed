"""Limits how long a request's body may take to arrive, so that a stalled client cannot hold a connection for ever."""

import asyncio
from typing import Any

from litestar.types import HTTPDisconnectEvent, Receive

BODY_SECONDS = 30.0


def patient(receive: Receive) -> Receive:
    """Passes the body on as it comes; once its time is up, reports that the client has disconnected."""
    deadline: float | None = None
    complete = False

    async def receive_in_time() -> Any:
        nonlocal deadline, complete
        if complete:
            return await receive()
        deadline = deadline or asyncio.get_running_loop().time() + BODY_SECONDS
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            return HTTPDisconnectEvent(type="http.disconnect")
        complete = not message.get("more_body", False)
        return message

    return receive_in_time
