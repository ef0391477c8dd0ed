"""The record: every decision ever made at a site, with everything it was based on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.signals import Signal
from discuss.domain.states import State
from discuss.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Entry:
    """`moderator`: the name of the person who decided. `signals`: what was known about the text, the strongest first."""

    decision: Decision
    moderator: str | None
    comment_id: UUID
    article_id: UUID
    author_id: UUID
    number: int
    signals: Sequence[Signal]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to read; None matches any. `until` is exclusive."""

    source: Source | None = None
    actor_id: UUID | None = None
    state: State | None = None
    reason: Reason | None = None
    comment_id: UUID | None = None
    author_id: UUID | None = None
    batch_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

    def within(self, since: datetime | None, until: datetime | None) -> Self:
        """Raises `InvalidInput` for an instant without a zone, or beyond the calendar."""
        return replace(self, since=_instant(since, "since"), until=_instant(until, "until"))


def _instant(given: datetime | None, what: str) -> datetime | None:
    try:
        if given is None or given.tzinfo is not None:
            return given and given.astimezone(UTC)
    except OverflowError:
        pass
    raise InvalidInput(f"`{what}` must be a time with a time zone, such as 2026-01-31T12:00:00Z.")
