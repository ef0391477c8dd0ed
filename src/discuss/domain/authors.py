"""Authors as moderators see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain.sanctions import Sanction
from discuss.domain.states import State
from discuss.errors import Forbidden

RECENT = 20
"""How many of the latest decided comments the share of rejections is taken from."""

COUNTED = 100
"""Short records stop counting here, so that even a prolific author's record is cheap."""


@dataclass(frozen=True, slots=True)
class Author:
    """`staff`: a moderator or admin here, who cannot be sanctioned.

    `email` is for admins of the site only; it is None for an account from elsewhere, which may be staff of other sites.
    """

    id: UUID
    name: str
    email: str | None
    created_at: datetime
    staff: bool

    def require_reader(self) -> None:
        """Raises `Forbidden` for staff: only the operator can take a role away."""
        if self.staff:
            raise Forbidden(
                "This is a moderator or admin of the site. The operator must take the role away first: discuss user dismiss."
            )


@dataclass(frozen=True, slots=True)
class Record:
    """A summary of what is known about an author at one site.

    `published`, `held` and `rejected` count comments by the state of their newest decided text, up to `COUNTED`.
    `recent` holds the states of the latest decided comments, newest first. `upheld` and `dismissed` count reports
    against the author; `sanctions` are the kinds in force.
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
        """The share of rejections among the latest decided comments; 0 if there are none."""
        return self.recent.count(State.REJECTED) / len(self.recent) if self.recent else 0.0


@dataclass(frozen=True, slots=True)
class LatestComment:
    """One of an author's comments, with its newest text."""

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
    """What became of the reports an author made, and how far the author is believed, from 0 to 1."""

    upheld: int
    dismissed: int
    open: int
    accuracy: float


@dataclass(frozen=True, slots=True)
class Tally:
    """All of an author's comments by the state of their newest decided text, and the reports against them by outcome."""

    comments: Mapping[State, int]
    reports: Mapping[str, int]
