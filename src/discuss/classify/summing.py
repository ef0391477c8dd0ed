"""Sums of rows of a table, which is all that a linear model does."""

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Places

Floats = NDArray[np.float32]


def sums(rows: Floats, bounds: Places) -> Floats:
    """For each k the sum of `rows[bounds[k]:bounds[k + 1]]`."""
    there = bounds[1:] > bounds[:-1]
    if np.count_nonzero(there) == len(there):
        return np.add.reduceat(rows, bounds[:-1], axis=0)
    total = np.zeros((len(there), rows.shape[1]), dtype=rows.dtype)
    total[there] = np.add.reduceat(rows, bounds[:-1][there], axis=0)
    return total
