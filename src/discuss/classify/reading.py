"""From texts to all that a model looks at: letters in normal form, the language, n-grams and marks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from discuss.classify.batch import Batch
from discuss.classify.editing import edited
from discuss.classify.language import RESPELT, Tongues
from discuss.classify.marks import marks
from discuss.classify.masks import Masks
from discuss.classify.ngrams import Kind, Ngrams
from discuss.classify.text import normalised

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """A batch as it was understood. Row i of `marks` and of each kind of n-grams belongs to text i.

    `lengths` are the roots of the numbers of n-grams of each text: what their sums are divided by.
    """

    batch: Batch
    languages: Sequence[str]
    kinds: Sequence[Kind]
    marks: Floats
    lengths: Floats
    ngrams: Ngrams

    def matrix(self) -> csr_matrix:
        """A row for each text: its n-grams, as often as they stand there, over the root of their number; then the marks."""
        texts = np.arange(len(self.batch), dtype=np.int32)
        rows = np.concatenate([np.repeat(texts, kind.bounds[1:] - kind.bounds[:-1]) for kind in self.kinds])
        columns = np.concatenate([kind.columns for kind in self.kinds])
        there = columns < self.ngrams.nothing
        weights = (1 / self.lengths)[rows[there]]
        shape = (len(texts), self.ngrams.nothing)
        counted = csr_matrix((weights, (rows[there], columns[there])), shape=shape)
        return hstack([counted, csr_matrix(self.marks)], format="csr", dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs to have learnt: languages, and the words that people hide."""

    ngrams: Ngrams
    tongues: Tongues
    masks: Masks

    def read(self, texts: Sequence[str]) -> Reading:
        raw = Batch.of(texts)
        batch = self.masks.unmasked(normalised(raw))
        kinds = list(self.ngrams.of(batch))
        languages = self.tongues.of(batch, kinds[0])
        respellings = self.tongues.russian_in_latin(batch, kinds[0], languages)
        if respellings:
            batch = edited(batch, respellings)
            kinds = list(self.ngrams.of(batch))
        languages = ["ru" if language == RESPELT else language for language in languages]
        return Reading(batch, languages, kinds, marks(texts, raw), _lengths(kinds), self.ngrams)


def _lengths(kinds: Sequence[Kind]) -> Floats:
    sizes = np.array([kind.sizes for kind in kinds])
    found = np.maximum(sizes - np.array([[kind.unfinished] for kind in kinds]), 0).sum(axis=0)
    roots: Floats = np.sqrt(np.maximum(found, 1)).astype(np.float32)
    return roots
