"""Pages of the moderators' queues: which comments are on them, however long a queue is and whatever filters narrow it.

Without a filter, a page is read along an index. With one, nobody knows beforehand how rare matches are, and where a word
and a queue are related, the planner's wrong guess costs seconds. So a short stretch of the index is walked first, which
finds what is frequent. What is rare is gathered through the index of facets and words, and sorted. Between the two, in a
long queue ordered by time, the next weeks are gathered first; in any other, the walk goes on if that promises a page, or if
PostgreSQL expects very many matches. If even then too many are gathered, they are frequent, only not here, and walking on
will reach them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, column, func, literal_column, or_, select, table

from discuss.domain.instants import MICROSECOND, from_micros
from discuss.domain.queue import Queue, Sort, View
from discuss.domain.states import State
from discuss.store import queue_views as views
from discuss.store.database import Tx
from discuss.store.estimating import expected_rows
from discuss.store.queue_entries import STEMS, WEEK
from discuss.store.queue_views import KEYS, Place
from discuss.store.tables import queue_entries as entries

GLANCE = 2000
"""Entries that are walked first, one by one: they tell how frequent matches are."""

GATHERED, ENDLESS = 1500, 2**31 - 1
"""The most entries that are gathered and sorted. Each costs some ten microseconds, or forty if its page is not in PostgreSQL's memory."""

TWICE = 2
"""How many times a full page the matches of the first stretch must promise: a few may be there by chance."""

TOGETHER = 10
"""How much more often than PostgreSQL expects words may occur together: words of one language occur only in its texts.

It is better to expect too much than too little: searching the next weeks in vain costs less than gathering in vain.
"""

SPANS = (20, 40)
"""Lengths of the time ranges that are gathered one after the other, as multiples of the time the glance covered. Together they
hold some hundred thousand entries: what does not fill a page there is rare enough to be gathered whole."""


