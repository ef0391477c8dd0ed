"""Where lists of words fit in a text, and where its links lead: places are those of the text as its author wrote it."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self
from urllib.parse import urlsplit
from uuid import UUID

from discuss.classify.batch import Batch, Places
from discuss.classify.marks import LINK
from discuss.classify.text import normalised
from discuss.classify.tokens import Words, readings
from discuss.classify.wordlists import WordList
from discuss.domain.detecting import Match

MOST_LISTS = 256
"""Compiled lists kept by one process."""

MOST_LINKS = 20
"""Looked at in one text."""


@dataclass(frozen=True)
class Legible:
    """A text as it was typed and as it reads: `origins[k]` is the place in `source` of letter k of `text`.

    `text` has a space before and behind it that its author need not have typed; they come from nowhere.
    """

    source: str
    text: str
    origins: Places

    @classmethod
    def of(cls, sources: Sequence[str]) -> list[Self]:
        """In one vectorised call."""
        if not sources:
            return []
        batch = normalised(Batch.of(sources))
        return [
            cls(
                source,
                batch.codes[begin:end].tobytes().decode("utf-32-le", "surrogatepass"),
                batch.origins[begin:end],
            )
            for source, (begin, end) in zip(sources, pairwise(batch.bounds.tolist()), strict=True)
        ]

    @cached_property
    def words(self) -> Sequence[Words]:
        """In every way it can be read: once, however many lists look at it."""
        return readings(self.text)

    def matches(self, listed: WordList) -> list[Match]:
        return [
            Match(listed.entries[hit.entry], int(self.origins[hit.start]), int(self.origins[hit.end - 1]) + 1)
            for hit in listed.find_in(self.words)
        ]


class WordLists:
    """Each version of a list is compiled once in a process; those used last are kept. For several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._compiled: OrderedDict[tuple[UUID, int], WordList] = OrderedDict()

    def get(self, rule_id: UUID, number: int, entries: Sequence[str]) -> WordList:
        """`entries` are those of this version of the rule."""
        key = rule_id, number
        with self._lock:
            if key in self._compiled:
                self._compiled.move_to_end(key)
                return self._compiled[key]
        made = WordList(entries)
        with self._lock:
            self._compiled[key] = made
            while len(self._compiled) > MOST_LISTS:
                self._compiled.popitem(last=False)
        return made


def links(source: str) -> list[Match]:
    """The hosts that a text links to, in small letters and without `www.`."""
    found = []
    for link in LINK.finditer(source):
        host = _host(link[0])
        if host:
            found.append(Match(host, link.start(), link.end()))
        if len(found) == MOST_LINKS:
            break
    return found


def _host(link: str) -> str:
    try:
        parts = urlsplit(link if "://" in link else f"//{link}")
        return (parts.hostname or "").lower().rstrip(".").removeprefix("www.")
    except ValueError:
        return ""
