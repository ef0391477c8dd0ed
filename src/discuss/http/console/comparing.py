"""The revisions of a comment, each with its changes, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from discuss.domain.queue import Text
from discuss.domain.states import State
from discuss.http.console.aligning import Run, Steps, Words, aligned

WORD = re.compile(r"\s+|\w+|[^\w\s]+")
MOST_STEPS = 60_000
"""For all revisions of a comment together, so that no author can keep a process busy. A page's worth of edits takes a tenth."""

Parts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Version:
    """`parts`: the text in order, in pieces marked `same`, `new` or `old`."""

    number: int
    state: State
    created_at: datetime
    parts: Parts


def versions(texts: Sequence[Text], most_steps: int = MOST_STEPS) -> Sequence[Version]:
    """Newest first, each compared with its predecessor; the first revision is shown as it is.

    Each may use at most half of the steps that the newer ones have left.
    """
    written: list[list[str]] = [[], *(WORD.findall(text.source) for text in texts)]
    made, left = [], most_steps
    for text, (new, old) in zip(reversed(texts), pairwise(reversed(written)), strict=True):
        steps = Steps(left // 2)
        parts = _compared(old, new, steps)
        left -= left // 2 - max(steps.left, 0)
        made.append(Version(text.number, text.state, text.created_at, parts))
    return made


def _compared(old: Words, new: Words, steps: Steps) -> Parts:
    """What was removed and added, word by word; if the steps run out, all between the common beginning and end."""
    return list(_parts(old, new, aligned(old, new, steps))) if old else [("same", "".join(new))]


def _parts(old: Words, new: Words, runs: Sequence[Run]) -> Iterator[tuple[str, str]]:
    at_old = at_new = 0
    for run in [*runs, Run(len(old), len(new), 0)]:
        if run.old > at_old:
            yield "old", "".join(old[at_old : run.old])
        if run.new > at_new:
            yield "new", "".join(new[at_new : run.new])
        at_old, at_new = run.old + run.length, run.new + run.length
        if run.length:
            yield "same", "".join(new[run.new : at_new])
