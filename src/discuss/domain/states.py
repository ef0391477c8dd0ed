"""The states of a revision and the moves between them."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    PENDING = "pending"
    PUBLISHED = "published"
    HELD = "held"
    REJECTED = "rejected"


MOVES: Mapping[State, frozenset[State]] = {
    State.PENDING: frozenset({State.PUBLISHED, State.HELD, State.REJECTED}),
    State.PUBLISHED: frozenset({State.HELD, State.REJECTED}),
    State.HELD: frozenset({State.PUBLISHED, State.REJECTED}),
    State.REJECTED: frozenset({State.PUBLISHED, State.HELD}),
}


def may_move(old: State, new: State) -> bool:
    return new in MOVES[old]
