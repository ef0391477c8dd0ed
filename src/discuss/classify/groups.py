"""Names of groups of people, by which no head may be biased: only heads about groups see them as features.

What is said about a group still counts, and so do words of contempt for it; the plain name does not.
"""

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch
from discuss.classify.group_names import names
from discuss.classify.ngrams import Ngrams
from discuss.classify.text import normalised

_TELLING = 4
"""Shorter n-grams occur in many other words. They are taken only from words of at most this many letters."""


def columns(ngrams: Ngrams) -> NDArray[np.intp]:
    """The columns of the n-grams of such words, except those too short to identify a word."""
    batch = normalised(Batch.of(sorted(names())))
    found = []
    for kind in ngrams.of(batch):
        sizes = kind.ends - kind.starts
        text = np.searchsorted(batch.bounds, kind.starts, side="right") - 1
        short_word = batch.sizes[np.minimum(text, len(batch) - 1)] - 2 <= _TELLING
        telling = (kind.columns < ngrams.nothing) & ((sizes >= _TELLING) | short_word)
        found.append(kind.columns[telling])
    return np.unique(np.concatenate(found)).astype(np.intp)
