"""A process's own copy of a site's newest rows, kept in step with Redis change by change."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping

import msgspec

from discuss.feed import points
from discuss.feed.facts import Placed, Position, Row
from discuss.feed.manner import Manner
from discuss.feed.reading import Delta


class Kept(msgspec.Struct, frozen=True):
    """A window as it is written to disk."""

    epoch: str
    seq: int
    floor: int
    edge: Position | None
    joint: bool
    placed: list[Placed]
    gone: dict[str, int]
    views: dict[str, int]
    manner: Manner | None = None


class Window:
    """`seq` is how far it has come in `epoch`; what changed up to `floor` cannot be told any more.

    `unseen`: the `seq` up to which articles below the edge may have left without being named in `gone`.
    """

    def __init__(self, delta: Delta) -> None:
        self.epoch = delta.epoch
        self.joint = delta.joint
        self.manner = delta.manner
        self.views: Mapping[str, int] = {}
        self._placed: dict[str, Placed] = {}
        self._rows: dict[str, Row] = {}
        self._order: list[Position] = []
        self.gone: dict[str, int] = {}
        self.unseen = 0
        self._take(delta)

    @property
    def point(self) -> str:
        """How far it has come, in the form that clients send back as `since` or as the id of an event."""
        return f"{self.epoch}.{self.seq}"

    def is_behind(self, point: str) -> bool:
        """Whether the client knows more than this process. It is then told nothing, rather than something older."""
        return points.is_behind(self.point, point)

    def reached(self, point: str) -> int | None:
        """The `seq` in a client's point; None: it is of another epoch, or too old to tell what changed after it."""
        epoch, _, seq = point.rpartition(".")
        if epoch != self.epoch or not seq.isdecimal() or int(seq) < self.floor:
            return None
        return int(seq)

    def follows(self, delta: Delta) -> bool:
        """Whether a delta continues from here; otherwise it must begin a new window."""
        return not delta.whole and delta.epoch == self.epoch and delta.joint == self.joint

    def advance(self, delta: Delta) -> None:
        """Ignores a delta that is not newer: two readings may overtake each other."""
        if delta.seq > self.seq:
            self._take(delta)

    def count(self, views: Mapping[str, int]) -> None:
        """An article whose views Redis has lost keeps those that were known of it."""
        known = {**self.views, **views}
        self.views = {article_id: known[article_id] for article_id in self._placed if article_id in known}

    def _take(self, delta: Delta) -> None:
        self.seq, self.floor, self.edge = delta.seq, delta.floor, delta.edge
        self.unseen = delta.seq if delta.left_beyond else self.unseen
        self.views = {**self.views, **delta.views}
        touched = set()
        for article_id in [*delta.gone, *(member.facts.id for member in delta.placed)]:
            before = self._placed.pop(article_id, None)
            if before is not None:
                touched.add(before.row_id)
        for member in delta.placed:
            self._placed[member.facts.id] = member
            self.gone.pop(member.facts.id, None)
            touched.add(member.row_id)
        left = self.gone | dict(delta.gone)
        self.gone = {article_id: seq for article_id, seq in left.items() if seq > delta.floor}
        self._arrange(touched)

    def _arrange(self, touched: set[str]) -> None:
        grouped: dict[str, list[Placed]] = {row_id: [] for row_id in touched}
        for member in self._placed.values():
            if member.row_id in grouped:
                grouped[member.row_id].append(member)
        for row_id, members in grouped.items():
            before = self._rows.pop(row_id, None)
            if before is not None:
                del self._order[bisect_left(self._order, before.position)]
            if members:
                row = self._rows[row_id] = Row(members, joint=self.joint)
                insort(self._order, row.position)

    def below(self, position: Position | None) -> Iterator[Row]:
        """Rows after this one, newest activity first, down to the edge; None: from the top."""
        end = len(self._order) if position is None else bisect_left(self._order, position)
        for at, row_id in reversed(self._order[:end]):
            if self.edge is not None and (at, row_id) <= self.edge:
                return
            yield self._rows[row_id]

    def changed_after(self, seq: int) -> set[str]:
        """Ids of the articles that changed or left."""
        changed = {member.facts.id for member in self._placed.values() if member.seq > seq}
        return changed | {article_id for article_id, left in self.gone.items() if left > seq}

    def article(self, article_id: str) -> Placed | None:
        return self._placed.get(article_id)

    def kept(self) -> Kept:
        return Kept(
            self.epoch, self.seq, self.floor, self.edge, self.joint,
            list(self._placed.values()), self.gone, dict(self.views), self.manner,
        )  # fmt: skip


def told(kept: Kept) -> Delta:
    """A kept window as a delta, as if it had just been read."""
    return Delta(
        kept.epoch,
        kept.seq,
        kept.floor,
        kept.edge,
        kept.joint,
        True,
        kept.placed,
        kept.gone,
        views=kept.views,
        manner=kept.manner,
    )
