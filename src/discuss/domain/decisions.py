"""Decisions: what was done to a revision, why, and by whom or what. They are appended, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from discuss.domain.states import State
from discuss.errors import InvalidInput


class Source(StrEnum):
    POLICY = "policy"
    PERSON = "person"


class Reason(StrEnum):
    """Stable codes. `clear`: nothing was found. `not-covered`: the model does not know the language well enough to say."""

    CLEAR = "clear"
    TOXIC = "toxic"
    SPAM = "spam"
    INSULT = "insult"
    THREAT = "threat"
    HATE = "hate"
    OBSCENE = "obscene"
    OFF_TOPIC = "off-topic"
    PERSONAL_DATA = "personal-data"
    ILLEGAL = "illegal"
    BANNED_WORDS = "banned-words"
    SUSPECT_WORDS = "suspect-words"
    LINK = "link"
    REPEATED = "repeated"
    NEW_AUTHOR = "new-author"
    WATCHED_AUTHOR = "watched-author"
    OFTEN_REJECTED = "often-rejected"
    SHADOWED = "shadowed"
    REPORTED = "reported"
    PREMODERATED = "premoderated"
    STOPPED_BEFORE = "stopped-before"
    NOT_SCORED = "not-scored"
    NOT_COVERED = "not-covered"
    OTHER = "other"


REJECTION_REASONS = frozenset(
    {
        Reason.SPAM,
        Reason.INSULT,
        Reason.THREAT,
        Reason.HATE,
        Reason.OBSCENE,
        Reason.OFF_TOPIC,
        Reason.PERSONAL_DATA,
        Reason.ILLEGAL,
        Reason.OTHER,
    }
)
"""What a person may give as the reason for rejecting or holding a text."""


def require_persons_reason(reason: Reason, what: str) -> Reason:
    """Raises `InvalidInput` for a reason that only the machine gives. `what` is what needs the reason, such as a sanction or a report."""
    if reason not in REJECTION_REASONS:
        raise InvalidInput(f"The reason for a {what} must be one of: {', '.join(sorted(REJECTION_REASONS))}.")
    return reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state a revision should move to, and every reason for it, the weightiest first."""

    state: State
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Decision:
    """`note` is for moderators, `words` are for the author. `undoes`: the decision that this one takes back.

    `batch_id` is shared by all decisions of one act. `follows`: the decision about a later text of the comment that
    brought this one about.
    """

    id: UUID
    site_id: UUID
    revision_id: UUID
    previous_id: UUID | None
    state: State
    source: Source
    actor_id: UUID | None
    reasons: Sequence[Reason]
    note: str | None
    model: str | None
    created_at: datetime
    words: str | None = None
    undoes: UUID | None = None
    batch_id: UUID | None = None
    follows: UUID | None = None


def judgement(made: Decision, known: Mapping[UUID, Decision]) -> Decision | None:
    """The judgement by a person that stands after the decision `made`, or None. `known` holds every decision about that text.

    Undoing a judgement leaves none in its place; undoing that undo restores it.
    """
    while made.undoes is not None:
        again = known[made.undoes].undoes
        if again is None:
            return None
        made = known[again]
    return made
