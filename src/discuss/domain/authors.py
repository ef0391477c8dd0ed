"""Authors as moderators see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain.sanctions import Sanction
from discuss.domain.states import State
from discuss.errors import Forbidden

RECENT = 20
"""Decided comments that the share of rejections is taken from."""

COUNTED = 100
"""Where counting stops in short records: what a prolific author costs must not grow without end."""


@dataclass(frozen=True, slots=True)
class Author:
    """`email` is for admins of the site only; None for an account of elsewhere, which may be staff of other sites. `staff`: a moderator or admin here, whom nobody sanctions."""

    id: UUID
    name: str
    email: str | None
    created_at: datetime
    staff: bool

    def require_reader(self) -> None:
        """Raises `Forbidden` for a colleague: it is the operator who takes a role away."""
        if self.staff:
            raise Forbidden(
                "This is a moderator or an admin of the site. The operator takes the role away first: discuss user dismiss."
            )


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an author at one site, in short.

    `published`, `held` and `rejected` count comments by the newest text that was decided, up to `COUNTED`.
    `recent` are the states of the latest decided comments, the newest first. `upheld` and `dismissed` are reports
    against the author; `sanctions` are the kinds that stand.
    """

    account_id: UUID
    name: str
    registered_at: datetime
    published: int
    held: int
    rejected: int
    recent: Sequence[State]
    upheld: int
    dismissed: int
    notes: int
    sanctions: frozenset[Sanction]

    @property
    def recently_rejected(self) -> float:
        """The share of rejections among the latest decided comments; 0 where there are none."""
        return self.recent.count(State.REJECTED) / len(self.recent) if self.recent else 0.0


@dataclass(frozen=True, slots=True)
class LatestComment:
    """One of an author's comments, by its newest text."""

    id: UUID
    revision_id: UUID
    source: str
    state: State
    created_at: datetime
    deleted: bool
    article_id: UUID
    article_title: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """What became of an author's own reports, and how far they are believed, from 0 to 1."""

    upheld: int
    dismissed: int
    open: int
    accuracy: float


@dataclass(frozen=True, slots=True)
class Tally:
    """All of an author's comments by the state of their newest decided text, and the reports against them by outcome."""

    comments: Mapping[State, int]
    reports: Mapping[str, int]
