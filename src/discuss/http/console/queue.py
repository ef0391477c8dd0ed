"""The queues: what waits, row by row, and the one comment that is open."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromQuery

from discuss.domain.queue import View
from discuss.http.console.desk import Desk, DeskGiven
from discuss.http.console.opened import opened
from discuss.http.console.sieve import Sieve, Sort, Tab, sieve_of
from discuss.http.console.voicing import REASONS
from discuss.usecases.read_queue import read_queue

SHOWN = 50
TOLD = frozenset({"published", "rejected", "held", "stale", "undone"})


@get("/{site:str}/queue")
async def queue(
    desk: DeskGiven, told: FromQuery[str] = "", undo: FromQuery[UUID | None] = None
) -> Response[Any]:
    sieve = sieve_of(desk.request)
    shown = await opened(desk, sieve.open) if sieve.open else {}
    listed = await _listed(desk, sieve)
    return desk.show(
        "console/queue.html", "console/pieces/rows.html", place="queue", reasons=REASONS, sorts=list(Sort),
        told=told if told in TOLD else "", undoable=undo, stepping=True, **listed, **({"item": None} | shown),
    )  # fmt: skip


async def _listed(desk: Desk, sieve: Sieve) -> dict[str, Any]:
    found = await read_queue(desk.services, desk.principal, desk.site.slug, View(), sieve.cursor, SHOWN)
    return {
        "sieve": sieve, "rows": found.items, "next_cursor": found.next_cursor, "tabs": list(Tab),
        "counts": dict.fromkeys(Tab), "oldest": None, "late": False, "holders": {}, "names": {},
        "languages_of": {code: code for code in desk.site.languages},
    }  # fmt: skip
