"""Look for many lists of words in one pass over a text: the cost grows with the text, not with the number of lists.

Lists are numbered, and where entries end, the numbers of their lists are the bits of one integer. A place in the text therefore
costs the same however many lists have an entry there, and each list costs no more than the few of its hits that are kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from discuss.classify.tokens import Words, readings

MOST_WORDS = 20
"""In one entry."""

MOST_HITS = 8
"""Of one list in one text; after these the list is no longer looked for."""


class Path(NamedTuple):
    """The words that an entry matches, and what the word after them begins with. `exact`: only words as they are written."""

    entry: int
    words: Sequence[str]
    beginning: str | None = None
    exact: bool = False


class Hit(NamedTuple):
    """Entry number `entry` matches `text[start:end]` of the normalised text."""

    entry: int
    start: int
    end: int


class _Fit(NamedTuple):
    """Entries that end before the word `beyond`: the lists that have one, as bits, and the number of the entry in each."""

    beyond: int
    lists: int
    entries: Mapping[int, int]


_NO_WORD: Mapping[str, int] = MappingProxyType({})


@dataclass(slots=True)
class _Tree:
    """Entries as paths of words. `follows[node][word]` is the next node, `follows[node]["word*"]` one where a beginning ends.

    `sizes` holds the lengths of the beginnings that can follow a node; `lists` holds, as bits, the lists with an entry that ends
    at a node. Most nodes are followed by none and share one mapping.
    """

    follows: list[Mapping[str, int]] = field(default_factory=lambda: [_NO_WORD])
    sizes: dict[int, list[int]] = field(default_factory=dict)
    lists: dict[int, int] = field(default_factory=dict)
    entries: dict[int, dict[int, int]] = field(default_factory=dict)

    def add(self, number: int, path: Path) -> None:
        """Of two entries of a list that are the same, the first counts."""
        node = 0
        for word in path.words:
            node = self._next(node, word)
        if path.beginning is not None:
            self.sizes[node] = sorted({*self.sizes.get(node, ()), len(path.beginning)}, reverse=True)
            node = self._next(node, f"{path.beginning}*")
        self.lists[node] = self.lists.get(node, 0) | 1 << number
        self.entries.setdefault(node, {}).setdefault(number, path.entry)

    def _next(self, node: int, word: str) -> int:
        following = self.follows[node]
        if not isinstance(following, dict):
            following = self.follows[node] = {}
        if word not in following:
            following[word] = len(self.follows)
            self.follows.append(_NO_WORD)
        return following[word]

    def fits(self, path: Sequence[str], written: Sequence[str], first: int, among: int) -> list[_Fit]:
        """What matches from the word `first` on, in the lists `among`; shorter phrases first. Searching spends most of its time here."""
        follows, lists, sizes, node = self.follows, self.lists, self.sizes, 0
        found: list[_Fit] = []
        for place, word in enumerate(path[first : first + MOST_WORDS], first):
            if node in sizes:
                found += [self._fit(begun, place) for begun in self._begun(node, written[place], among)]
            node = follows[node].get(word, 0)
            if not node:
                break
            if node in lists and lists[node] & among:
                found.append(self._fit(node, place))
        return found

    def _fit(self, node: int, last: int) -> _Fit:
        return _Fit(last + 1, self.lists[node], self.entries[node])

    def _begun(self, node: int, word: str, among: int) -> Iterator[int]:
        """Longer beginnings first, so that of equal matches the shortest comes last."""
        following = self.follows[node]
        for size in self.sizes[node]:
            begun = following.get(f"{word[:size]}*", 0) if size <= len(word) else 0
            if begun and self.lists[begun] & among:
                yield begun


class Wordbook:
    """What several lists look for, each given by its paths."""

    def __init__(self, lists: Sequence[Sequence[Path]]) -> None:
        self._size = len(lists)
        self._by_stem, self._as_written = _Tree(), _Tree()
        for number, paths in enumerate(lists):
            for path in paths:
                (self._as_written if path.exact else self._by_stem).add(number, path)

    def find(self, text: str) -> Sequence[Sequence[Hit]]:
        """For each list, where its entries match a normalised text, in order of place. Of those that begin at one word, the longest."""
        hits: list[dict[int, Hit]] = [{} for _ in range(self._size)]
        for reading in reversed(readings(text)):
            for number, hit in self._in(reading):
                hits[number][hit.start] = hit
        return [[found[start] for start in sorted(found)][:MOST_HITS] for found in hits]

    def _in(self, reading: Words) -> Iterator[tuple[int, Hit]]:
        """Each hit with its list. After a hit, a list is not looked for again until the hit ends, and after `MOST_HITS` not at all."""
        looked_for, resting, left = (1 << self._size) - 1, dict[int, int](), [MOST_HITS] * self._size
        for place, start in enumerate(reading.starts):
            looked_for |= resting.pop(place, 0)
            for fit in self._fits(reading, place, looked_for):
                new = fit.lists & looked_for
                looked_for ^= new
                for number in _bits(new):
                    yield number, Hit(fit.entries[number], start, reading.ends[fit.beyond - 1])
                    left[number] -= 1
                    if left[number]:
                        resting[fit.beyond] = resting.get(fit.beyond, 0) | 1 << number
            if not (looked_for or resting):
                return

    def _fits(self, reading: Words, place: int, among: int) -> Sequence[_Fit]:
        """The longest first; of equally long ones, those by stem first."""
        written = reading.written
        found = self._as_written.fits(written, written, place, among)
        found += self._by_stem.fits(reading.stems, written, place, among)
        return sorted(found, key=_length)[::-1] if len(found) > 1 else found


def _length(fit: _Fit) -> int:
    return fit.beyond


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
