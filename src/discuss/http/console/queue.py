"""The queues: a list of comments, and the one that is open."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromQuery, QueryParameter

from discuss.domain.queue import MOST_COUNTED, Queue, View, Waiting, orders
from discuss.errors import InvalidInput
from discuss.http.console.desk import Desk, DeskGiven
from discuss.http.console.naming import named, names_of
from discuss.http.console.opened import opened
from discuss.http.console.sieve import TOLD, Sieve, sieve_of
from discuss.http.console.voicing import REASONS
from discuss.usecases.count_queue import count_queue
from discuss.usecases.read_queue import QueuePage, read_queue

SHOWN = 50
MOST_RENEWED = 60
Changed = Annotated[list[UUID] | None, QueryParameter(name="id", max_items=MOST_RENEWED)]
Everything = Annotated[bool, QueryParameter(name="all")]


@get("/{site:str}/queue")
async def queue(
    desk: DeskGiven, told: FromQuery[str] = "", undo: FromQuery[UUID | None] = None
) -> Response[Any]:
    asked = await named(desk, sieve_of(desk.request))
    sieve, complaint = asked.sieve, asked.complaint
    view = sieve.view(desk.site.time_zone)
    try:
        found = await _page(desk, view, sieve.cursor)
    except InvalidInput:
        if sieve.search is None or sieve.order not in orders(sieve.queue):
            raise
        found, complaint = QueuePage([], None), "search"
    shown = await opened(desk, sieve.open, take=True) if sieve.open else {"item": None}
    return desk.show(
        "console/queue.html", "console/pieces/rows.html", place="queue", told=told if told in TOLD else "", undoable=undo,
        stepping=True, reasons=REASONS, sorts=orders(sieve.queue), rows=found.items, next_cursor=found.next_cursor,
        names=await names_of(desk, sieve, found.items), offered=asked.offered, complaint=complaint,
        **_row_parts(desk, sieve), **await _counted(desk), **shown,
    )  # fmt: skip


@get("/{site:str}/queue/changes")
async def changes(desk: DeskGiven, changed: Changed = None, everything: Everything = False) -> Response[Any]:
    """For scripts: the counts, and the rows of the comments that may have changed.

    With `all`, also every row of the page: for a script that cannot know which ones changed.
    """
    sieve, asked = sieve_of(desk.request), set(changed or ())
    view = sieve.view(desk.site.time_zone)
    rows = (await _page(desk, replace(view, comments=asked), None, MOST_RENEWED)).items if asked else []
    gone = asked - {row.comment_id for row in rows}
    if everything:
        page = await _page(desk, view, sieve.cursor)
        rows = [*rows, *(row for row in page.items if row.comment_id not in asked)]
    return desk.show(
        "console/pieces/changes.html", place="queue", rows=rows, gone=gone, item=None, **_row_parts(desk, sieve),
        **await _counted(desk),
    )  # fmt: skip


async def _page(desk: Desk, view: View, cursor: str | None, limit: int = SHOWN) -> QueuePage:
    return await read_queue(desk.services, desk.principal, desk.site.slug, view, cursor, limit)


def _row_parts(desk: Desk, sieve: Sieve) -> dict[str, Any]:
    return {"sieve": sieve, "me": desk.principal.account_id}


async def _counted(desk: Desk) -> dict[str, Any]:
    waiting = await count_queue(desk.services, desk.principal, desk.site.slug)
    return {"tabs": list(Queue), "waiting": waiting, "most": MOST_COUNTED, "oldest": _oldest(waiting)}


def _oldest(waiting: Waiting) -> Any:
    known = [at for at in (waiting.held_since, waiting.reported_since) if at is not None]
    return min(known, default=None)
