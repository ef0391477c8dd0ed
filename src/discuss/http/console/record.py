"""The record of decisions: everything that was ever decided on a site, and on what grounds."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, get
from msgspec import Struct, structs

from discuss.domain.decisions import Reason, Source
from discuss.domain.record import Wanted
from discuss.domain.states import State
from discuss.errors import InvalidInput
from discuss.http.console.desk import DeskGiven
from discuss.http.console.naming import author_name
from discuss.http.console.sieve import midnight
from discuss.usecases.read_record import read_record

SHOWN = 50


class RecordSieve(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    source: Source | None = None
    state: State | None = None
    reason: Reason | None = None
    moderator: UUID | None = None
    comment: UUID | None = None
    author: UUID | None = None
    batch: UUID | None = None
    since: date | None = None
    until: date | None = None
    cursor: str | None = None

    def wanted(self, zone: str) -> Wanted:
        return Wanted(
            self.source, self.moderator, self.state, self.reason, self.comment, self.author, self.batch,
            midnight(self.since, zone), midnight(self.until, zone, days=1),
        )  # fmt: skip

    @property
    def whose(self) -> dict[str, UUID]:
        """The filters by id, which have no field in the form."""
        given = {name: getattr(self, name) for name in ("moderator", "author", "comment", "batch")}
        return {name: value for name, value in given.items() if value}

    def by(self, moderator: UUID) -> str:
        return _query(structs.replace(self, moderator=moderator, cursor=None))

    def without(self, name: str) -> str:
        return _query(structs.replace(self, cursor=None, **{name: None}))

    def with_cursor(self, cursor: str) -> str:
        return _query(structs.replace(self, cursor=cursor))


def _query(sieve: RecordSieve) -> str:
    told = msgspec.to_builtins(sieve)
    return urlencode({name: value for name, value in told.items() if value is not None})


@get("/{site:str}/decisions")
async def record(desk: DeskGiven) -> Response[Any]:
    given = {name: value for name, value in desk.request.query_params.items() if value and name != "lang"}
    try:
        sieve = msgspec.convert(given, RecordSieve, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(str(error)) from error
    found = await read_record(
        desk.services, desk.principal, desk.site.slug, sieve.wanted(desk.site.time_zone), sieve.cursor, SHOWN
    )
    names = {
        "author": await author_name(desk, sieve.author) if sieve.author else "",
        "moderator": found.entries[0].moderator if sieve.moderator and found.entries else "",
    }
    return desk.show("console/record.html", place="decisions", sieve=sieve, found=found, names=names)
