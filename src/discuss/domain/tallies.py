"""How often detectors hit, and when that is so much more than usual that a brake is applied."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

USUAL = timedelta(days=7)
"""The period before the current hour that defines what is usual."""

ENOUGH_HITS = 20
"""Fewer hits in the current hour never apply a brake."""

KNOWN = 200
"""Texts a detector must have seen before its share defines what is usual; until then `AT_FIRST` does."""

AT_FIRST = 0.2
"""The share of hits from which a new detector is braked."""

JUMP = 4.0
"""A share this many times the usual one is a jump."""

LEAST = 0.02
"""A share below this is never a jump: going from one hit in ten thousand to four does no harm."""


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
    """Whether a detector hits far more often in the current hour than in the days before."""
    if now.hits < ENOUGH_HITS:
        return False
    limit = max(JUMP * before.share, LEAST) if before.seen >= KNOWN else AT_FIRST
    return now.share >= min(limit, 1.0)
