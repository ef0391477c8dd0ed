"""Which words two texts have in common, in order: E. W. Myers' greedy diff, which gives up after a number of steps.

`difflib` has no such limit, and an author of both texts can make it search for minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Run:
    """`length` equal words, beginning at `old` in the old text and at `new` in the new one."""

    old: int
    new: int
    length: int


@dataclass(slots=True)
class Steps:
    """The steps that may still be taken. Each compares at most one pair of words."""

    left: int


def aligned(old: Words, new: Words, steps: Steps) -> Sequence[Run]:
    """The runs in order, with as few words as possible between them.

    The common beginning and end cost no steps. If the steps run out on the rest, these two are the whole result.
    """
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    between = _between(old[head : len(old) - tail], new[head : len(new) - tail], steps)
    runs = [Run(0, 0, head), *(Run(run.old + head, run.new + head, run.length) for run in between)]
    return [run for run in [*runs, Run(len(old) - tail, len(new) - tail, tail)] if run.length]


def _alike(old: Words, new: Words) -> int:
    """The length of the common beginning."""
    return next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )


def _between(old: Words, new: Words, steps: Steps) -> Sequence[Run]:
    if not old or not new:
        return []
    search = _Search(old, new, steps)
    return search.runs() if search.succeeds() else []


class _Search:
    """Finds the farthest place in the old text that can be reached with a number of words added or removed.

    `_reached[lead]` is that place among paths whose place in the new text is `lead` words behind it. `_before` keeps what was
    reached with fewer changes, to trace the path back.
    """

    def __init__(self, old: Words, new: Words, steps: Steps) -> None:
        self._old, self._new, self._steps = old, new, steps
        self._reached = {1: 0}
        self._before: list[dict[int, int]] = []

    def succeeds(self) -> bool:
        end = len(self._old), len(self._new)
        while True:
            changed = len(self._before)
            self._before.append(self._reached)
            self._reached = {}
            for lead in range(-changed, changed + 1, 2):
                place = self._slide(self._enter(lead, changed), lead)
                if self._steps.left < 0:
                    return False
                self._reached[lead] = place
                if (place, place - lead) == end:
                    return True

    def _enter(self, lead: int, changed: int) -> int:
        """One more change: a word added, from the next higher lead, or one removed, from the next lower; whichever got farther."""
        before = self._before[changed]
        return max(before.get(lead + 1, -1), before.get(lead - 1, -2) + 1)

    def _slide(self, place: int, lead: int) -> int:
        """Moves on as long as the words are equal."""
        old, new, start = self._old, self._new, place
        while place < len(old) and place - lead < len(new) and old[place] == new[place - lead]:
            place += 1
        self._steps.left -= 1 + place - start
        return place

    def runs(self) -> Sequence[Run]:
        """Traces the path back from the end."""
        found: list[Run] = []
        place, lead = len(self._old), len(self._old) - len(self._new)
        for changed in range(len(self._before) - 1, -1, -1):
            start = self._enter(lead, changed)
            found.append(Run(start, start - lead, place - start))
            before = self._before[changed]
            put_in = before.get(lead + 1, -1) == start
            lead, place = (lead + 1, start) if put_in else (lead - 1, start - 1)
        return found[::-1]
