"""Pages of the moderators' queues: which comments are on them, however many there are and whatever narrows them.

Without a filter a page is read along an index. With one, nobody knows beforehand how rare it makes things, and where a word
and a queue have to do with each other the planner guesses wrong by seconds. So a short stretch of the index is walked first,
which finds what is frequent. Then some more, if that promises a page or PostgreSQL expects that very much fits. If not, what
fits is gathered through the index of facets and words, and sorted. Is that too much, then it is frequent, only not here, and
walking gets there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    cast,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, array

from discuss.domain.instants import from_micros, to_micros
from discuss.domain.queue import Queue, Sort, View
from discuss.domain.states import State
from discuss.store import claims
from discuss.store.database import Tx
from discuss.store.estimating import expected_rows
from discuss.store.queue_entries import STEMS, state_facet
from discuss.store.tables import queue_entries as entries
from discuss.store.tables.queue import REPORTED, UNMODERATED

GLANCE = 2000
"""Entries that are walked first, one by one: they tell how frequent it is what fits."""

GATHERED, ENDLESS = 1500, 2**31 - 1
"""Most entries that are gathered and sorted: each costs some ten microseconds, and forty if its page is not in PostgreSQL's memory."""

TWICE = 2
"""What a few entries of the first stretch promise must be so much more than the page: they may stand there by chance."""

TOGETHER = 3
"""So much more often than PostgreSQL expects may words stand together: those of one language are in its texts alone.

It is reckoned with where walking costs least, and too much is expected rather than too little.
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How far is walked then, and how many fitting entries must be expected for that.

    In the long queues an entry that was published costs no more than a microsecond where the order is that of time, as the
    table has it, and ten times that in any other.
    """

    far: int
    frequent: int


SHORT, LONG, LONG_BY_TIME = Stretch(3000, GATHERED), Stretch(8000, 10_000), Stretch(60_000, GATHERED)

