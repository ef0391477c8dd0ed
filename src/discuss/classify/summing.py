"""Sums of rows of a table, which is all that a linear model does."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from discuss.classify.batch import Places
from discuss.classify.ngrams import Columns

Floats = NDArray[np.float32]


def sums(columns: Columns, bounds: Places, table: Floats) -> Floats:
    """For each k the sum of `table[columns[bounds[k]:bounds[k + 1]]]`."""
    if len(bounds) == 2:  # noqa: PLR2004  - one sum: a sparse matrix would cost more to make than to multiply
        total: Floats = table[columns].sum(axis=0, keepdims=True)
    else:
        ones = np.ones(len(columns), dtype=np.float32)
        total = csr_matrix((ones, columns, bounds), shape=(len(bounds) - 1, len(table))) @ table
    return total
