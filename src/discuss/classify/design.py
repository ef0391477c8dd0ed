"""Design matrices for fitting with scikit-learn: what a reading found, one row per text.

Serving does not need them, and so does not import SciPy, which takes more memory and start-up time than reading does.
"""

import numpy as np
from scipy.sparse import csr_matrix, hstack

from discuss.classify.batch import Batch
from discuss.classify.language import BITS, trigram_columns
from discuss.classify.ngrams import Grams
from discuss.classify.reading import Reading


def matrix(reading: Reading) -> csr_matrix:
    """One row per text: its count of each n-gram over the square root of its number of n-grams, followed by the marks."""
    texts, words = np.arange(len(reading.batch), dtype=np.int32), reading.batch.words.bounds
    by_letter = np.tile(np.repeat(texts, reading.batch.sizes), len(reading.grams.letters))
    by_word = np.tile(np.repeat(texts, words[1:] - words[:-1]), len(reading.grams.words))
    rows = np.concatenate([by_letter, by_word])
    columns = np.concatenate([reading.grams.letters.ravel(), reading.grams.words.ravel()])
    there = columns < reading.ngrams.nothing
    weights = (1 / reading.lengths)[rows[there]]
    shape = (len(texts), reading.ngrams.nothing)
    counted = csr_matrix((weights, (rows[there], columns[there])), shape=shape)
    return hstack([counted, csr_matrix(reading.marks)], format="csr", dtype=np.float32)


def trigram_rows(batch: Batch, grams: Grams) -> csr_matrix:
    """One row per text: its count of each trigram over the square root of its number of trigrams."""
    columns = trigram_columns(batch, grams)
    weights = np.repeat((1 / np.sqrt(batch.sizes)).astype(np.float32), batch.sizes)
    return csr_matrix((weights, columns, batch.bounds), shape=(len(batch), (1 << BITS) + 1))
