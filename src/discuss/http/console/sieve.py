"""The queue's filters as they stand in the address of its page, and the addresses of related pages."""

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
TOLD = frozenset({"published", "rejected", "held", "stale", "changed", "undone", "noted", "many"})
"""What a form may report in the address it leads to."""

KEPT_BY_TABS = ("search", "article", "author", "language")


class Sieve(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """`since` and `until` are days in the site's time zone."""

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
        """For the use case. Both days are included."""
        return View(
            queue=self.queue, sort=self.sort, article_id=self.article, author_id=self.author, language=self.language,
            label=self.label, state=self.state, decided_by=self.decided_by, since=midnight(self.since, zone),
            until=midnight(self.until, zone, days=1), search=self.search,
            unclaimed=self.unclaimed is not None,
        )  # fmt: skip

    @property
    def grows(self) -> bool:
        """Whether new comments belong at the end of the list as shown."""
        return self.order is Sort.OLDEST and not self.narrowing and self.queue is not Queue.ALL

    @property
    def query(self) -> str:
        """The query of this page, without the comment that is open."""
        return _query(structs.replace(self, open=None))

    def with_cursor(self, cursor: str) -> str:
        return _query(structs.replace(self, cursor=cursor, open=None))

    def opening(self, comment_id: UUID) -> str:
        return _query(structs.replace(self, open=comment_id))

    def only(self, tab: str) -> str:
        """Another queue, with those of the filters that make sense in any queue."""
        kept = {name: getattr(self, name) for name in KEPT_BY_TABS}
        return _query(Sieve(queue=Queue(tab), **kept))

    def among(self, **chosen: UUID) -> str:
        """This queue, narrowed to one author or one article."""
        return _query(structs.replace(self, cursor=None, open=None, **chosen))

    def without(self, name: str) -> str:
        return _query(structs.replace(self, cursor=None, open=None, **{name: None}))


def midnight(day: date | None, zone: str, *, days: int = 0) -> datetime | None:
    """The start of a day in the site's time zone, or of the one `days` later. Raises `InvalidInput` if it is out of range."""
    if day is None:
        return None
    try:
        return datetime.combine(day + timedelta(days=days), time(), ZoneInfo(zone)).astimezone(UTC)
    except OverflowError as error:
        raise InvalidInput("This date is out of range.") from error


def _query(sieve: Sieve) -> str:
    told = msgspec.to_builtins(sieve)
    defaults = msgspec.to_builtins(Sieve()) | {"queue": None}
    return urlencode({name: value for name, value in told.items() if value != defaults[name]})


def sieve_of(request: Asked) -> Sieve:
    """From the address of the page; fields left empty are no filters. Raises `InvalidInput`."""
    return _read({name: value for name, value in request.query_params.items() if value})


def sieve_in(query: str) -> Sieve:
    """From the query that a form carries in `back`. Raises `InvalidInput`."""
    return _read(dict(parse_qsl(query, max_num_fields=20)))


def _read(given: dict[str, str]) -> Sieve:
    try:
        return msgspec.convert(given, Sieve, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(str(error)) from error
