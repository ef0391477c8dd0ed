"""Deciding many comments at once: which ones, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from discuss.domain.states import State


class Outcome(StrEnum):
    """`stale`: another decision came first, or readers see a later text. `pointless`: nothing would be new about it."""

    DECIDED = "decided"
    STALE = "stale"
    POINTLESS = "pointless"
    NOT_FOUND = "not-found"


@dataclass(frozen=True, slots=True)
class Target:
    """A revision, and the decision about it that the moderator saw."""

    revision_id: UUID
    seen: UUID


@dataclass(frozen=True, slots=True)
class Selection:
    targets: Sequence[Target]


@dataclass(frozen=True, slots=True)
class AllAlike:
    """The text that the moderator saw, and its near-duplicates of recent days, except those that a person decided."""

    target: Target


@dataclass(frozen=True, slots=True)
class AllHeldOf:
    author_id: UUID


Choice = Selection | AllAlike | AllHeldOf


@dataclass(frozen=True, slots=True)
class Result:
    """`state` and `decision_id` are what stands now; both are None if the revision was not found."""

    revision_id: UUID
    outcome: Outcome
    state: State | None = None
    decision_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """`more`: not everything has a result, because there were more than one act may cover or the database went away halfway.

    The same request again continues with the rest.
    """

    id: UUID
    results: Sequence[Result]
    more: bool


def outcome(stands: UUID | None, seen: UUID, *, outdated: bool, has_point: bool) -> Outcome:
    """What becomes of a revision whose current decision is `stands`, when somebody who saw the decision `seen` decides.

    `outdated`: readers see a later text of the comment, which whoever decides has not seen.
    """
    if stands != seen or outdated:
        return Outcome.STALE
    return Outcome.DECIDED if has_point else Outcome.POINTLESS
