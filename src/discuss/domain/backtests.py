"""Back-tests: what a rule or a threshold would have done to comments that are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from discuss.domain.rules import Action, Spec

MOST_DAYS = 365
MOST_EXAMPLES = 20
THRESHOLD = "threshold"
"""The kind of a back-test of a threshold; all others are kinds of rules."""


class Progress(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ThresholdSpec:
    """A score of at least `hold` for `label`, in one language or in all."""

    label: str
    hold: float
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Backtest:
    """`seen` of `total` published comments have been looked at; `hits` of those would have been stopped. `examples` are some of the hits.

    `place`: when the last comment looked at was written, and its id.
    """

    id: UUID
    site_id: UUID
    kind: str
    action: Action
    spec: Spec | ThresholdSpec
    days: int
    state: Progress
    total: int
    seen: int
    hits: int
    examples: Sequence[UUID]
    place: tuple[datetime, UUID] | None
    actor_id: UUID
    created_at: datetime
    finished_at: datetime | None

    @property
    def over(self) -> bool:
        return self.state in {Progress.DONE, Progress.CANCELLED, Progress.FAILED}


@dataclass(frozen=True, slots=True)
class Example:
    """A published comment that would have been stopped."""

    comment_id: UUID
    revision_id: UUID
    source: str
    author_name: str
    article_title: str
    created_at: datetime
