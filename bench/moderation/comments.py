"""Comments of some years as rows of the tables: each with one revision, a decision, the signals behind it, and some with reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from bench.moderation.words import CYRILLIC, LATIN, texts, uneven, vocabulary
from discuss.domain.decisions import Reason, Source
from discuss.domain.states import State
from discuss.wiring import new_id

CHUNK = 20_000
YEARS = timedelta(days=730)
REASONS = (
    Reason.TOXIC, Reason.SPAM, Reason.INSULT, Reason.THREAT, Reason.PREMODERATED, Reason.NEW_AUTHOR, Reason.SUSPECT_WORDS,
)  # fmt: skip
THRESHOLDS = {"toxic": 0.5, "spam": 0.6}
COLUMNS: Mapping[str, Sequence[str]] = {
    "comments": ("id", "site_id", "article_id", "author_id", "root_id", "depth", "visible_revision_id", "first_visible_at", "created_at"),
    "revisions": ("id", "site_id", "comment_id", "number", "source", "html", "normalised", "language", "state", "decision_id", "created_at"),
    "decisions": ("id", "site_id", "revision_id", "author_id", "state", "source", "actor_id", "reasons", "created_at"),
    "signals": ("id", "site_id", "revision_id", "source", "name", "value", "version", "detail", "created_at"),
    "reports": ("id", "site_id", "comment_id", "revision_id", "author_id", "reporter_id", "reason", "created_at"),
}  # fmt: skip
_STATES = (State.HELD, State.REJECTED, State.PUBLISHED)
_HEARD = {State.HELD: (0.3, 1.0), State.REJECTED: (0.3, 1.0), State.PUBLISHED: (0.0, 0.5)}
"""The range of the classifier's values for each state."""

_RUSSIAN_SHARE, _REJECTED_BY_PERSON, _MOST_REPORTS = 0.8, 0.5, 6
_WORDS = {"ru": (60_000, CYRILLIC), "en": (30_000, LATIN)}

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Plan:
    """`seen`: the share of published comments that a person has looked at."""

    comments: int = 2_000_000
    held: int = 100_000
    rejected: int = 150_000
    reported: int = 5_000
    articles: int = 2_000
    authors: int = 30_000
    seen: float = 0.3


@dataclass(frozen=True, slots=True)
class People:
    articles: Sequence[UUID]
    authors: Sequence[UUID]
    site: UUID


def uuid7(at: datetime, random: np.random.Generator) -> UUID:
    """An id as if made at that time: ids of comments sort by their times."""
    milliseconds = int(at.timestamp() * 1000)
    noise = int.from_bytes(random.bytes(10), "big") & ((1 << 74) - 1)
    return UUID(int=milliseconds << 80 | 7 << 76 | (noise >> 62) << 64 | 2 << 62 | noise & ((1 << 62) - 1))


@dataclass(frozen=True, slots=True)
class Comment:
    """`values`: what the classifier said about each label. `reporters`: those whose reports are open."""

    site: UUID
    article: UUID
    author: UUID
    text: str
    language: str
    at: datetime
    state: State
    id: UUID
    revision: UUID
    decision: UUID
    by_person: bool
    reason: Reason
    values: Mapping[str, float]
    reporters: Sequence[UUID]

    def rows(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows for each table, in the order of `COLUMNS`."""
        shown = (self.revision, self.at) if self.state is State.PUBLISHED else (None, None)
        source = Source.PERSON if self.by_person else Source.POLICY
        yield "comments", [(self.id, self.site, self.article, self.author, self.id, 0, *shown, self.at)]
        yield "revisions", [
            (self.revision, self.site, self.id, 1, self.text, f"<p>{self.text}</p>", self.text.lower(), self.language,
             str(self.state), self.decision, self.at)
        ]  # fmt: skip
        yield "decisions", [
            (self.decision, self.site, self.revision, self.author, str(self.state), str(source),
             self.author if self.by_person else None, [str(self.reason)], self.at)
        ]  # fmt: skip
        yield "signals", [
            (new_id(), self.site, self.revision, "classifier", label, value, "bench 1",
             f'{{"hold": {THRESHOLDS[label]}}}', self.at)
            for label, value in self.values.items()
        ]  # fmt: skip
        yield (
            "reports",
            [
                (new_id(), self.site, self.id, self.revision, self.author, reporter, "spam", self.at)
                for reporter in self.reporters
            ],
        )


class Writer:
    """Makes the rows of all comments, some thousands at a time, the oldest first."""

    def __init__(self, people: People, plan: Plan, now: datetime, random: np.random.Generator) -> None:
        self._people, self._plan, self._now, self._random = people, plan, now, random
        self._words = {language: vocabulary(*given, random) for language, given in _WORDS.items()}
        self._states = self._chosen_states()
        self._shares = {State.HELD: 0.0, State.REJECTED: _REJECTED_BY_PERSON, State.PUBLISHED: plan.seen}
        self._reported = set(random.choice(plan.comments, plan.reported, replace=False).tolist())

    def _chosen_states(self) -> "np.ndarray[Any, Any]":
        """Held comments are from the last quarter of the time, the others from all of it."""
        total, random = self._plan.comments, self._random
        states = np.full(total, _STATES.index(State.PUBLISHED))
        states[random.choice(total, self._plan.rejected, replace=False)] = _STATES.index(State.REJECTED)
        recent = np.arange(total * 3 // 4, total)
        states[random.choice(recent, self._plan.held, replace=False)] = _STATES.index(State.HELD)
        return states

    def chunks(self) -> Iterator[Rows]:
        for first in range(0, self._plan.comments, CHUNK):
            yield self._chunk(range(first, min(first + CHUNK, self._plan.comments)))

    def _chunk(self, numbers: range) -> Rows:
        size = len(numbers)
        written = {language: texts(size, words, self._random) for language, words in self._words.items()}
        authors = uneven(len(self._people.authors), size, self._random)
        articles = uneven(len(self._people.articles), size, self._random)
        made: Rows = {table: [] for table in COLUMNS}
        for number, author, article in zip(numbers, authors, articles, strict=True):
            language = "ru" if self._random.random() < _RUSSIAN_SHARE else "en"
            about = self._people.articles[article], self._people.authors[author]
            for table, rows in self._comment(number, *about, next(written[language]), language).rows():
                made[table] += rows
        return made

    def _comment(self, number: int, article: UUID, author: UUID, text: str, language: str) -> Comment:
        at = self._now - YEARS + YEARS * (number / self._plan.comments)
        state = _STATES[self._states[number]]
        return Comment(
            self._people.site, article, author, text, language, at, state,
            id=uuid7(at, self._random), revision=uuid7(at, self._random), decision=uuid7(at, self._random),
            by_person=self._random.random() < self._shares[state],
            reason=Reason.CLEAR if state is State.PUBLISHED else REASONS[self._random.integers(len(REASONS))],
            values={label: float(self._random.uniform(*_HEARD[state])) for label in THRESHOLDS},
            reporters=self._reporters() if number in self._reported else [],
        )  # fmt: skip

    def _reporters(self) -> Sequence[UUID]:
        number = int(self._random.integers(1, _MOST_REPORTS))
        chosen = self._random.choice(len(self._people.authors), number, replace=False)
        return [self._people.authors[one] for one in chosen]
