"""Character and word n-grams of a batch, hashed by arithmetic over its one array of code points.

An n-gram's hash follows from that of the (n-1)-gram at the same place by one multiplication, and a word's from the
prefix hashes at its two ends, so a whole batch costs a few NumPy operations for each order and no Python loop over letters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch, Places, before_each
from discuss.classify.letters import Codes, Flags

Hashes = NDArray[np.uint32]
Columns = NDArray[np.int32]
Array = NDArray[Any]

_MULTIPLIER = 0x9E3779B1  # odd, so it has an inverse modulo 2**32
_INVERSE = pow(_MULTIPLIER, -1, 2**32)
# Zero-dimensional arrays: NumPy takes half as long with them as with numbers.
_BASE, _STIR, _HALF, _THIRD = map(np.asarray, np.array([_MULTIPLIER, 0x2C1B3C6D, 15, 13], dtype=np.uint32))
_WORD, _PAIR = 101, 102


class Grams(NamedTuple):
    """The columns of all n-grams of a batch; one for which its text ends too soon has the column `nothing`.

    `letters[k, j]` is the n-gram of k letters more than the shortest that begins at letter j. `words[0, j]` is word j, and
    `words[1, j]` is that word with the next one; there are no rows if words are not counted. There are two to the power of
    `bits` columns.
    """

    letters: Columns
    words: Columns
    bits: int


@dataclass(frozen=True, slots=True)
class Ngrams:
    """There are two to the power of `bits` columns. `shortest` and `longest` are the orders of character n-grams."""

    bits: int = 20
    shortest: int = 3
    longest: int = 6
    words: bool = True

    @property
    def nothing(self) -> int:
        return 1 << self.bits

    def count(self, batch: Batch) -> Places:
        """How many n-grams each text has."""
        late = np.arange(self.shortest - 1, self.longest)
        found: Places = np.maximum(batch.sizes[:, np.newaxis] - late, 0).sum(axis=1)
        if self.words:
            words = batch.words.bounds[1:] - batch.words.bounds[:-1]
            found += np.maximum(2 * words - 1, 0)  # and pairs of words
        return found

    def begun(self, letters: Places, words: Places) -> Places:
        """How many n-grams begin within so many letters and words in the middle of a text."""
        orders = self.longest - self.shortest + 1
        return orders * letters + 2 * words if self.words else orders * letters

    def of(self, batch: Batch) -> Grams:
        return Grams(self._characters(batch), self._words(batch), self.bits)

    def renewed(self, grams: Grams, before: Batch, after: Batch, changed: Flags) -> Grams:
        """The n-grams of a batch in which only some texts have changed since `grams` were found in it."""
        part = after.only(changed)[0]
        fresh = self.of(part)
        return Grams(
            _spliced(grams.letters, before.bounds, fresh.letters, part.bounds, changed),
            _spliced(grams.words, before.words.bounds, fresh.words, part.words.bounds, changed),
            self.bits,
        )

    def _characters(self, batch: Batch) -> Columns:
        """A row for each order."""
        size, orders = len(batch.codes), range(self.shortest, self.longest + 1)
        codes = np.concatenate([batch.codes, np.zeros(self.longest, dtype=np.uint32)])
        hashes = codes[:size] * _BASE
        every = np.empty((len(orders), size), dtype=np.uint32)
        for order in range(2, self.longest + 1):
            hashes *= _BASE
            hashes += codes[order - 1 : size + order - 1]
            hashes ^= hashes >> _HALF
            if order >= self.shortest:
                np.multiply(hashes, _salt(order), every[order - self.shortest])
        columns = self._columns(every)
        rows, beyond = _unfinished(self.shortest, self.longest)
        # In a text shorter than that, they fall into the one before it, at places that have no n-gram either.
        columns[rows, np.maximum(batch.bounds[1:, np.newaxis] - beyond, 0)] = self.nothing
        return columns

    def _words(self, batch: Batch) -> Columns:
        """A row for the words and one for the pairs of each with the next."""
        if not self.words:
            return np.empty((0, 0), dtype=np.int32)
        starts, ends, bounds = batch.words.starts, batch.words.ends, batch.words.bounds
        columns = self._columns(_word_hashes(batch.codes, starts, ends))
        if starts.size:  # for a text without words, this is the last word before it, or the last of all
            columns[1, bounds[1:] - 1] = self.nothing
        return columns

    def _columns(self, spread: Hashes) -> Columns:
        """The upper bits of salted hashes, stirred once more. Overwrites the hashes."""
        spread ^= spread >> _THIRD
        spread *= _STIR
        spread >>= np.uint32(32 - self.bits)
        return spread.view(np.int32)


def _spliced(
    before: Columns, bounds: Places, fresh: Columns, fresh_bounds: Places, changed: Flags
) -> Columns:
    """The columns from before, with those of the changed texts in their places."""
    pieces, read = [], 0
    for number, text in enumerate(changed.nonzero()[0].tolist()):
        pieces += [before[:, read : bounds[text]], fresh[:, slice(*fresh_bounds[number : number + 2])]]
        read = bounds[text + 1]
    return np.concatenate([*pieces, before[:, read:]], axis=1)


def of_texts(columns: Columns, bounds: Places, texts: Places) -> tuple[Columns, Places]:
    """The columns of some texts in order, one text after another, and where those of each text begin and end."""
    if len(texts) == len(bounds) - 1:
        return columns, bounds
    if not len(texts):
        return columns[:, :0], bounds[:1]
    firsts = np.append(0, (texts[1:] - texts[:-1] > 1).nonzero()[0] + 1)  # of each run of neighbours
    lasts = np.append(firsts[1:], len(texts)) - 1
    runs = zip(bounds[texts[firsts]].tolist(), bounds[texts[lasts] + 1].tolist(), strict=True)
    own = np.concatenate([columns[:, begin:end] for begin, end in runs], axis=1)
    return own, before_each((bounds[1:] - bounds[:-1])[texts])


def _word_hashes(codes: Codes, starts: Places, ends: Places) -> Hashes:
    """A row for the words and one for the pairs of each with the next. The last pair is none."""
    prefix = np.zeros(len(codes) + 1, dtype=np.uint32)
    np.cumsum(codes * _POWERS.up_to(len(codes)), dtype=np.uint32, out=prefix[1:])
    words = (prefix.take(ends) - prefix.take(starts)) * _INVERSE_POWERS.up_to(len(codes)).take(starts)
    words ^= words >> _HALF
    every = np.empty((2, len(words)), dtype=np.uint32)
    np.multiply(words, _salt(_WORD), every[0])
    words[:-1] = (words[:-1] * _BASE) ^ words[1:]
    np.multiply(words, _salt(_PAIR), every[1])
    return every


@cache
def _salt(kind: int) -> Hashes:
    """What the hashes of a kind are multiplied by, so that each kind has columns of its own."""
    return np.array((2 * kind + 1) * _INVERSE % 2**32, dtype=np.uint32)


@cache
def _unfinished(shortest: int, longest: int) -> tuple[Places, Places]:
    """The n-grams for which a text ends too soon: the row of each, and how far before the end it begins."""
    short = [
        (order - shortest, beyond) for order in range(shortest, longest + 1) for beyond in range(1, order)
    ]
    rows, beyond = np.array(short, dtype=np.intp).reshape(-1, 2).T
    return rows, beyond


class _Grown:
    """An array whose beginning does not depend on its length, computed as far as anybody has asked for."""

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


_POWERS, _INVERSE_POWERS = _Grown(_powers(_MULTIPLIER)), _Grown(_powers(_INVERSE))
