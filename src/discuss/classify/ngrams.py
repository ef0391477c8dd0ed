"""Character and word n-grams of a batch, hashed by arithmetic over its one array of code points.

An n-gram's hash follows from that of the (n-1)-gram at the same place by one multiplication, and a word's from the
prefix hashes at its two ends, so a whole batch costs a few NumPy operations for each order and no Python loop over letters.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch, Places

Hashes = NDArray[np.uint32]
Columns = NDArray[np.int32]
Array = NDArray[Any]

_BASE = 0x9E3779B1  # odd, so it has an inverse modulo 2**32
_INVERSE = pow(_BASE, -1, 2**32)
_STIR = np.uint32(0x2C1B3C6D)
_HALF, _THIRD = np.uint32(15), np.uint32(13)
_WORD, _PAIR = 101, 102


@dataclass(frozen=True, slots=True)
class Kind:
    """All n-grams of one kind: `columns[j]` stands at `codes[starts[j]:ends[j]]`.

    Those of text i are `columns[bounds[i]:bounds[i + 1]]`; `found[i]` of them are n-grams. The others have the column
    `nothing`: the text ends too soon. `width` is the number of letters of each, if one begins at every letter; 0 for words and
    pairs.
    """

    columns: Columns
    starts: Places
    ends: Places
    bounds: Places
    found: Places
    bits: int
    width: int = 0

    @property
    def sizes(self) -> Places:
        return self.bounds[1:] - self.bounds[:-1]

    def of_texts(self, texts: Places) -> Columns:
        """The columns of some texts, one text after another."""
        wanted = np.zeros(len(self.bounds) - 1, dtype=bool)
        wanted[texts] = True
        chosen: Columns = self.columns[np.repeat(wanted, self.sizes)]
        return chosen


@dataclass(frozen=True, slots=True)
class Ngrams:
    """`bits`: two to the power of it is the number of columns. `shortest` and `longest`: orders of characters."""

    bits: int = 20
    shortest: int = 3
    longest: int = 6
    words: bool = True

    @property
    def nothing(self) -> int:
        return 1 << self.bits

    def of(self, batch: Batch) -> Iterator[Kind]:
        yield from self._characters(batch)
        if self.words:
            yield from self._words(batch)

    def _characters(self, batch: Batch) -> Iterator[Kind]:
        size = len(batch.codes)
        places = _PLACES.up_to(size + self.longest)
        # Where n-grams would run over the end of a text. In a text shorter than that, they fall on the one before it,
        # which has nothing there either.
        late = np.maximum(batch.bounds[1:, np.newaxis] - np.arange(1, self.longest), 0)
        codes = np.concatenate([batch.codes, np.zeros(self.longest, dtype=np.uint32)])
        hashes = codes[:size] * np.uint32(_BASE)
        for order in range(2, self.longest + 1):
            hashes *= np.uint32(_BASE)
            hashes += codes[order - 1 : size + order - 1]
            hashes ^= hashes >> _HALF
            if order >= self.shortest:
                columns = self._columns(hashes, salt=order)
                columns[late[:, : order - 1]] = self.nothing
                found = np.maximum(batch.sizes - (order - 1), 0)
                ends = places[order : size + order]
                yield Kind(columns, places[:size], ends, batch.bounds, found, self.bits, width=order)

    def _words(self, batch: Batch) -> Iterator[Kind]:
        """Words, then pairs of neighbouring words."""
        words = batch.words()
        bounds = np.searchsorted(words.starts, batch.bounds)
        sizes = bounds[1:] - bounds[:-1]
        prefix = np.zeros(len(batch.codes) + 1, dtype=np.uint32)
        np.cumsum(batch.codes * _POWERS.up_to(len(batch.codes)), dtype=np.uint32, out=prefix[1:])
        hashes = (prefix[words.ends] - prefix[words.starts]) * _INVERSE_POWERS.up_to(len(batch.codes))[
            words.starts
        ]
        hashes ^= hashes >> _HALF
        yield Kind(self._columns(hashes, _WORD), words.starts, words.ends, bounds, sizes, self.bits)
        pairs = hashes.copy()
        pairs[:-1] = (hashes[:-1] * np.uint32(_BASE)) ^ hashes[1:]
        columns = self._columns(pairs, _PAIR)
        columns[bounds[1:][sizes > 0] - 1] = self.nothing  # the last word of a text has no neighbour
        ends = np.concatenate([words.ends[1:], words.ends[-1:]])
        yield Kind(columns, words.starts, ends, bounds, np.maximum(sizes - 1, 0), self.bits)

    def _columns(self, hashes: Hashes, salt: int) -> Columns:
        """Spread the hash over its upper bits, differently for every kind."""
        spread = hashes * np.uint32((2 * salt + 1) * _INVERSE % 2**32)
        spread ^= spread >> _THIRD
        spread *= _STIR
        columns: Columns = (spread >> np.uint32(32 - self.bits)).view(np.int32)
        return columns


class _Grown:
    """An array that begins the same however long it is: worked out as far as anybody has asked."""

    def __init__(self, make: Callable[[int], Array]) -> None:
        self._make = make
        self._known = make(1 << 12)

    def up_to(self, size: int) -> Array:
        known = self._known
        if size > len(known):
            self._known = known = self._make(2 * size)
        return known[:size]


def _powers(base: int) -> Callable[[int], Hashes]:
    def powers(size: int) -> Hashes:
        bases = np.full(size, base, dtype=np.uint32)
        bases[:1] = 1
        return np.multiply.accumulate(bases, dtype=np.uint32)

    return powers


_PLACES = _Grown(np.arange)
_POWERS, _INVERSE_POWERS = _Grown(_powers(_BASE)), _Grown(_powers(_INVERSE))
