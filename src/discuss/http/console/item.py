"""One comment at its own address. The queue's script loads it from here as a piece, without the page around it."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from discuss.domain.queue import Queue
from discuss.http.console.desk import DeskGiven
from discuss.http.console.opened import opened
from discuss.http.console.sieve import TOLD, Sieve, sieve_of


@get("/{site:str}/items/{comment_id:uuid}")
async def item(desk: DeskGiven, comment_id: FromPath[UUID], told: FromQuery[str] = "") -> Response[Any]:
    """A script names the queue that the comment is in; on its own page it belongs to none."""
    sieve = sieve_of(desk.request) if desk.wants_piece else Sieve(Queue.ALL)
    shown = await opened(desk, comment_id, take=not desk.wants_piece)
    return desk.show(
        "console/item.html", "console/pieces/item.html", place="queue", told=told if told in TOLD else "", stepping=desk.wants_piece,
        sieve=sieve, **shown,
    )  # fmt: skip
