"""Which comments the queue shows: what is in the address of the page, and the addresses of its neighbours."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct, structs

from discuss.domain.decisions import Reason, Source
from discuss.domain.queue import Queue, Sort, View
from discuss.domain.states import State
from discuss.errors import InvalidInput
from discuss.http.dependencies import Asked

NARROWING = (
    "search",
    "article",
    "author",
    "language",
    "label",
    "state",
    "decided_by",
    "since",
    "until",
    "unclaimed",
)
TOLD = frozenset({"published", "rejected", "held", "stale", "undone", "noted", "many"})
"""What a form may say of itself in the address it leads to."""

KEPT_BY_TABS = ("search", "article", "author", "language")


class Sieve(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """The days are those of the site's own calendar."""

    queue: Queue = Queue.HELD
    sort: Sort | None = None
    search: Annotated[str, Meta(max_length=200)] | None = None
    article: UUID | None = None
    author: UUID | None = None
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}$")] | None = None
    label: Reason | None = None
    state: State | None = None
    decided_by: Source | None = None
    since: date | None = None
    until: date | None = None
    unclaimed: Literal["yes"] | None = None
    cursor: Annotated[str, Meta(max_length=200)] | None = None
    open: UUID | None = None

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters that are on, by the names of their parameters."""
        return {name: str(value) for name in NARROWING if (value := getattr(self, name)) is not None}

    @property
    def order(self) -> Sort:
        return View(self.queue, self.sort).order

    def view(self, zone: str) -> View:
        """What the use case is asked for; both days are included."""
        return View(
            queue=self.queue, sort=self.sort, article_id=self.article, author_id=self.author, language=self.language,
            label=self.label, state=self.state, decided_by=self.decided_by, since=midnight(self.since, zone),
            until=midnight(self.until, zone, days=1), search=self.search,
            unclaimed=self.unclaimed is not None,
        )  # fmt: skip

    @property
    def grows(self) -> bool:
        """Whether what comes in belongs at the end of the list as it is shown."""
        return self.order is Sort.OLDEST and not self.narrowing and self.queue is not Queue.ALL

    @property
    def query(self) -> str:
        """As it stands, without the item that is open."""
        return _query(structs.replace(self, open=None))

    def with_cursor(self, cursor: str) -> str:
        return _query(structs.replace(self, cursor=cursor, open=None))

    def opening(self, comment_id: UUID) -> str:
        return _query(structs.replace(self, open=comment_id))

    def only(self, tab: str) -> str:
        """Another queue under the same filters, where they make sense there."""
        kept = {name: getattr(self, name) for name in KEPT_BY_TABS}
        return _query(Sieve(queue=Queue(tab), **kept))

    def among(self, **chosen: UUID) -> str:
        """This queue, of one author or one article only."""
        return _query(structs.replace(self, cursor=None, open=None, **chosen))

    def without(self, name: str) -> str:
        return _query(structs.replace(self, cursor=None, open=None, **{name: None}))


def midnight(day: date | None, zone: str, *, days: int = 0) -> datetime | None:
    """The beginning of that day where the site is, or of a later one. Raises `InvalidInput` beyond the calendar."""
    if day is None:
        return None
    try:
        return datetime.combine(day + timedelta(days=days), time(), ZoneInfo(zone)).astimezone(UTC)
    except OverflowError as error:
        raise InvalidInput("There is no such day.") from error


def _query(sieve: Sieve) -> str:
    told = msgspec.to_builtins(sieve)
    defaults = msgspec.to_builtins(Sieve()) | {"queue": None}
    return urlencode({name: value for name, value in told.items() if value != defaults[name]})


def sieve_of(request: Asked) -> Sieve:
    """From the address; fields of the form that were left empty are no filters. Raises `InvalidInput`."""
    return _read({name: value for name, value in request.query_params.items() if value})


def sieve_in(query: str) -> Sieve:
    """From a form that carries the address it stood on. Raises `InvalidInput`."""
    return _read(dict(parse_qsl(query, max_num_fields=20)))


def _read(given: dict[str, str]) -> Sieve:
    try:
        return msgspec.convert(given, Sieve, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(str(error)) from error
