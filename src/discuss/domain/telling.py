"""What the author of a comment is told of the decisions about it, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.states import State

TOLD_AFTER = timedelta(seconds=10)
"""How long a moderator can undo a decision before the author hears of it."""

NOT_TOLD = frozenset({Reason.WATCHED_AUTHOR, Reason.OFTEN_REJECTED, Reason.SUSPECT_WORDS})
"""Anybody who knew of these would work around them; the author is told another of the reasons, or `other`."""


@dataclass(frozen=True, slots=True)
class Told:
    """`reason`: why it is not published. `words`: what the moderator says to the author."""

    state: State
    reason: Reason | None = None
    words: str | None = None


def told_to_author(made: Sequence[Decision], now: datetime) -> Told:
    """What the author is told now, given all decisions about a text in the order they were made.

    A person's decision is told once it has stood for ten seconds, a machine's at once.
    """
    end = now
    for decision in reversed(made):
        if decision.source is Source.POLICY or end - decision.created_at >= TOLD_AFTER:
            return _told(decision)
        end = decision.created_at
    return Told(State.PENDING)


def _told(decision: Decision) -> Told:
    if decision.state is State.PUBLISHED or Reason.SHADOWED in decision.reasons:
        return Told(State.PUBLISHED, None, decision.words)
    tellable = [reason for reason in decision.reasons if reason not in NOT_TOLD]
    return Told(decision.state, tellable[0] if tellable else Reason.OTHER, decision.words)


def told_to_staff(decision: Decision) -> Told:
    """The decision that stands, with its weightiest reason."""
    is_reason = decision.state is not State.PUBLISHED and decision.reasons
    return Told(decision.state, decision.reasons[0] if is_reason else None, decision.words)