KEYS = {
    Sort.OLDEST: "created_at",
    Sort.NEWEST: "created_at",
    Sort.RISK: "risk",
    Sort.UNCERTAINTY: "uncertainty",
    Sort.REACH: "reach",
    Sort.REPORTS: "report_weight",
}
STATE_OF = {Queue.HELD: State.HELD, Queue.REJECTED: State.REJECTED}
DECIDED = (State.HELD, State.PUBLISHED, State.REJECTED)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands in the order of a view."""

    key: float
    comment_id: UUID


async def is_searchable(tx: Tx, search: str) -> bool:
    """Whether a search asks for any word at all: not only for excluded ones, or those that every text has."""
    asked = func.querytree(func.websearch_to_tsquery(STEMS, search))
    return await tx.scalar(select(asked)) not in {"", "T", None}


async def places(
    tx: Tx, site_id: UUID, asker: UUID, view: View, after: Place | None, limit: int, now: datetime
) -> Sequence[Place]:
    """The first ones of a view, or those after a place."""
    narrow = _narrowing(view, entries, asker, now)
    scopes = _scopes(site_id, view)
    if not narrow and (view.queue is not Queue.REPORTED or view.order is Sort.REPORTS):
        return await _read(tx, view, _along(view, scopes, after, limit))

    async def walk(far: int) -> Sequence[Place]:
        stretch = _along(view, scopes, after, far, whole=True).subquery("walked")
        fitting = select(stretch.c[KEYS[view.order]], stretch.c.comment_id)
        fitting = fitting.where(*_narrowing(view, stretch, asker, now))
        return await _read(tx, view, _first(view, stretch, fitting, limit))

    every = _every(site_id, view, asker, after, now)

    async def gather(most: int) -> Sequence[Place] | None:
        rows = (await tx.execute(_gathered(view, every, limit, most))).all()
        return None if rows and rows[0].number > most else [_place(view, *row[:2]) for row in rows]

    if view.comments is not None or (view.queue is Queue.REPORTED and view.order is not Sort.REPORTS):
        return await gather(ENDLESS - 1) or []
    found, stretch = await walk(GLANCE), _stretch(view)
    if len(found) == limit:
        return found
    promised = len(found) * stretch.far // GLANCE
    if promised >= TWICE * limit or await expected_rows(tx, every) > stretch.frequent // _together(view):
        found = await walk(stretch.far)
    if len(found) == limit:
        return found
    gathered = await gather(GATHERED)
    return await walk(ENDLESS) if gathered is None else gathered


def _together(view: View) -> int:
    is_of_several = view.search is not None and len(view.search.split()) > 1
    return TOGETHER if is_of_several and _stretch(view) is LONG_BY_TIME else 1


def _stretch(view: View) -> Stretch:
    if view.queue not in {Queue.UNMODERATED, Queue.ALL} or view.state is State.HELD:
        return SHORT
    return LONG_BY_TIME if KEYS[view.order] == "created_at" else LONG


async def _read(tx: Tx, view: View, query: Select[Any]) -> Sequence[Place]:
    return [_place(view, key, found) for key, found in await tx.execute(query)]


def _place(view: View, key: Any, found: UUID) -> Place:
    return Place(to_micros(key) if KEYS[view.order] == "created_at" else key, found)


def _scopes(site_id: UUID, view: View) -> Sequence[Sequence[Any]]:
    """The queue as stretches of an index, each of which has the wanted order."""
    here = _here(site_id, view)
    if (
        view.queue is Queue.ALL
        and view.state is None
        and KEYS[view.order] == "created_at"
        and not _home(view)
    ):
        return [here]
    if view.queue is Queue.ALL:
        wanted = DECIDED if view.state is None else [view.state]
        return [[*here, entries.c.state == state] for state in wanted]
    special = {Queue.REPORTED: REPORTED, Queue.UNMODERATED: UNMODERATED}.get(view.queue)
    own: Any = entries.c.state == STATE_OF[view.queue] if special is None else special
    return [[*here, own, *([entries.c.state == view.state] if view.state else [])]]


def _home(view: View) -> str | None:
    """Whose entries an index has in the order that is asked for: an author's, or an article's, by time."""
    if KEYS[view.order] != "created_at":
        return None
    return next((name for name in ("author_id", "article_id") if getattr(view, name) is not None), None)


def _here(site_id: UUID, view: View) -> list[ColumnElement[bool]]:
    home = _home(view)
    return [entries.c.site_id == site_id, *([entries.c[home] == getattr(view, home)] if home else [])]


def _along(
    view: View, scopes: Sequence[Sequence[Any]], after: Place | None, limit: int, *, whole: bool = False
) -> Select[Any]:
    """The first entries of the queue, by its index."""
    columns = [entries] if whole else [entries.c[KEYS[view.order]], entries.c.comment_id]
    stretches = [
        _first(view, entries, select(*columns).where(*scope, *_beyond(view, after), *_between(view)), limit)
        for scope in scopes
    ]
    if len(stretches) == 1:
        return stretches[0]
    merged = union_all(*(select(stretch.subquery()) for stretch in stretches)).subquery("merged")
    return _first(view, merged, select(merged), limit)


def _first(view: View, rows: FromClause, query: Select[Any], limit: int) -> Select[Any]:
    keys = (rows.c[KEYS[view.order]], rows.c.comment_id)
    if view.order is Sort.OLDEST:
        return query.order_by(*keys).limit(limit)
    return query.order_by(*(key.desc() for key in keys)).limit(limit)


def _beyond(view: View, after: Place | None) -> Sequence[ColumnElement[bool]]:
    if after is None:
        return []
    key: Any = from_micros(int(after.key)) if KEYS[view.order] == "created_at" else after.key
    if view.order is Sort.REACH:
        key = int(after.key)
    keys = tuple_(entries.c[KEYS[view.order]], entries.c.comment_id)
    return [keys > (key, after.comment_id) if view.order is Sort.OLDEST else keys < (key, after.comment_id)]


def _between(view: View) -> Sequence[ColumnElement[bool]]:
    """Where the order is that of time, a range of time is a stretch of it."""
    if KEYS[view.order] != "created_at":
        return []
    return [
        *([entries.c.created_at >= view.since] if view.since else []),
        *([entries.c.created_at < view.until] if view.until else []),
    ]


def _every(site_id: UUID, view: View, asker: UUID, after: Place | None, now: datetime) -> Select[Any]:
    """All that fits, in no order. Nothing is asked for twice: PostgreSQL would expect the square of what is rare."""
    facets, rest = _facets(site_id, view), view
    (scope, *others) = _scopes(site_id, view)
    if others or (facets and not _home(view)):
        scope = _here(site_id, view)
    if facets:
        scope = [*scope, entries.c.facets.contains(cast(array(facets), ARRAY(Text)))]
        rest = replace(view, language=None, label=None, decided_by=None)
    inner = select(entries.c[KEYS[view.order]], entries.c.comment_id)
    return inner.where(*scope, *_narrowing(rest, entries, asker, now), *_beyond(view, after))


def _gathered(view: View, every: Select[Any], limit: int, most: int) -> Select[Any]:
    """The first of everything that fits, and the number of it: one more than `most` stands for all that are more.

    A materialised part is planned as if it were read to its end, and is not: nothing walks along the order after all.
    """
    some = select(every.cte("every").prefix_with("MATERIALIZED")).limit(most + 1).subquery("some")
    return _first(view, some, select(some, func.count().over().label("number")), limit)


def _facets(site_id: UUID, view: View) -> list[Any]:
    """What of the view the index of facets knows. Reported ones are few, and have an index of their own."""
    if view.queue is Queue.REPORTED:
        return []
    own = State.PUBLISHED if view.queue is Queue.UNMODERATED else STATE_OF.get(view.queue)
    states = sorted({state for state in (own, view.state) if state is not None})
    said = [
        f"by:{view.decided_by}" if view.decided_by else None,
        "by:policy" if view.queue is Queue.UNMODERATED else None,
        f"in:{view.language}" if view.language else None,
        view.label and view.label.value,
    ]
    known: list[Any] = [literal(one) for one in said if one]
    return [*(state_facet(literal(str(site_id)), literal(state.value)) for state in states), *known]


def _narrowing(view: View, rows: FromClause, asker: UUID, now: datetime) -> Sequence[ColumnElement[bool]]:
    """What an entry must be besides being in the queue and at home there."""
    same = {"article_id", "author_id", "language", "decided_by"} - {_home(view)}
    wanted = [rows.c[name] == given for name in sorted(same) if (given := getattr(view, name)) is not None]
    if view.label is not None:
        wanted.append(rows.c.labels.contains([view.label.value]))
    if view.since is not None:
        wanted.append(rows.c.created_at >= view.since)
    if view.until is not None:
        wanted.append(rows.c.created_at < view.until)
    if view.search is not None:
        wanted.append(rows.c.words.op("@@")(func.websearch_to_tsquery(STEMS, view.search)))
    if view.comments is not None:
        wanted.append(rows.c.comment_id.in_(view.comments))
    if view.unclaimed:
        wanted.append(~claims.is_held_by_another(rows.c.comment_id, asker, now))
    return wanted
