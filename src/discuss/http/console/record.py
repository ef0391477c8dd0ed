"""The record of decisions: everything that was ever decided on a site, and on what grounds."""

from typing import Any

from litestar import Response, get
from litestar.params import FromQuery

from discuss.http.console.desk import DeskGiven
from discuss.http.console.naming import author_name
from discuss.http.console.record_sieve import record_sieve_of
from discuss.http.console.sieve import TOLD
from discuss.usecases.read_record import read_record

SHOWN = 50


@get("/{site:str}/decisions")
async def record(desk: DeskGiven, told: FromQuery[str] = "") -> Response[Any]:
    sieve = record_sieve_of(desk.request)
    found = await read_record(
        desk.services, desk.principal, desk.site.slug, sieve.wanted(desk.site.time_zone), sieve.cursor, SHOWN
    )
    names = {
        "author": await author_name(desk, sieve.author) if sieve.author else "",
        "moderator": found.entries[0].moderator if sieve.moderator and found.entries else "",
    }
    return desk.show(
        "console/record.html", place="decisions", sieve=sieve, found=found, names=names, told=told if told in TOLD else "",
    )  # fmt: skip
