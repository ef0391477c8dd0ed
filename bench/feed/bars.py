"""What the feed has to reach."""

from dataclasses import dataclass

from bench.feed.interval import Interval


@dataclass(frozen=True, slots=True)
class Bar:
    """For a ratio: its median, the lower end of its interval, or both."""

    median: float | None = None
    low: float | None = None

    def met(self, ratio: Interval) -> bool:
        return ratio.median >= (self.median or 0) and ratio.low >= (self.low or 0)

    def __str__(self) -> str:
        told = [f"median ≥ {self.median:.2f}"] if self.median else []
        return ", ".join(told + ([f"lower bound ≥ {self.low:.2f}"] if self.low else []))


FULL = Bar(median=0.90, low=0.85)
NOT_MODIFIED = Bar(low=0.90)
WHILE_WRITING = Bar(median=0.65)
COUNTS = Bar(median=0.60)

PROPAGATED_P99_MS = 50.0
PER_POLL = 0.001
"""Commands to a store per poll that count as none: the sweep and the look each second do not fall evenly into two windows."""
PER_REQUEST = 0.1
"""Commands by which the cost of a request may differ with very many articles and count as the same: one more query would be a whole one."""

SOUND_PAIRS = 15
"""With fewer pairs, or fewer articles in the large case, a run is only a trial, and the documentation does not show it."""

LARGE = 1_000_000
LONG_THREAD = 10_000
