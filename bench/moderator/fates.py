"""How the comments of a replay fared, and what that says about the way they were moderated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import quantiles
from typing import Any
from uuid import UUID

from bench.moderator.crowd import Arrival

_FEW = 2
_TENTHS = 10


@dataclass
class Fate:
    """`shown` and `gone`: when readers began and ceased to see it; None if never."""

    arrival: Arrival
    author: UUID | None = None
    held: bool = False
    shown: datetime | None = None
    gone: datetime | None = None

    def seconds_seen(self, end: datetime) -> float:
        return ((self.gone or end) - self.shown).total_seconds() if self.shown else 0.0

    @property
    def seconds_waited(self) -> float | None:
        """From writing to being seen."""
        return (self.shown - self.arrival.at).total_seconds() if self.shown else None


def figures(fates: Sequence[Fate], acts: int, end: datetime) -> dict[str, Any]:
    """Shares are of all abusive or of all ordinary comments. Times are in seconds, of those that were seen at all.

    `abusive_unfound`: seen, and never taken away. These are seen until the replay ends, so `seen_for` leaves them out.
    """
    abusive = [fate for fate in fates if fate.arrival.abusive]
    ordinary = [fate for fate in fates if not fate.arrival.abusive]
    found = [fate.seconds_seen(end) for fate in abusive if fate.shown and fate.gone]
    waits = [wait for fate in ordinary if (wait := fate.seconds_waited) is not None]
    return {
        "comments": len(fates),
        "abusive": len(abusive),
        "abusive_seen": _share(abusive, lambda fate: fate.shown is not None),
        "abusive_unfound": _share(abusive, lambda fate: fate.shown is not None and fate.gone is None),
        "seen_for": _spread(found),
        "ordinary_held": _share(ordinary, lambda fate: fate.held),
        "ordinary_lost": _share(ordinary, lambda fate: fate.shown is None or fate.gone is not None),
        "ordinary_waited": _spread(waits),
        "acts_per_thousand": round(1000 * acts / len(fates), 1) if fates else 0.0,
    }


def _share(fates: Sequence[Fate], holds: Callable[[Fate], bool]) -> float:
    return round(sum(map(holds, fates)) / len(fates), 4) if fates else 0.0


def _spread(seconds: Sequence[float]) -> dict[str, float | None]:
    """The median, and the value that nine of ten do not exceed."""
    if len(seconds) < _FEW:
        return {"p50": seconds[0] if seconds else None, "p90": seconds[0] if seconds else None}
    tenths = quantiles(seconds, n=_TENTHS, method="inclusive")
    return {"p50": round(tenths[4], 1), "p90": round(tenths[8], 1)}
