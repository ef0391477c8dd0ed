"""Where lists of words match a text, and where its links lead. Places are those in the text as its author wrote it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from discuss.classify.batch import Batch, Places
from discuss.classify.endings import ENDINGS
from discuss.classify.text import normalised
from discuss.classify.wordbook import Hit
from discuss.classify.wordlists import WordList
from discuss.domain.detecting import Match
from discuss.domain.hosts import hosts_of

# Every repetition is bounded, so that no text can make a search slow.
# More exact than `marks.LINK`: hosts are compared with lists, so links that touch are told apart, and hosts in Punycode are found too.
_LINK = re.compile(
    rf"https?://(?:(?!https?://)\S){{1,300}}|\bwww\.\S{{1,300}}|\b[\w-]{{1,63}}\.(?:{ENDINGS}|xn--[a-z0-9-]{{1,59}})(?:/\S{{0,300}})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Legible:
    """A text as it was typed and as it reads: `origins[k]` is the place in `source` of letter k of `text`.

    `text` has a space at both ends that its author need not have typed; their origins lie outside `source`.
    """

    source: str
    text: str
    origins: Places

    @classmethod
    def of(cls, sources: Sequence[str]) -> list[Self]:
        """All of them in one vectorised call."""
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

    def matches(self, listed: WordList) -> list[Match]:
        return [self.match(listed.entries, hit) for hit in listed.find(self.text)]

    def match(self, entries: Sequence[str], hit: Hit) -> Match:
        place = self.origins[hit.start : hit.end]
        return Match(entries[hit.entry], int(place.min()), int(place.max()) + 1)


def links(source: str) -> list[Match]:
    """The hosts that a text links to, in the form in which names of sites are compared."""
    return [
        Match(host, link.start(), link.end())
        for link in _LINK.finditer(source)
        for host in sorted(hosts_of(link[0]))
    ]
