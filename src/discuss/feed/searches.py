"""Full answers that PostgreSQL gave where a window does not reach: sought once however many ask, and kept for a moment and for outages."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NamedTuple, Self

import msgspec

from discuss.errors import Unavailable
from discuss.feed.answers import Query
from discuss.feed.snapshot import Snapshot
from discuss.feed.window import Window

FRESH = 1.0
"""Seconds an answer is given out without a new search, whatever changes: on a busy site that is with every vote."""

MEANWHILE = 3.0
"""Seconds it is still given out while a new search is under way."""

MOST_AT_ONCE = 2
"""A filter that few articles meet goes through all of a site's: a second with a million. Many at once would stop everybody."""

PATIENCE = 1.0
"""Seconds to wait for one's turn; then what this process holds must do."""

MOST_KEPT = 512

Asked = tuple[str, Query]
"""A site's slug and a query without `since`."""


class _Named(msgspec.Struct):
    id: str


class _Row(_Named):
    editions: list[_Named] = []


class _Told(msgspec.Struct):
    point: str
    articles: list[_Row]


class _Written(msgspec.Struct):
    articles: list[msgspec.Raw]


@dataclass(frozen=True, slots=True)
class Found:
    """A full answer. `ids`: the articles in it, editions included."""

    snapshot: Snapshot
    point: str
    ids: frozenset[str]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        told = msgspec.json.decode(snapshot.body, type=_Told)
        return cls(snapshot, told.point, frozenset(name for row in told.articles for name in _named(row)))

    def names_gone(self, window: Window) -> bool:
        """Whether an article in it has left since, or may have, for all that this window knows."""
        seq = self._seq(window)
        return seq is None or any(window.gone.get(article_id, 0) > seq for article_id in self.ids)

    def rows_beyond(self, window: Window) -> list[bytes]:
        """Its rows, as JSON, of which this window holds no article and knows of none that has left since, or may have."""
        seq = self._seq(window)
        if seq is None:
            return []
        told = msgspec.json.decode(self.snapshot.body, type=_Told).articles
        written = msgspec.json.decode(self.snapshot.body, type=_Written).articles
        return [
            bytes(row)
            for names, row in zip(map(_named, told), written, strict=True)
            if all(window.article(name) is None and window.gone.get(name, 0) <= seq for name in names)
        ]

    def _seq(self, window: Window) -> int | None:
        """Its `seq`; None: the window cannot name all that has left since."""
        seq = window.reached(self.point)
        return None if seq is None or seq < window.unseen else seq


def _named(row: _Row) -> frozenset[str]:
    """The articles in a row, editions included."""
    return frozenset(one.id for one in (row, *row.editions))


class Kept(NamedTuple):
    found: Found
    at: float


Search = Callable[[], Awaitable[Found]]


class Searches:
    """`slots` bounds how many searches by language or tag are under way."""

    def __init__(
        self, fresh: float = FRESH, meanwhile: float = MEANWHILE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fresh, self._meanwhile, self._clock = fresh, meanwhile, clock
        self._kept: OrderedDict[Asked, Kept] = OrderedDict()
        self._under_way: dict[Asked, asyncio.Task[Found]] = {}
        self.slots = asyncio.Semaphore(MOST_AT_ONCE)

    async def share(self, asked: Asked, search: Search, holds: Callable[[Found], bool]) -> Found:
        """An answer that is at most a few seconds old, if it still `holds`; otherwise that of one search for all who wait.

        Raises what `search` raises.
        """
        kept = self._kept.get(asked)
        if kept is None or not holds(kept.found):
            return await asyncio.shield(self._begin(asked, search))
        age = self._clock() - kept.at
        if age < self._fresh:
            return kept.found
        searching = self._begin(asked, search)
        return kept.found if age < self._meanwhile else await asyncio.shield(searching)

    async def make(self, asked: Asked, search: Search) -> Found:
        """Searches now, whoever else does."""
        found = await search()
        self._kept[asked] = Kept(found, self._clock())
        self._kept.move_to_end(asked)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return found

    def last(self, asked: Asked) -> Found | None:
        """What PostgreSQL said last, for as long as it is away: it may be true no longer."""
        kept = self._kept.get(asked)
        return None if kept is None else kept.found

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Raises `Unavailable` where too many search."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.slots.acquire()
        except TimeoutError as error:
            raise Unavailable("Too many searches are under way. Please try again in a moment.") from error
        try:
            yield
        finally:
            self.slots.release()

    def _begin(self, asked: Asked, search: Search) -> asyncio.Task[Found]:
        if asked not in self._under_way:
            task = self._under_way[asked] = asyncio.create_task(self.make(asked, search))
            task.add_done_callback(lambda done: self._end(asked, done))
        return self._under_way[asked]

    def _end(self, asked: Asked, done: asyncio.Task[Found]) -> None:
        """Nobody may be waiting any more; the error was told to those who did."""
        del self._under_way[asked]
        if not done.cancelled():
            done.exception()
