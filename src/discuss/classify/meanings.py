"""What words mean, as far as their neighbours tell, so that a head can judge a word that it seldom met by others of its kind.

The vectors are used only for fitting. What a head learns from them becomes part of its weights for words, so that serving
does not need them, and a score shows which words raised it as plainly as without them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn, without types

from discuss.classify.batch import Places
from discuss.classify.ngrams import Columns, of_texts
from discuss.classify.reading import Reading

Floats = NDArray[np.float32]

_REACH = 5
"""How far apart two words may be and still be neighbours; the further apart, the less that counts."""

_MOST, _OFTEN = 28_000, 3
_SIZE = 150
_NO_WORD = -1
_SMOOTHED = 0.75


@dataclass(frozen=True, slots=True)
class Meanings:
    """`vectors[i]` belongs to the word in column `columns[i]`. Words of similar use have similar vectors, of length one."""

    columns: NDArray[np.intp]
    vectors: Floats

    def without(self, blind: NDArray[np.intp]) -> "Meanings":
        known = ~np.isin(self.columns, blind)
        return replace(self, columns=self.columns[known], vectors=self.vectors[known])

    def with_kind(self, kind: NDArray[np.intp]) -> "Meanings":
        """The same with one more number for each word: 1 for words of this kind, 0 for others."""
        columns = np.union1d(self.columns, kind)
        vectors = np.zeros((len(columns), self.vectors.shape[1] + 1), dtype=np.float32)
        vectors[np.searchsorted(columns, self.columns), :-1] = self.vectors
        vectors[np.searchsorted(columns, kind), -1] = 1
        return Meanings(columns, vectors)

    def of(self, features: csr_matrix) -> csr_matrix:
        """A row for each text: the sum of the vectors of its words, weighted by their features."""
        return csr_matrix(features[:, self.columns] @ self.vectors)

    def in_words(self, coefficients: Floats) -> Floats:
        """What coefficients for the columns of `of` come to for each word."""
        words: Floats = self.vectors @ coefficients
        return words


class Company:
    """The words of texts in order, from which `meanings` makes vectors."""

    def __init__(self) -> None:
        self._rows: list[Columns] = []

    def add(self, reading: Reading, texts: Places) -> None:
        """Add the words of some of the texts that were read."""
        (columns,), bounds = of_texts(reading.grams.words[:1], reading.batch.words.bounds, texts)
        sizes = bounds[1:] - bounds[:-1]
        row = np.full(len(columns) + _REACH * len(sizes), _NO_WORD, dtype=np.int32)
        row[np.arange(len(columns)) + _REACH * np.repeat(np.arange(len(sizes)), sizes)] = columns
        self._rows.append(row)

    def meanings(self) -> Meanings | None:
        """None if there are too few words to learn anything from.

        Positive pointwise mutual information, its rows reduced by singular value decomposition: Levy and Goldberg, "Neural Word Embedding as Implicit
        Matrix Factorization" (2014), with contexts smoothed as in their "Improving Distributional Similarity" (2015).
        """
        met = np.concatenate(self._rows) if self._rows else np.empty(0, dtype=np.int32)
        columns, counts = np.unique(met[met != _NO_WORD], return_counts=True)
        chosen = np.sort(np.argsort(-counts, kind="stable")[:_MOST])
        columns = columns[chosen[counts[chosen] >= _OFTEN]]
        if len(columns) <= _SIZE:
            return None
        told = _told(_beside_each_other(_numbered(met, columns), len(columns)))
        reduced = TruncatedSVD(_SIZE, n_iter=4, random_state=0)
        with threadpool_limits(1):  # with more threads the last digits differ from one machine to the next
            vectors = reduced.fit_transform(told) / np.sqrt(reduced.singular_values_)
        vectors = _of_length_one(vectors)
        # Without what all vectors have in common, which is mostly how frequent the words are.
        return Meanings(columns.astype(np.intp), _of_length_one(vectors - vectors.mean(axis=0)))


def _numbered(met: Columns, columns: Columns) -> Columns:
    """For each word its place in `columns`, or `_NO_WORD` if it has none."""
    places = np.minimum(np.searchsorted(columns, met), len(columns) - 1)
    return np.where(columns[places] == met, places, _NO_WORD).astype(np.int32)


def _beside_each_other(words: Columns, size: int) -> csr_matrix:
    """How often two words are neighbours."""
    beside = csr_matrix((size, size), dtype=np.float32)
    for counts, first, second in _pairs(words):
        beside = beside + csr_matrix((counts, (first, second)), shape=(size, size))
    return (beside + beside.T).tocsr()


def _pairs(words: Columns) -> Iterator[tuple[Floats, Columns, Columns]]:
    for distance in range(1, _REACH + 1):
        first, second = words[:-distance], words[distance:]
        both = (first != _NO_WORD) & (second != _NO_WORD)
        yield np.full(np.count_nonzero(both), 1 / distance, dtype=np.float32), first[both], second[both]


def _told(beside: csr_matrix) -> csr_matrix:
    """The logarithm of how much more often two words are neighbours than by chance, where it is more often."""
    pairs = beside.tocoo()
    totals = np.maximum(np.asarray(beside.sum(axis=1)).ravel(), np.finfo(np.float32).tiny)
    smoothed = totals**_SMOOTHED
    expected = totals[pairs.row] * (smoothed / smoothed.sum())[pairs.col]
    told = np.log(pairs.data / expected).astype(np.float32)
    more = told > 0
    return csr_matrix((told[more], (pairs.row[more], pairs.col[more])), shape=beside.shape)


def _of_length_one(vectors: NDArray[np.float64]) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
