"""Design matrices: what a reading found, a row for each text, as scikit-learn wants it for fitting.

Serving has no need of them, and so none of SciPy, which takes more memory and more of a start than reading does.
"""

import numpy as np
from scipy.sparse import csr_matrix, hstack

from discuss.classify.language import BITS, trigram_columns
from discuss.classify.letters import Flags
from discuss.classify.ngrams import Kind
from discuss.classify.reading import Reading


def matrix(reading: Reading) -> csr_matrix:
    """A row for each text: its n-grams, as often as they stand there, over the root of their number; then the marks."""
    texts = np.arange(len(reading.batch), dtype=np.int32)
    rows = np.concatenate([np.repeat(texts, kind.sizes) for kind in reading.kinds])
    columns = np.concatenate([kind.columns for kind in reading.kinds])
    there = columns < reading.ngrams.nothing
    weights = (1 / reading.lengths)[rows[there]]
    shape = (len(texts), reading.ngrams.nothing)
    counted = csr_matrix((weights, (rows[there], columns[there])), shape=shape)
    return hstack([counted, csr_matrix(reading.marks)], format="csr", dtype=np.float32)


def trigram_rows(trigrams: Kind, prose: Flags | None) -> csr_matrix:
    """How often each trigram stands in each text, over the root of the length."""
    columns, bounds = trigram_columns(trigrams, prose), trigrams.bounds
    weights = np.repeat((1 / np.sqrt(trigrams.sizes)).astype(np.float32), trigrams.sizes)
    return csr_matrix((weights, columns, bounds), shape=(len(bounds) - 1, (1 << BITS) + 1))
