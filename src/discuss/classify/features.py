"""Character and word n-grams of a batch as a sparse matrix, hashed by arithmetic over one array of code points.

A polynomial hash of every prefix of the batch gives the hash of any span [i, j) as (H[j] - H[i]) / base**i, so n-grams
of all orders, words and pairs of words cost a few NumPy operations each, with no Python loop over letters.
"""

from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize

_BASE = 0x9E3779B97F4A7C15  # odd, so it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 2**64)
_STIR = np.uint64(0xD6E8FEB86659FD93)
_WORDLIKE = np.fromiter((chr(code).isalnum() for code in range(0x10000)), dtype=bool, count=0x10000)

Hashes = NDArray[np.uint64]
Indices = NDArray[np.int32]


class Ngrams(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Hashed n-grams of normalised texts, each counted once a text, rows of length one."""

    def __init__(self, bits: int = 18, shortest: int = 2, longest: int = 5, words: bool = True) -> None:
        self.bits = bits
        self.shortest = shortest
        self.longest = longest
        self.words = words

    def fit(self, texts: Sequence[str], labels: object = None) -> Self:
        """Nothing to learn: hashing needs no vocabulary."""
        del texts, labels
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        batch = _Batch(texts)
        parts = [batch.characters(order) for order in range(self.shortest, self.longest + 1)]
        if self.words:
            parts += batch.words()
        rows = np.concatenate([part[0] for part in parts])
        hashes = np.concatenate([part[1] for part in parts])
        columns = (hashes >> np.uint64(64 - self.bits)).astype(np.int32)
        return _unit_rows(rows, columns, (len(texts), 1 << self.bits))

    def __sklearn_is_fitted__(self) -> bool:
        return True


def _unit_rows(rows: Indices, columns: Indices, shape: tuple[int, int]) -> csr_matrix:
    matrix = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    matrix.data[:] = 1.0  # present or not: the conversion added up what stands more than once
    return normalize(matrix, copy=False)


class _Batch:
    """Texts laid end to end, each between two spaces, with the hash of every prefix of the whole."""

    def __init__(self, texts: Sequence[str]) -> None:
        padded = [f" {text} " for text in texts]
        self.codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self.row = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in padded])
        size = len(self.codes)
        self.prefix = np.zeros(size + 1, dtype=np.uint64)
        np.cumsum((self.codes.astype(np.uint64) + np.uint64(1)) * _powers(_BASE, size), out=self.prefix[1:])
        self.shift = _powers(_INVERSE, size)

    def characters(self, order: int) -> tuple[Indices, Hashes]:
        last = self.row[order - 1 :]
        starts = np.flatnonzero(last == self.row[: len(last)])  # begin and end lie in one text
        return self.row[starts], _stirred(self._spans(starts, starts + order), salt=order)

    def words(self) -> Iterator[tuple[Indices, Hashes]]:
        """Words, then pairs of neighbouring words."""
        wordlike = np.zeros(len(self.codes) + 1, dtype=np.int8)
        wordlike[:-1] = _WORDLIKE[np.minimum(self.codes, 0xFFFF)]
        edges = np.diff(wordlike, prepend=np.int8(0))
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        rows, hashes = self.row[starts], self._spans(starts, ends)
        yield rows, _stirred(hashes, salt=101)
        neighbours = rows[1:] == rows[:-1]
        pairs = hashes[:-1] * np.uint64(_BASE) + hashes[1:]
        yield rows[:-1][neighbours], _stirred(pairs[neighbours], salt=102)

    def _spans(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Hashes:
        hashes: Hashes = (self.prefix[ends] - self.prefix[starts]) * self.shift[starts]
        return hashes


def _powers(base: int, size: int) -> Hashes:
    powers = np.full(size, base, dtype=np.uint64)
    powers[:1] = 1
    return np.multiply.accumulate(powers)


def _stirred(hashes: Hashes, salt: int) -> Hashes:
    """Spread the hash over its upper bits, differently for every kind of feature."""
    hashes = (hashes ^ np.uint64(salt * _INVERSE % 2**64)) * _STIR
    hashes ^= hashes >> np.uint64(32)
    return hashes * _STIR
