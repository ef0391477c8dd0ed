"""Pairs of samples, one right after the other: what else the machine does hardly affects the ratio of a pair."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace

import psutil

from bench.feed import wrk
from bench.feed.bars import Bar
from bench.feed.interval import Interval, interval
from bench.feed.wrk import Address, Sample
from bench.processes import Failed

Announce = Callable[[str], None]
Circumstances = Callable[[], AbstractContextManager[None]]

_QUIET, _LOOK, _PATIENCE = 12.0, 0.4, 40.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """`meanwhile` is what goes on during our sample only, `around` during both; `against` names the other side in the table.

    `turns`: how many samples of each are put together, where a single one says little.
    """

    key: str
    title: str
    ours: Address
    theirs: Address
    against: str
    bar: Bar | None = None
    meanwhile: Circumstances = nullcontext
    around: Circumstances = nullcontext
    turns: int = 1

    @property
    def yardstick(self) -> Address:
        """Asked with the same headers as ours: reading one more costs any server a twelfth."""
        return replace(self.theirs, headers=self.ours.headers)


@dataclass(frozen=True, slots=True)
class Pair:
    """`busy`: how much of the machine others used right before, in per cent."""

    ours: Sample
    theirs: Sample
    busy: float

    @property
    def ratio(self) -> float:
        return self.ours.rate / self.theirs.rate


@dataclass(frozen=True, slots=True)
class Effort:
    """`patience`: seconds to wait for a quiet machine before each pair."""

    pairs: int
    seconds: float
    patience: float = _PATIENCE


@dataclass(slots=True)
class Measured:
    comparison: Comparison
    pairs: list[Pair] = field(default_factory=list)

    @property
    def ratio(self) -> Interval:
        return interval([pair.ratio for pair in self.pairs])

    def times(self, yardstick: "Measured") -> Interval:
        """Our rate over the yardstick's in the same round."""
        both = zip(self.pairs, yardstick.pairs, strict=True)
        return interval([mine.ours.rate / other.ours.rate for mine, other in both])

    @property
    def failed(self) -> int:
        return sum(pair.ours.failed + pair.theirs.failed for pair in self.pairs)


def measure(
    comparisons: Sequence[Comparison], effort: Effort, announce: Announce
) -> tuple[dict[str, Measured], list[str]]:
    """Each round takes one pair of every comparison; which side comes first changes from round to round.

    A comparison that breaks down is left out from then on, and the second list says why.
    """
    found, broken = {one.key: Measured(one) for one in comparisons}, []
    for number in range(effort.pairs):
        for key, one in list(found.items()):
            announce(
                f"round {number + 1} of {effort.pairs}: {one.comparison.title}, next to {one.comparison.against}"
            )
            try:
                one.pairs.append(_pair(one.comparison, effort, ours_first=bool(number % 2)))
            except Failed as failed:
                broken.append(f"{one.comparison.title}, next to {one.comparison.against}: {failed}")
                del found[key]
    return found, broken


def _pair(one: Comparison, effort: Effort, *, ours_first: bool) -> Pair:
    busy = _wait_until_quiet(effort.patience)
    with one.around():
        turns = [_turn(one, effort, ours_first=ours_first ^ bool(turn % 2)) for turn in range(one.turns)]
    ours, theirs = zip(*turns, strict=True)
    return Pair(wrk.together(ours), wrk.together(theirs), busy)


def _turn(one: Comparison, effort: Effort, *, ours_first: bool) -> tuple[Sample, Sample]:
    before = None if ours_first else wrk.run(one.yardstick, effort.seconds)
    with one.meanwhile():
        ours = wrk.run(one.ours, effort.seconds)
    return ours, before or wrk.run(one.yardstick, effort.seconds)


def _wait_until_quiet(patience: float) -> float:
    """Returns how busy the machine is in the end, in per cent. One that does not come to rest is measured as it is."""
    deadline = time.monotonic() + patience
    while (busy := psutil.cpu_percent(_LOOK)) > _QUIET and time.monotonic() < deadline:
        time.sleep(_LOOK)
    return float(busy)
