"""The record: every decision ever made at a site, with everything it was based on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from uuid import UUID

from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.instants import in_utc
from discuss.domain.signals import Signal
from discuss.domain.states import State


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
        return replace(self, since=in_utc(since, "since"), until=in_utc(until, "until"))
