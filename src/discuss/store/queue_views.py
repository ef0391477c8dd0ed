"""What a view asks of the entries, in SQL: its queue as ranges of an index, its order, and its filters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, Text, cast, func, literal, select, tuple_, union_all
from sqlalchemy.dialects.postgresql import ARRAY, array

from discuss.domain.instants import from_micros, to_micros
from discuss.domain.queue import Queue, Sort, View
from discuss.domain.states import State
from discuss.store import claims
from discuss.store.queue_entries import STEMS, state_facet, week_facets
from discuss.store.tables import queue_entries as entries
from discuss.store.tables.queue import REPORTED, UNMODERATED

KEYS = {
    Sort.OLDEST: "created_at",
    Sort.NEWEST: "created_at",
    Sort.RISK: "risk",
    Sort.UNCERTAINTY: "uncertainty",
    Sort.REACH: "reach",
    Sort.REPORTS: "report_weight",
}
STATE_OF = {Queue.HELD: State.HELD, Queue.REJECTED: State.REJECTED}
PLACED = ("comment_id",)
NARROWED = (*PLACED, "article_id", "author_id", "created_at", "decided_by", "labels", "language", "words")
"""Columns of an entry that say where it stands, and those that say whether it matches."""

DECIDED = (State.HELD, State.PUBLISHED, State.REJECTED)

WEEKS = timedelta(weeks=64)
"""The longest range of time that is looked up week by week in the index of facets."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands in the order of a view."""

    key: float
    comment_id: UUID


def place(view: View, key: Any, found: UUID) -> Place:
    return Place(to_micros(key) if is_by_time(view) else key, found)


def is_by_time(view: View) -> bool:
    return KEYS[view.order] == "created_at"


def home(view: View) -> str | None:
    """The filter whose entries an index holds in the wanted order: an author's or an article's, by time. None: there is none."""
    if not is_by_time(view):
        return None
    return next((name for name in ("author_id", "article_id") if getattr(view, name) is not None), None)


def _scopes(site_id: UUID, view: View) -> Sequence[Sequence[Any]]:
    """The queue as ranges of an index, each of which is in the wanted order."""
    here = _here(site_id, view)
    if view.queue is Queue.ALL and view.state is None and is_by_time(view) and not home(view):
        return [here]
    if view.queue is Queue.ALL:
        wanted = DECIDED if view.state is None else [view.state]
        return [[*here, entries.c.state == state] for state in wanted]
    special = {Queue.REPORTED: REPORTED, Queue.UNMODERATED: UNMODERATED}.get(view.queue)
    own: Any = entries.c.state == STATE_OF[view.queue] if special is None else special
    return [[*here, own, *([entries.c.state == view.state] if view.state else [])]]


def _here(site_id: UUID, view: View) -> list[ColumnElement[bool]]:
    whose = home(view)
    return [entries.c.site_id == site_id, *([entries.c[whose] == getattr(view, whose)] if whose else [])]


def along(
    view: View, site_id: UUID, after: Place | None, limit: int, *, narrowed: bool = False
) -> Select[Any]:
    """The first entries of the queue, along its index: with the columns that filters need if `narrowed`, or with their places alone."""
    columns = [
        entries.c[name] for name in dict.fromkeys((KEYS[view.order], *(NARROWED if narrowed else PLACED)))
    ]
    stretches = [
        first(view, entries, select(*columns).where(*scope, *_beyond(view, after), *_between(view)), limit)
        for scope in _scopes(site_id, view)
    ]
    if len(stretches) == 1:
        return stretches[0]
    merged = union_all(*(select(stretch.subquery()) for stretch in stretches)).subquery("merged")
    return first(view, merged, select(merged), limit)


def first(view: View, rows: FromClause, query: Select[Any], limit: int) -> Select[Any]:
    return query.order_by(*keys(view, rows)).limit(limit)


def keys(view: View, rows: FromClause) -> Sequence[ColumnElement[Any]]:
    """The sort keys of a view; they make every order total."""
    said = (rows.c[KEYS[view.order]], rows.c.comment_id)
    return said if view.order is Sort.OLDEST else [key.desc() for key in said]


def _beyond(view: View, after: Place | None) -> Sequence[ColumnElement[bool]]:
    if after is None:
        return []
    key: Any = from_micros(int(after.key)) if is_by_time(view) else after.key
    if view.order is Sort.REACH:
        key = int(after.key)
    keys = tuple_(entries.c[KEYS[view.order]], entries.c.comment_id)
    return [keys > (key, after.comment_id) if view.order is Sort.OLDEST else keys < (key, after.comment_id)]


def _between(view: View) -> Sequence[ColumnElement[bool]]:
    """In an order by time, a range of time is a range of the index."""
    if not is_by_time(view):
        return []
    return [
        *([entries.c.created_at >= view.since] if view.since else []),
        *([entries.c.created_at < view.until] if view.until else []),
    ]


def every(site_id: UUID, view: View, asker: UUID, after: Place | None, now: datetime) -> Select[Any]:
    """All matches, in no order. No condition is stated twice: PostgreSQL would square how rare it makes a match."""
    facets, rest = _facets(site_id, view), view
    (scope, *others) = _scopes(site_id, view)
    if others or (facets and not home(view)):
        scope = _here(site_id, view)
    if facets:
        scope = [*scope, entries.c.facets.contains(_texts(facets))]
        rest = replace(view, language=None, label=None, decided_by=None)
    inner = select(entries.c[KEYS[view.order]], entries.c.comment_id).where(*scope, *_within_weeks(view))
    return inner.where(*narrowing(rest, entries, asker, now), *_beyond(view, after))


def _facets(site_id: UUID, view: View) -> list[Any]:
    """The parts of a view that the index of facets knows. Reported comments are few, and have an index of their own."""
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


def _within_weeks(view: View) -> Sequence[ColumnElement[bool]]:
    """The view's weeks as facets: entries of the same weeks lie together in the index, which skips the others."""
    if view.queue is Queue.REPORTED or view.since is None or view.until is None:
        return []
    if home(view) or not timedelta(0) < view.until - view.since <= WEEKS:
        return []
    return [entries.c.facets.overlap(_texts(week_facets(view.since, view.until)))]


def _texts(facets: Sequence[Any]) -> ColumnElement[Any]:
    return cast(array(facets), ARRAY(Text))


def narrowing(view: View, rows: FromClause, asker: UUID, now: datetime) -> Sequence[ColumnElement[bool]]:
    """What an entry must satisfy besides the conditions of the queue and of `home`."""
    same = {"article_id", "author_id", "language", "decided_by"} - {home(view)}
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