# Parts of a statement, by name alone: working out the columns of each anew would take longer than some of the statements.
WALKED, COUNTED, EVERY, SOME = (
    table(name, *(column(one.name, one.type) for one in entries.c), column("number", BigInteger))
    for name in ("walked", "counted", "every", "some")
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """`far`: how far to walk after the glance. `frequent`: walk if PostgreSQL expects more matches than this."""

    far: int
    frequent: int


SHORT, LONG = Stretch(3000, GATHERED), Stretch(8000, 10_000)


FAR_BY_TIME = 60_000
"""How far to walk in the order of time instead: the table is stored in it, so an entry costs one microsecond rather than ten."""


async def is_searchable(tx: Tx, search: str) -> bool:
    """Whether a search asks for any word at all, and not only for excluded words or those that every text has."""
    asked = func.querytree(func.websearch_to_tsquery(STEMS, search))
    return await tx.scalar(select(asked)) not in {"", "T", None}


async def places(
    tx: Tx, site_id: UUID, asker: UUID, view: View, after: Place | None, limit: int, now: datetime
) -> Sequence[Place]:
    """The first places of a view, or the first ones after a given place."""
    search, by_reports = Search(tx, site_id, asker, now), view.order is Sort.REPORTS
    if view.comments is not None or (view.queue is Queue.REPORTED and not by_reports):
        return await search.gather(view, after, limit, ENDLESS - 1) or []
    if not search.narrows(view):
        return await search.read(view, views.along(view, site_id, after, limit))
    found = await search.walk(view, after, limit, GLANCE)
    if len(found) == limit:
        return found
    if _stretch(view) is LONG and views.is_by_time(view) and not views.home(view):
        return await _week_by_week(search, view, after, limit, found)
    return await _in_any_order(search, view, after, limit, found)


@dataclass(frozen=True, slots=True)
class Search:
    """The two ways to find matches: walking in the order of the queue, or gathering all of them."""

    tx: Tx
    site_id: UUID
    asker: UUID
    now: datetime

    def narrows(self, view: View) -> bool:
        return bool(views.narrowing(view, entries, self.asker, self.now))

    async def read(self, view: View, query: Select[Any]) -> Sequence[Place]:
        return [views.place(view, key, found) for key, found in await self.tx.execute(query)]

    async def walk(self, view: View, after: Place | None, limit: int, far: int) -> Sequence[Place]:
        walked = views.along(view, self.site_id, after, far, narrowed=True).cte("walked")
        fitting = select(WALKED.c[KEYS[view.order]], WALKED.c.comment_id).add_cte(walked)
        fitting = fitting.where(*views.narrowing(view, WALKED, self.asker, self.now))
        return await self.read(view, views.first(view, WALKED, fitting, limit))

    async def ends_of_walk(self, view: View, after: Place | None, far: int) -> tuple[Place, Place] | None:
        """The first and the last entry that a walk passed; None if it passed all there are."""
        walked = views.along(view, self.site_id, after, far).cte("walked")
        number = func.row_number().over(order_by=views.keys(view, WALKED)).label("number")
        counted = select(WALKED.c[KEYS[view.order]], WALKED.c.comment_id, number).cte("counted")
        ends = select(COUNTED.c[KEYS[view.order]], COUNTED.c.comment_id).add_cte(walked, counted)
        ends = ends.where(or_(COUNTED.c.number == 1, COUNTED.c.number == far))
        match await self.read(view, ends.order_by(COUNTED.c.number)):
            case [first, last]:
                return first, last
            case _:
                return None

    async def gather(self, view: View, after: Place | None, limit: int, most: int) -> Sequence[Place] | None:
        """None if more than `most` match.

        PostgreSQL plans a materialised part as if it were read to the end, and so does not walk in order; but it stops early.
        """
        every = self.every(view, after).cte("every").prefix_with("MATERIALIZED")
        some = select(literal_column("*")).select_from(EVERY).limit(most + 1).cte("some")
        counted = select(SOME.c[KEYS[view.order]], SOME.c.comment_id, func.count().over().label("number"))
        rows = (await self.tx.execute(views.first(view, SOME, counted.add_cte(every, some), limit))).all()
        return None if rows and rows[0].number > most else [views.place(view, *row[:2]) for row in rows]

    async def expected(self, view: View, after: Place | None) -> int:
        return await expected_rows(self.tx, self.every(view, after))

    def every(self, view: View, after: Place | None) -> Select[Any]:
        return views.every(self.site_id, view, self.asker, after, self.now)


async def _week_by_week(
    search: Search, view: View, after: Place | None, limit: int, found: Sequence[Place]
) -> Sequence[Place]:
    """`found` is what the glance found; the rest is looked for after its end."""
    ends = await search.ends_of_walk(view, after, GLANCE)
    if ends is None:
        return found
    begin, after = from_micros(int(ends[0].key)), ends[1]
    expected, wanted = await search.expected(view, after), limit - len(found)
    if expected > LONG.frequent:
        walked = await search.walk(view, after, wanted, FAR_BY_TIME)
        if len(walked) == wanted:
            return [*found, *walked]
    if expected * _together(view) <= GATHERED:
        gathered = await search.gather(view, after, wanted, GATHERED)
        if gathered is not None:
            return [*found, *gathered]
    for span in _spans(view, begin, from_micros(int(after.key))):
        wanted = limit - len(found)
        gathered = await search.gather(span, after, wanted, GATHERED)
        if gathered is None:
            return [*found, *await search.walk(_on_from(view, span), after, wanted, ENDLESS)]
        found = [*found, *gathered]
        if len(found) == limit:
            break
    return found


def _together(view: View) -> int:
    return TOGETHER if view.search is not None and len(view.search.split()) > 1 else 1


def _spans(view: View, begin: datetime, at: datetime) -> Iterator[View]:
    """What a view has after a glance that went from `begin` to `at`, in its order: some time ranges, then the rest."""
    on = view.order is Sort.OLDEST
    once = max(abs(at - begin), WEEK / SPANS[0])
    at = at if on else at + MICROSECOND  # a range of time ends before its end
    for length in (min(once * times, views.WEEKS) for times in SPANS):
        end = at + length if on else at - length
        last = view.until if on else view.since
        if last is not None and (end >= last if on else end <= last):
            break
        yield replace(view, since=at, until=end) if on else replace(view, since=end, until=at)
        at = end
    yield replace(view, since=at) if on else replace(view, until=at)


def _on_from(view: View, span: View) -> View:
    """A view without what comes before one of its spans."""
    return replace(view, since=span.since) if view.order is Sort.OLDEST else replace(view, until=span.until)


async def _in_any_order(
    search: Search, view: View, after: Place | None, limit: int, found: Sequence[Place]
) -> Sequence[Place]:
    """`found` is what the glance found, which tells how frequent matches are."""
    stretch = _stretch(view)
    promised = len(found) * stretch.far // GLANCE
    if promised >= TWICE * limit or await search.expected(view, after) > stretch.frequent:
        found = await search.walk(view, after, limit, stretch.far)
    if len(found) == limit:
        return found
    gathered = await search.gather(view, after, limit, GATHERED)
    return await search.walk(view, after, limit, ENDLESS) if gathered is None else gathered


def _stretch(view: View) -> Stretch:
    """Where most entries are published, passing them costs less than gathering matches: the walk goes further there."""
    is_long = view.queue in {Queue.UNMODERATED, Queue.ALL} and view.state in {None, State.PUBLISHED}
    return LONG if is_long else SHORT
