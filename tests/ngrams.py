"""Where the n-grams of a batch stand."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from discuss.classify.batch import Batch
from discuss.classify.ngrams import Ngrams


def places(ngrams: Ngrams, batch: Batch) -> Iterator[tuple[Any, Any, Any]]:
    """For each kind its columns, and the first letter of each n-gram and the letter behind it."""
    grams, letters = ngrams.of(batch), np.arange(len(batch.codes))
    for more, columns in enumerate(grams.letters):
        yield columns, letters, letters + ngrams.shortest + more
    starts, ends = batch.words.starts, batch.words.ends
    for columns, last in zip(grams.words, (ends, np.append(ends[1:], ends[-1:])), strict=True):
        yield columns, starts, last
