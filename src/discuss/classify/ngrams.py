"""Character and word n-grams of a batch, hashed by arithmetic over its one array of code points.

An n-gram's hash follows from that of the (n-1)-gram at the same place by one multiplication, and a word's from the
prefix hashes at its two ends, so a whole batch costs a few NumPy operations for each order and no Python loop over letters.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch, Places, before_each

Hashes = NDArray[np.uint32]
Columns = NDArray[np.int32]
Array = NDArray[Any]

_BASE = 0x9E3779B1  # odd, so it has an inverse modulo 2**32
_INVERSE = pow(_BASE, -1, 2**32)
_STIR = np.uint32(0x2C1B3C6D)
_HALF, _THIRD = np.uint32(15), np.uint32(13)
_WORD, _PAIR = 101, 102


class Kind(NamedTuple):
    """All n-grams of one kind: `columns[j]` stands at `codes[starts[j]:ends[j]]`, if it is one.

    Those of text i are `columns[bounds[i]:bounds[i + 1]]`, but for the last `unfinished` of them: the text ends too soon, and
    they have the column `nothing`. `width` is the number of letters of each, if one begins at every letter; 0 for words and
    pairs.
    """

    columns: Columns
    starts: Places
    ends: Places
    bounds: Places
    unfinished: int
    bits: int
    width: int = 0

    @property
    def sizes(self) -> Places:
        return self.bounds[1:] - self.bounds[:-1]

    @property
    def found(self) -> Places:
        """How many n-grams each text has."""
        return np.maximum(self.sizes - self.unfinished, 0)


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
        size, orders = len(batch.codes), range(self.shortest, self.longest + 1)
        places = _PLACES.up_to(size + self.longest)
        codes = np.concatenate([batch.codes, np.zeros(self.longest, dtype=np.uint32)])
        hashes = codes[:size] * np.uint32(_BASE)
        every = np.empty((len(orders), size), dtype=np.uint32)
        for order in range(2, self.longest + 1):
            hashes *= np.uint32(_BASE)
            hashes += codes[order - 1 : size + order - 1]
            hashes ^= hashes >> _HALF
            if order >= self.shortest:
                np.multiply(hashes, _salted(order), out=every[order - self.shortest])
        columns = self._columns(every)
        rows, beyond = _unfinished(self.shortest, self.longest)
        # In a text shorter than that, they fall on the one before it, which has nothing there either.
        columns[rows, np.maximum(batch.bounds[1:, np.newaxis] - beyond, 0)] = self.nothing
        for order, row in zip(orders, columns, strict=True):
            ends = places[order : size + order]
            yield Kind(row, places[:size], ends, batch.bounds, order - 1, self.bits, width=order)

    def _words(self, batch: Batch) -> Iterator[Kind]:
        """Words, then pairs of neighbouring words."""
        size, words = len(batch.codes), batch.words
        starts, ends = words.starts, words.ends
        prefix = np.zeros(size + 1, dtype=np.uint32)
        np.cumsum(batch.codes * _POWERS.up_to(size), dtype=np.uint32, out=prefix[1:])
        hashes = (prefix.take(ends) - prefix.take(starts)) * _INVERSE_POWERS.up_to(size).take(starts)
        hashes ^= hashes >> _HALF
        columns = self._columns(hashes * _salted(_WORD))
        yield Kind(columns, starts, ends, words.bounds, 0, self.bits)
        hashes[:-1] = (hashes[:-1] * np.uint32(_BASE)) ^ hashes[1:]
        columns = self._columns(hashes * _salted(_PAIR))
        last = words.bounds[1:][words.bounds[1:] > words.bounds[:-1]] - 1
        columns[last] = self.nothing  # it has no neighbour
        yield Kind(columns, starts, np.append(ends[1:], ends[-1:]), words.bounds, 1, self.bits)

    def _columns(self, spread: Hashes) -> Columns:
        """The upper bits of hashes that were salted, stirred once more. Overwrites them."""
        spread ^= spread >> _THIRD
        spread *= _STIR
        spread >>= np.uint32(32 - self.bits)
        return spread.view(np.int32)


def of_texts(columns: Sequence[Columns], bounds: Places, texts: Places) -> tuple[Sequence[Columns], Places]:
    """The columns of some texts, one text after another, and where those of each text begin and end."""
    if len(texts) == len(bounds) - 1:
        return columns, bounds
    sizes = bounds[1:] - bounds[:-1]
    wanted = np.zeros(len(sizes), dtype=bool)
    wanted[texts] = True
    chosen = np.repeat(wanted, sizes).nonzero()[0]
    return [every.take(chosen) for every in columns], before_each(sizes[texts])


def _salted(kind: int) -> np.uint32:
    """What the hashes of a kind are multiplied by, so that each kind has columns of its own."""
    return np.uint32((2 * kind + 1) * _INVERSE % 2**32)


@cache
def _unfinished(shortest: int, longest: int) -> tuple[Places, Places]:
    """The n-grams that a text ends too soon for: the row of each, and how far before the end it begins."""
    short = [
        (order - shortest, beyond) for order in range(shortest, longest + 1) for beyond in range(1, order)
    ]
    rows, beyond = np.array(short, dtype=np.intp).reshape(-1, 2).T
    return rows, beyond


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
