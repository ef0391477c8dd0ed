"""Answers about the latest discussion: what a query asks of a window, as finished bytes.

There is one renderer, used by the hot path, the ordinary route, the pages that PostgreSQL answers and the exported file.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice, takewhile
from typing import NamedTuple
from uuid import UUID

from discuss.domain import cursors
from discuss.domain.instants import from_micros
from discuss.feed.facts import Position, Row, encode
from discuss.feed.snapshot import Snapshot
from discuss.feed.window import Window

DEFAULT_ROWS = 15
MOST_ROWS = 50

MOST_LEFT = 200
"""Changes beyond which an answer that tells only of changes would be no shorter than the full one."""


class Query(NamedTuple):
    """What a poll asks for. `since`: only what changed after this point. `after`: the page after this position."""

    limit: int = DEFAULT_ROWS
    language: str | None = None
    tag: str | None = None
    since: str | None = None
    after: Position | None = None

    @property
    def is_filtered(self) -> bool:
        return self.language is not None or self.tag is not None


def answer(slug: str, window: Window, query: Query) -> Snapshot | None:
    """None: the window does not reach far enough down, and PostgreSQL must be asked.

    The point is how far the window has come, so that no window that has come less far tells a client anything older.
    """
    if query.since is not None:
        told = _changes(slug, window, query, query.since)
        if told is not None:
            return told
    found = _find(window, query)
    if len(found) <= query.limit and window.edge is not None:
        return None
    return page(slug, window.point, found, query, window.views)


def makeshift(slug: str, window: Window, query: Query, beyond: Sequence[bytes]) -> Snapshot:
    """What can be said while PostgreSQL cannot be asked, though there may be more: the rows of the window, then those `beyond` it.

    The latter are as an earlier answer told them. They lie below the window's edge, or the window would hold them.
    """
    found = _find(window, query)
    return page(slug, window.point, found, query, window.views, beyond[: max(query.limit - len(found), 0)])


def page(
    slug: str, point: str, found: Sequence[Row], query: Query, views: Mapping[str, int], told: Sequence[bytes] = ()
) -> Snapshot:  # fmt: skip
    """A full answer. `found` are the rows in their order, one more than asked for if there are more. Rows `told` before follow them."""
    shown = found[: query.limit]
    more = cursor(shown[-1].position) if len(found) > query.limit else None
    tail = b',"next":' + encode(more)
    return _written(slug, point, shown, query.language, views, full=True, tail=tail, told=told)


def nothing_new(slug: str, since: str) -> Snapshot:
    """For a client that has come further than what it could be told."""
    return _written(slug, since, [], None, {}, full=False, tail=b',"left":[]')


def cursor(position: Position) -> str:
    at, row_id = position
    return cursors.encode(from_micros(at), UUID(row_id))


def _find(window: Window, query: Query) -> list[Row]:
    return list(islice(_matching(window, query), query.limit + 1))


def _matching(window: Window, query: Query) -> Iterator[Row]:
    rows = window.below(query.after)
    if not query.is_filtered:
        return rows
    return (row for row in rows if row.has(query.language, query.tag))


def _changes(slug: str, window: Window, query: Query, since: str) -> Snapshot | None:
    """What changed since a point the client has; None: that cannot be told, and the full answer is due.

    A window that is behind the client's point, in its epoch or in an earlier one, reports no change. For each article that
    left the first rows, an unchanged one may have moved in from below; it is among the last of the unchanged rows, so as many
    of those are told as well. Rows that others pushed out of the first ones need not be named: the client sorts by activity and
    drops the surplus. The exception is rows that were active at the very instant of the last row shown: there the row's id
    decides, and the client does not know it.
    """
    if window.is_behind(since):
        return nothing_new(slug, since)
    seq = window.reached(since)
    if seq is None:
        return None
    found = _find(window, query)
    if len(found) <= query.limit and window.edge is not None:
        return None
    shown = found[: query.limit]
    left = window.changed_after(seq) - {row.edition(query.language).id for row in shown}
    left |= {row.edition(query.language).id for row in _level_with(window, query, shown)}
    if len(left) > MOST_LEFT:
        return None
    still = [row for row in shown if row.seq <= seq]
    known = set(map(id, still[: max(0, len(still) - len(left))]))
    told = [row for row in shown if id(row) not in known]
    tail = b',"left":' + encode(sorted(left))
    return _written(slug, window.point, told, query.language, window.views, full=False, tail=tail)


def _level_with(window: Window, query: Query, shown: Sequence[Row]) -> list[Row]:
    """Rows after those shown that were active at the same instant as the last of them."""
    if len(shown) < query.limit:
        return []
    last = shown[-1]
    below = _matching(window, query._replace(after=last.position))
    return list(islice(takewhile(lambda row: row.at == last.at, below), MOST_LEFT + 1))


def _written(
    slug: str, point: str, shown: Sequence[Row], language: str | None, views: Mapping[str, int], *, full: bool,
    tail: bytes, told: Sequence[bytes] = (),
) -> Snapshot:  # fmt: skip
    """The validator leaves out the views, and of a full answer's point all but the epoch.

    So it stays the same, in every process, whatever changes elsewhere.
    """
    head = b'{"site":%s,"point":%s,"full":%s,"articles":[' % (encode(slug), encode(point), encode(full))
    body = head + b",".join([*(row.told(language, views) for row in shown), *told]) + b"]" + tail + b"}"
    written = [*(row.written(language) for row in shown), *told]
    begun = f"{slug} {point.rpartition('.')[0]}".encode() if full else head
    return Snapshot(body, blake2b(b"".join([begun, *written, tail]), digest_size=12).hexdigest())
