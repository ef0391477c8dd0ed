"""The revisions of a comment, each with what changed in it, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from discuss.domain.queue import Text
from discuss.domain.states import State

WORD = re.compile(r"\s+|\w+|[^\w\s]+")
MOST_WORDS = 3000
"""In one text; comparing takes time that grows with the square of it."""

Parts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Version:
    """`parts`: pieces of text that are the `same`, `new` or `old`, in order."""

    number: int
    state: State
    created_at: datetime
    parts: Parts


def versions(texts: Sequence[Text]) -> Sequence[Version]:
    """The newest first, each compared with the one before it; the first one is shown as it is."""
    before = ["", *(text.source for text in texts)]
    made = [
        Version(text.number, text.state, text.created_at, compared(earlier, text.source))
        for earlier, text in zip(before, texts, strict=False)
    ]
    return made[::-1]


def compared(before: str, after: str) -> Parts:
    """What was taken out and put in. Very long texts are shown without comparing."""
    old, new = WORD.findall(before), WORD.findall(after)
    if not old or max(len(old), len(new)) > MOST_WORDS:
        return [("same", after)]
    return list(_parts(old, new))


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", "".join(new[c:d])
            continue
        if b > a:
            yield "old", "".join(old[a:b])
        if d > c:
            yield "new", "".join(new[c:d])
