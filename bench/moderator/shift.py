"""A made-up moderator: when they work, how long a decision takes, how often they err, and what readers report."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from bench.moderator.crowd import Arrival

BEGINS, ENDS = time(9), time(21)
A_DECISION = timedelta(seconds=8)
GLANCE = timedelta(minutes=1)
ERRS = 0.03
"""Raters of these comments disagree more often than this, but a moderator who knows the site's rules errs less."""

SEEN_FOR = timedelta(minutes=40)
"""How long an abusive comment is seen on average before a reader reports it."""

REPORTED = 0.5
"""The share of the abusive comments seen by readers that somebody reports."""


NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Moderator:
    """One person. `free_at` is when the decision under way is made."""

    chance: random.Random
    free_at: datetime
    acts: int = 0

    def on_duty(self, at: datetime) -> bool:
        return BEGINS <= at.time() < ENDS and self.free_at <= at

    def next_duty(self, at: datetime) -> datetime:
        """When they look next if there is nothing to do now: a minute later, or when the next shift begins."""
        if BEGINS <= at.time() < ENDS:
            return at + GLANCE
        opens = at.replace(hour=BEGINS.hour, minute=BEGINS.minute, second=0, microsecond=0)
        return opens if opens > at else opens + timedelta(days=1)

    def rejects(self, arrival: Arrival, at: datetime) -> bool:
        """Follows the label except for errors, and takes the time of a decision."""
        self.free_at = max(self.free_at, at) + A_DECISION
        self.acts += 1
        return arrival.abusive is not (self.chance.random() < ERRS)


@dataclass
class Readers:
    """Decides once, when an abusive comment appears, whether and when somebody will report it."""

    chance: random.Random
    due: dict[UUID, datetime] = field(default_factory=dict)

    def see(self, comment: UUID, arrival: Arrival, at: datetime) -> None:
        if arrival.abusive and comment not in self.due and self.chance.random() < REPORTED:
            self.due[comment] = at + timedelta(seconds=self.chance.expovariate(1 / SEEN_FOR.total_seconds()))

    def report(self, at: datetime) -> list[UUID]:
        now = [comment for comment, due in self.due.items() if due <= at]
        for comment in now:
            self.due[comment] = NEVER
        return now
