"""How often detectors speak against a text, and when that is so much more than usual that a brake is put on."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

USUAL = timedelta(days=7)
"""What is usual is taken from so long before the hour under way."""

ENOUGH_HITS = 20
"""Fewer in the hour under way never put a brake on."""

KNOWN = 200
"""Texts a detector must have seen before its share says what is usual; until then `AT_FIRST` does."""

AT_FIRST = 0.2
"""The share of hits from which a detector that is new is braked."""

JUMP = 4.0
"""So many times the usual share is a jump."""

LEAST = 0.02
"""A share below this is never one: from one hit in ten thousand to four there is no harm."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`subject`: a label of the model, or the id of a rule. `seen`: texts it was asked about."""

    site_id: UUID
    subject: str
    seen: int
    hits: int

    @property
    def share(self) -> float:
        return self.hits / self.seen if self.seen else 0.0


def jumps(now: Tally, before: Tally) -> bool:
    """Whether a detector hits far more often in the hour under way than in the days before."""
    if now.hits < ENOUGH_HITS:
        return False
    limit = max(JUMP * before.share, LEAST) if before.seen >= KNOWN else AT_FIRST
    return now.share >= min(limit, 1.0)
