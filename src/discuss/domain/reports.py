"""Reports by readers: one per reader and comment, and how much a reporter's word weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.states import State

PRIOR = 1
"""How far an unknown reporter is believed: as if one report had been upheld and one dismissed."""

POOR = 0.3
"""Reports by reporters below this accuracy never hold a comment, however many there are."""

LONGEST_WORDS = 500


class Outcome(StrEnum):
    """What a person's decision makes of a report. `moot`: a later text than the reported one was published."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"
    MOOT = "moot"


@dataclass(frozen=True, slots=True)
class Report:
    """Open until a person judges its text or a later one, or the reader withdraws it."""

    id: UUID
    site_id: UUID
    comment_id: UUID
    revision_id: UUID
    author_id: UUID
    reporter_id: UUID
    reason: Reason
    words: str | None
    created_at: datetime
    withdrawn_at: datetime | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as moderators read it. `accuracy` is that of the reporter."""

    id: UUID
    revision_id: UUID
    reporter_id: UUID
    reporter_name: str
    accuracy: float
    reason: Reason
    words: str | None
    created_at: datetime
    withdrawn_at: datetime | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Flood:
    """All reports on one comment taken together: how many are open for each reason, and the latest in full."""

    reasons: Mapping[Reason, int]
    latest: Sequence[Reported]


def accuracy(upheld: int, dismissed: int) -> float:
    """The mean of a Beta distribution: while little is known, it stays near one half."""
    return (upheld + PRIOR) / (upheld + dismissed + 2 * PRIOR)


def weight(upheld: int, dismissed: int) -> float:
    """What one report adds to the sum that holds a comment: nothing if its reporter's accuracy is below `POOR`."""
    believed = accuracy(upheld, dismissed)
    return believed if believed >= POOR else 0.0


def may_hold(state: State, decided_by: Source) -> bool:
    """Whether reports may hold a text: only what the machine published, never what a person did."""
    return state is State.PUBLISHED and decided_by is Source.POLICY


def outcome_of(judged: Decision | None, *, same_text: bool) -> Outcome | None:
    """What a person's judgement of a text makes of a report on it or, if not `same_text`, on an earlier text.

    None: the report stays open, because nobody has judged the text, or somebody only held it.
    """
    if judged is None or judged.state is State.HELD:
        return None
    if judged.state is State.REJECTED:
        return Outcome.UPHELD
    return Outcome.DISMISSED if same_text else Outcome.MOOT
