"""Design matrices for fitting with scikit-learn: what a reading found, one row per text.

Serving does not need them, and so does not import SciPy, which takes more memory and start-up time than reading does.
"""

import numpy as np
from scipy.sparse import csr_matrix, hstack

from discuss.classify.language import BITS, trigram_columns
from discuss.classify.letters import Flags
from discuss.classify.ngrams import Kind
from discuss.classify.reading import Reading


def matrix(reading: Reading) -> csr_matrix:
    """One row per text: its count of each n-gram over the square root of its number of n-grams, followed by the marks."""
    texts = np.arange(len(reading.batch), dtype=np.int32)
    rows = np.concatenate([np.repeat(texts, kind.sizes) for kind in reading.kinds])
    columns = np.concatenate([kind.columns for kind in reading.kinds])
    there = columns < reading.ngrams.nothing
    weights = (1 / reading.lengths)[rows[there]]
    shape = (len(texts), reading.ngrams.nothing)
    counted = csr_matrix((weights, (rows[there], columns[there])), shape=shape)
    return hstack([counted, csr_matrix(reading.marks)], format="csr", dtype=np.float32)


def trigram_rows(trigrams: Kind, prose: Flags | None) -> csr_matrix:
    """One row per text: its count of each trigram over the square root of its number of trigrams."""
    columns, bounds = trigram_columns(trigrams, prose), trigrams.bounds
    weights = np.repeat((1 / np.sqrt(trigrams.sizes)).astype(np.float32), trigrams.sizes)
    return csr_matrix((weights, columns, bounds), shape=(len(bounds) - 1, (1 << BITS) + 1))
