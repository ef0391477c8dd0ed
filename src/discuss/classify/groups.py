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
    grams, words = ngrams.of(batch), batch.words
    short = batch.sizes - 2 <= _TELLING
    in_short, of_short = np.repeat(short, batch.sizes), short[batch.texts(words.starts)]
    found = [
        columns[in_short | (width >= _TELLING)]
        for width, columns in enumerate(grams.letters, ngrams.shortest)
    ]
    for columns, ends in zip(
        grams.words, (words.ends, np.append(words.ends[1:], words.ends[-1:])), strict=False
    ):
        found.append(columns[of_short | (ends - words.starts >= _TELLING)])
    every = np.unique(np.concatenate(found)).astype(np.intp)
    return every[every < ngrams.nothing]
