"""The record's filters as they stand in the address of its page."""

from datetime import date
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from discuss.domain.decisions import Reason, Source
from discuss.domain.record import Wanted
from discuss.domain.states import State
from discuss.errors import InvalidInput
from discuss.http.console.sieve import midnight
from discuss.http.dependencies import Asked


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
    def query(self) -> str:
        """The query of this page."""
        return _query(self)

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


def record_sieve_of(request: Asked) -> RecordSieve:
    """From the address of the page; fields left empty are no filters. Raises `InvalidInput`."""
    ours = {name: value for name, value in request.query_params.items() if value}
    return _read({name: value for name, value in ours.items() if name not in {"lang", "told"}})


def record_sieve_in(query: str) -> RecordSieve:
    """From the query that a form carries in `record`. Raises `InvalidInput`."""
    return _read(dict(parse_qsl(query, max_num_fields=20)))


def _read(given: dict[str, str]) -> RecordSieve:
    try:
        return msgspec.convert(given, RecordSieve, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(str(error)) from error
