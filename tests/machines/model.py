"""The latest discussion of a site in the simplest terms: worked out from everything, anew each time."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self, TypeVar
from uuid import UUID

from discuss.domain.articles import Article, Commenting
from discuss.domain.instants import from_micros
from discuss.domain.sites import Site, SiteSettings

SITE = Site(UUID(int=9), "model", "Model", "UTC", ("ru", "en"), (), SiteSettings(), datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip

Answer = TypeVar("Answer")
NIL = UUID(int=0)


@dataclass
class Remark:
    """A comment. `at` is when readers first saw it; of two seen at the same moment, the one with the greater `key` is later."""

    author: object
    at: datetime
    visible: bool = True
    key: UUID = NIL


@dataclass
class Piece:
    """An article with everything ever written under it."""

    id: UUID
    url: str
    title: str
    language: str
    published: datetime
    tags: tuple[str, ...] = ()
    withdrawn: bool = False
    group: UUID | None = None
    version: int = 1
    remarks: dict[object, Remark] = field(default_factory=dict)
    votes: dict[object, bool] = field(default_factory=dict)

    @property
    def visible(self) -> list[Remark]:
        return sorted((r for r in self.remarks.values() if r.visible), key=lambda r: (r.at, r.key))

    @property
    def count(self) -> int:
        return sum(r.visible for r in self.remarks.values())

    @property
    def up(self) -> int:
        return sum(self.votes.values())

    @property
    def down(self) -> int:
        return len(self.votes) - self.up

    @property
    def row(self) -> UUID:
        return self.group or self.id

    def shown(self, now: datetime) -> bool:
        return not self.withdrawn and self.published <= now

    def bumped(self) -> datetime | None:
        """When the author of the last visible comment began to write alone, counting what was taken back since."""
        words = sorted(self.remarks.values(), key=lambda r: (r.at, r.key))
        while words and not words[-1].visible:
            words.pop()
        if not words:
            return None
        last = began = words.pop()
        for earlier in reversed(words):
            if earlier.author == last.author:
                began = earlier
            elif earlier.visible:
                break
        return began.at

    def activity(self, *, anti_bump: bool) -> datetime:
        commented = self.bumped() if anti_bump else max((r.at for r in self.visible), default=None)
        return max(self.published, commented or self.published)

    def article(self) -> Article:
        """The article as PostgreSQL has it."""
        return Article(
            id=self.id, site_id=SITE.id, external_id=str(self.id), url=self.url, title=self.title, language=self.language,
            tags=self.tags, commenting=Commenting.OPEN, published_at=self.published,
            withdrawn_at=self.published if self.withdrawn else None, version=self.version, comment_count=self.count,
            last_comment_at=max((r.at for r in self.visible), default=None), last_bump_at=self.bumped(),
            edition_group=self.group, rating_up=self.up, rating_down=self.down,
        )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of the sidebar: where it stands, and what it says."""

    at: datetime
    row: UUID
    members: list[Piece]
    told: dict[str, Any]

    @property
    def position(self) -> tuple[datetime, UUID]:
        return self.at, self.row


@dataclass
class Paper:
    """A site: its articles, its settings and its clock."""

    now: datetime
    pieces: dict[UUID, Piece] = field(default_factory=dict)
    joint: bool = True
    anti_bump: bool = False

    @property
    def site(self) -> Site:
        style = replace(SITE.settings, joint_editions=self.joint, anti_bump=self.anti_bump)
        return replace(SITE, settings=style)

    def lines(self, language: str | None = None, tag: str | None = None) -> list[Line]:
        """Newest activity first, ties by row id."""
        return self.once((language, tag), lambda: self._lines(language, tag))

    def once(self, _what: Hashable, work: Callable[[], Answer]) -> Answer:
        """Works it out anew each time: something may have happened since the last time."""
        return work()

    def _lines(self, language: str | None, tag: str | None) -> list[Line]:
        shown = [piece for piece in self.pieces.values() if piece.shown(self.now)]
        grouped: dict[UUID, list[Piece]] = {}
        for piece in shown:
            grouped.setdefault(piece.row, []).append(piece)
        wanted = [group for group in grouped.values() if any(_fits(p, language, tag) for p in group)]
        return sorted((self._line(g, language) for g in wanted), key=lambda line: line.position, reverse=True)

    def above(self, edge: tuple[int, str] | None) -> list[Any]:
        """The content of the rows that a feed with this edge must hold."""
        limit = None if edge is None else (from_micros(edge[0]), UUID(edge[1]))
        return [line.told for line in self.lines() if limit is None or line.position > limit]

    def _line(self, group: list[Piece], language: str | None) -> Line:
        group = sorted(group, key=lambda p: p.id)
        face = next((p for p in group if p.language == language), group[0])
        counted = group if self.joint else [face]
        at = max(p.activity(anti_bump=self.anti_bump) for p in group)
        told = _described(face) | {
            "comment_count": sum(p.count for p in counted),
            "last_activity_at": at.isoformat().replace("+00:00", "Z"),
            "rating": {"up": sum(p.up for p in counted), "down": sum(p.down for p in counted)},
        }
        if len(group) > 1:
            told["editions"] = [
                _described(p) | {"comment_count": p.count, "rating": {"up": p.up, "down": p.down}}
                for p in group
            ]
            told["joint"] = self.joint
        return Line(at, face.row, group, told)

    def counts(self, urls: tuple[str, ...]) -> list[int]:
        """For each address, the count of the newest article there that readers may see."""
        return [self._count(url) for url in urls]

    def _count(self, url: str) -> int:
        shown = [piece for piece in self.pieces.values() if piece.shown(self.now)]
        here = max((p for p in shown if p.url == url), key=lambda p: p.id, default=None)
        if here is None:
            return 0
        return sum(p.count for p in shown if p.row == here.row) if self.joint else here.count

    def articles(
        self, position: tuple[datetime, UUID] | None, limit: int, language: str | None = None, tag: str | None = None
    ) -> list[Article]:  # fmt: skip
        """What PostgreSQL must return: the articles of the first rows after a position."""
        after = [line for line in self.lines(language, tag) if position is None or line.position < position]
        return [piece.article() for line in after[:limit] for piece in line.members]

    def around(self, ids: set[UUID]) -> list[Piece]:
        """These articles and their editions, including hidden ones."""
        groups = {self.pieces[i].group for i in ids} - {None}
        return [p for p in self.pieces.values() if p.id in ids or p.group in groups]


@dataclass
class Still(Paper):
    """A paper to which nothing happens while somebody looks, so that nothing is worked out twice."""

    known: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, paper: Paper) -> Self:
        return cls(**vars(paper))

    def once(self, what: Hashable, work: Callable[[], Answer]) -> Answer:
        if what not in self.known:
            self.known[what] = work()
        answer: Answer = self.known[what]
        return answer


def _fits(piece: Piece, language: str | None, tag: str | None) -> bool:
    return (language is None or piece.language == language) and (tag is None or tag in piece.tags)


def _described(piece: Piece) -> dict[str, Any]:
    return {"id": str(piece.id), "url": piece.url, "title": piece.title, "language": piece.language}


def alone(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces that are left alone in a group."""
    groups = [p.group for p in pieces if p.group is not None]
    return (p for p in pieces if p.group is not None and groups.count(p.group) == 1)
