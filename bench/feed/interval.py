"""The median of a few noisy ratios, and how far it can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb
from statistics import median

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """`confidence` is what the interval from `low` to `high` really has, because order statistics come in steps."""

    median: float
    low: float
    high: float
    confidence: float
    pairs: int

    @property
    def sound(self) -> bool:
        return self.confidence >= CONFIDENCE

    def overlaps(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


def interval(ratios: Sequence[float]) -> Interval:
    """By order statistics, as in the sign test: nothing is assumed about how the ratios are distributed.

    With fewer than six there is no interval of 95 %; it then spans all ratios, and `confidence` is lower.
    """
    ordered, count = sorted(ratios), len(ratios)
    rank = max(_rank(count), 1)
    return Interval(median(ordered), ordered[rank - 1], ordered[-rank], 1 - 2 * _below(count, rank), count)


def _rank(count: int) -> int:
    """The highest rank whose order statistic is above the median in at most 2.5 % of the cases; 0 if there is none."""
    allowed = (1 - CONFIDENCE) / 2
    return max((rank for rank in range(1, count // 2 + 1) if _below(count, rank) <= allowed), default=0)


def _below(count: int, rank: int) -> float:
    """The probability that fewer than `rank` of the values lie below the true median."""
    return float(sum(comb(count, k) for k in range(rank)) / 2**count)


def percentile(ordered: Sequence[float], share: int) -> float:
    """The smallest value that `share` per cent of all values do not exceed."""
    return ordered[max(ceil(len(ordered) * share / 100), 1) - 1]
