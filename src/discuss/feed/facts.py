"""What readers are told about one article, and the row that editions of an article share."""

from collections.abc import Mapping, Sequence
from datetime import UTC

import msgspec

from discuss.domain.articles import Article
from discuss.domain.instants import from_micros, to_micros


class Rating(msgspec.Struct, frozen=True):
    up: int
    down: int


class Facts(msgspec.Struct, frozen=True):
    """One article as Redis keeps it. Views are kept apart: they change without being news."""

    id: str
    url: str
    title: str
    language: str
    tags: tuple[str, ...]
    comment_count: int
    rating: Rating


class Edition(msgspec.Struct, frozen=True):
    id: str
    url: str
    title: str
    language: str
    comment_count: int
    rating: Rating
    views: msgspec.Raw


class Placed(msgspec.Struct, frozen=True):
    """An article in its row: `at` is its last activity in microseconds, `seq` its last change."""

    facts: Facts
    row_id: str
    at: int
    seq: int


Position = tuple[int, str]
"""Where a row stands: last activity in microseconds, then its id. The greatest comes first."""


def of(article: Article) -> Facts:
    rating = Rating(article.rating_up, article.rating_down)
    return Facts(
        str(article.id),
        article.url,
        article.title,
        article.language,
        article.tags,
        article.comment_count,
        rating,
    )


def place(article: Article, seq: int, *, anti_bump: bool) -> Placed:
    return Placed(of(article), str(article.row_id), to_micros(article.active_at(anti_bump=anti_bump)), seq)


encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Facts).decode

VIEWS = msgspec.Raw(b"\0d")
"""Stands for views until they are filled in: NUL is no character of JSON, so it can be nothing else."""


class Row:
    """One line of the sidebar: an article, or several that are editions of each other. Never changed once made."""

    def __init__(self, placed: Sequence[Placed], *, joint: bool) -> None:
        self.placed = sorted(placed, key=lambda member: member.facts.id)
        self.at = max(member.at for member in placed)
        self.seq = max(member.seq for member in placed)
        self._joint = joint
        self._written: dict[str | None, bytes] = {}

    @property
    def position(self) -> Position:
        return self.at, self.placed[0].row_id

    def has(self, language: str | None, tag: str | None) -> bool:
        return any(
            (language is None or member.facts.language == language)
            and (tag is None or tag in member.facts.tags)
            for member in self.placed
        )

    def edition(self, language: str | None) -> Facts:
        """The edition in this language, or else the one that was registered first."""
        spoken = (member.facts for member in self.placed if member.facts.language == language)
        return next(spoken, self.placed[0].facts)

    def told(self, language: str | None, counted: Mapping[str, int]) -> bytes:
        """The row as JSON. `counted`: the views of articles."""
        return self.written(language) % self._views(language, counted)

    def written(self, language: str | None) -> bytes:
        """The row as JSON, with `%d` for views, which `told` fills in."""
        if language not in self._written:
            self._written[language] = self._write(language)
        return self._written[language]

    def _write(self, language: str | None) -> bytes:
        shown = self.edition(language)
        counted = [member.facts for member in self.placed] if self._joint else [shown]
        told = {
            "id": shown.id,
            "url": shown.url,
            "title": shown.title,
            "language": shown.language,
            "comment_count": sum(facts.comment_count for facts in counted),
            "last_activity_at": from_micros(self.at).astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "rating": Rating(sum(f.rating.up for f in counted), sum(f.rating.down for f in counted)),
        }
        if len(self.placed) > 1:
            told["editions"] = [
                Edition(f.id, f.url, f.title, f.language, f.comment_count, f.rating, VIEWS)
                for f in (member.facts for member in self.placed)
            ]
            told["joint"] = self._joint
        told["views"] = VIEWS
        return encode(told).replace(b"%", b"%%").replace(b"\0", b"%")

    def _views(self, language: str | None, counted: Mapping[str, int]) -> tuple[int, ...]:
        """Of each edition, where there are several, then of the row."""
        of_each = [counted.get(member.facts.id, 0) for member in self.placed]
        shown = sum(of_each) if self._joint else counted.get(self.edition(language).id, 0)
        return (*of_each, shown) if len(of_each) > 1 else (shown,)


def rows(placed: Sequence[Placed], *, joint: bool) -> list[Row]:
    """The rows these articles make, newest activity first. They must include every edition of each."""
    grouped: dict[str, list[Placed]] = {}
    for member in placed:
        grouped.setdefault(member.row_id, []).append(member)
    return sorted(
        (Row(group, joint=joint) for group in grouped.values()), key=lambda row: row.position, reverse=True
    )
