"""Pages of the moderators' queues: which comments are on them, however many there are and whatever narrows them.

Without a filter a page is read along an index. With one, nobody knows beforehand how rare it makes things, and where a word
and a queue have to do with each other the planner guesses wrong by seconds. So a short stretch of the index is walked first,
which finds what is frequent. What is rare is gathered through the index of facets and words, and sorted. Between the two,
in the order of time, entries are gathered some weeks at a time: no part of it costs more than what it finds. In any other
order more is walked if that promises a page, or PostgreSQL expects that very much fits. Is even then too much gathered,
it is frequent, only not here, and walking gets there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from discuss.domain.instants import MICROSECOND, from_micros
from discuss.domain.queue import Queue, Sort, View
from discuss.domain.states import State
from discuss.store import queue_views as views
from discuss.store.database import Tx
from discuss.store.estimating import expected_rows
from discuss.store.queue_entries import STEMS
from discuss.store.queue_views import KEYS, Place
from discuss.store.tables import queue_entries as entries

GLANCE = 2000
"""Entries that are walked first, one by one: they tell how frequent it is what fits."""

FEW = 300
"""Where PostgreSQL expects no more, all is gathered at once. Of several words it may expect a tenth of what there is."""

GATHERED, ENDLESS = 1500, 2**31 - 1
"""Most entries that are gathered and sorted: each costs some ten microseconds, and forty if its page is not in PostgreSQL's memory."""

TWICE = 2
"""What a few entries of the first stretch promise must be so much more than the page: they may stand there by chance."""

SPAN, WIDER, SPANS = timedelta(weeks=1), 4, 3
"""The first stretch of time that is gathered, how much longer each of the next is, and how many there are before all the rest."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How far is walked then, and how many fitting entries must be expected for that."""

    far: int
    frequent: int


SHORT, LONG = Stretch(3000, GATHERED), Stretch(8000, 10_000)


async def is_searchable(tx: Tx, search: str) -> bool:
    """Whether a search asks for any word at all: not only for excluded ones, or those that every text has."""
    asked = func.querytree(func.websearch_to_tsquery(STEMS, search))
    return await tx.scalar(select(asked)) not in {"", "T", None}


async def places(
    tx: Tx, site_id: UUID, asker: UUID, view: View, after: Place | None, limit: int, now: datetime
) -> Sequence[Place]:
    """The first ones of a view, or those after a place."""
    search, by_reports = Search(tx, site_id, asker, now), view.order is Sort.REPORTS
    if view.comments is not None or (view.queue is Queue.REPORTED and not by_reports):
        return await search.gather(view, after, limit, ENDLESS - 1) or []
    if not search.narrows(view):
        return await search.read(view, views.along(view, site_id, after, limit))
    found = await search.walk(view, after, limit, GLANCE)
    if len(found) == limit:
        return found
    if views.is_by_time(view) and not views.home(view):
        return await _week_by_week(search, view, after, limit, found)
    return await _in_any_order(search, view, after, limit, found)


@dataclass(frozen=True, slots=True)
class Search:
    """The two ways to find entries that fit: along the order of the queue, or from all that fits."""

    tx: Tx
    site_id: UUID
    asker: UUID
    now: datetime

    def narrows(self, view: View) -> bool:
        return bool(views.narrowing(view, entries, self.asker, self.now))

    async def read(self, view: View, query: Select[Any]) -> Sequence[Place]:
        return [views.place(view, key, found) for key, found in await self.tx.execute(query)]

    async def walk(self, view: View, after: Place | None, limit: int, far: int) -> Sequence[Place]:
        walked = views.along(view, self.site_id, after, far, whole=True).subquery("walked")
        fitting = select(walked.c[KEYS[view.order]], walked.c.comment_id)
        fitting = fitting.where(*views.narrowing(view, walked, self.asker, self.now))
        return await self.read(view, views.first(view, walked, fitting, limit))

    async def end_of_walk(self, view: View, after: Place | None, far: int) -> Place | None:
        """The last entry that a walk came by; None if it came by all there are."""
        last = views.along(view, self.site_id, after, far).offset(far - 1)
        return next(iter(await self.read(view, last)), None)

    async def gather(self, view: View, after: Place | None, limit: int, most: int) -> Sequence[Place] | None:
        """None if more than `most` fit.

        A materialised part is planned as if it were read to its end, and is not: nothing walks along the order after all.
        """
        every = self.every(view, after).cte("every").prefix_with("MATERIALIZED")
        some = select(every).limit(most + 1).subquery("some")
        counted = select(some, func.count().over().label("number"))
        rows = (await self.tx.execute(views.first(view, some, counted, limit))).all()
        return None if rows and rows[0].number > most else [views.place(view, *row[:2]) for row in rows]

    async def expected(self, view: View, after: Place | None) -> int:
        return await expected_rows(self.tx, self.every(view, after))

    def every(self, view: View, after: Place | None) -> Select[Any]:
        return views.every(self.site_id, view, self.asker, after, self.now)


async def _week_by_week(
    search: Search, view: View, after: Place | None, limit: int, found: Sequence[Place]
) -> Sequence[Place]:
    """`found`: by the first glance, behind whose end the rest is looked for."""
    after = await search.end_of_walk(view, after, GLANCE)
    if after is None:
        return found
    if await search.expected(view, after) <= FEW:
        gathered = await search.gather(view, after, limit - len(found), GATHERED)
        if gathered is not None:
            return [*found, *gathered]
    for span in _spans(view, from_micros(int(after.key))):
        wanted = limit - len(found)
        gathered = await search.gather(span, after, wanted, GATHERED)
        if gathered is None:
            return [*found, *await search.walk(_on_from(view, span), after, wanted, ENDLESS)]
        found = [*found, *gathered]
        if len(found) == limit:
            break
    return found


def _spans(view: View, at: datetime) -> Iterator[View]:
    """What a view has from an instant on, in its order: some stretches of time, each longer than the one before, and the rest."""
    on = view.order is Sort.OLDEST
    at = at if on else at + MICROSECOND  # a range of time ends before its end
    for length in (SPAN * WIDER**number for number in range(SPANS)):
        end = at + length if on else at - length
        last = view.until if on else view.since
        if last is not None and (end >= last if on else end <= last):
            break
        yield replace(view, since=at, until=end) if on else replace(view, since=end, until=at)
        at = end
    yield replace(view, since=at) if on else replace(view, until=at)


def _on_from(view: View, span: View) -> View:
    """All of a view but what comes before a stretch of it."""
    return replace(view, since=span.since) if view.order is Sort.OLDEST else replace(view, until=span.until)


async def _in_any_order(
    search: Search, view: View, after: Place | None, limit: int, found: Sequence[Place]
) -> Sequence[Place]:
    """`found`: by the first glance, which tells how frequent it is what fits."""
    stretch = _stretch(view)
    promised = len(found) * stretch.far // GLANCE
    if promised >= TWICE * limit or await search.expected(view, after) > stretch.frequent:
        found = await search.walk(view, after, limit, stretch.far)
    if len(found) == limit:
        return found
    gathered = await search.gather(view, after, limit, GATHERED)
    return await search.walk(view, after, limit, ENDLESS) if gathered is None else gathered


def _stretch(view: View) -> Stretch:
    """In the long queues most entries were published, and cost less than those that fit: further is walked there."""
    is_long = view.queue in {Queue.UNMODERATED, Queue.ALL} and view.state is not State.HELD
    return LONG if is_long else SHORT
