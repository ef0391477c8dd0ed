"""Deciding many comments at once: which ones, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from discuss.domain.states import State, may_move


class Outcome(StrEnum):
    """`stale`: another decision came first. `pointless`: it is in that state already."""

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
    """The comment and its near-duplicates of recent days, except those that a person decided."""

    comment_id: UUID


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
    """`more`: there were more than one act may cover; the same request again continues with the rest."""

    id: UUID
    results: Sequence[Result]
    more: bool


def outcome(stands: UUID | None, state: State, seen: UUID, wanted: State) -> Outcome:
    """What becomes of a revision whose current decision is `stands`, when somebody who saw the decision `seen` asks for `wanted`."""
    if stands != seen:
        return Outcome.STALE
    return Outcome.DECIDED if may_move(state, wanted) else Outcome.POINTLESS
