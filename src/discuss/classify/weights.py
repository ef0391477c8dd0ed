"""The fitted heads of one language as one table, and the sums over it that are their answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from discuss.classify.batch import Places
from discuss.classify.ngrams import Columns, Kind, of_texts
from discuss.classify.reading import Reading
from discuss.classify.summing import Floats, sums


@dataclass(frozen=True, slots=True)
class Weights:
    """`table[column, label]` for each n-gram, with a last row of zeros for what is none; `marks[mark, label]`.

    The table may have more columns than there are labels (`widened`); they mean nothing.
    """

    table: Floats
    marks: Floats
    intercepts: Floats

    def decisions(self, reading: Reading, texts: Places) -> Floats:
        """A row for each of these texts and a column for each label: the log-odds before calibration."""
        answers = _sums(reading.kinds, texts, self.table)[:, : len(self.intercepts)]
        answers /= reading.lengths[texts, np.newaxis]
        answers += reading.marks[texts] @ self.marks
        answers += self.intercepts
        return answers


def widened(by_label: Floats) -> Floats:
    """A table of weights from one row for each label. NumPy fetches rows of 1, 2, 4 or 8 numbers much faster than others."""
    labels, columns = by_label.shape
    table = np.zeros((columns, 1 << (labels - 1).bit_length()), dtype=by_label.dtype)
    table[:, :labels] = by_label.T
    return table


def _sums(kinds: Sequence[Kind], texts: Places, table: Floats) -> Floats:
    """For each text the sum of the rows of all its n-grams."""
    if len(kinds[0].bounds) == 2:  # noqa: PLR2004  - a single text, of which all kinds make one sum
        together = np.concatenate([kind.columns for kind in kinds])
        return sums(table.take(together, axis=0), np.array([0, len(together)]))
    of_letters = [kind.columns for kind in kinds if kind.width]
    of_words = [kind.columns for kind in kinds if not kind.width]
    total = np.zeros((len(texts), table.shape[1]), dtype=table.dtype)
    for columns, bounds in ((of_letters, kinds[0].bounds), (of_words, kinds[-1].bounds)):
        if columns:
            own, ends = of_texts(columns, bounds, texts)
            total += sums(_rows(own, table), ends)
    return total


def _rows(kinds: Sequence[Columns], table: Floats) -> Floats:
    """For each place the sum of the rows of all the n-grams that begin there."""
    rows: Floats = table.take(kinds[0], axis=0)
    for columns in kinds[1:]:
        rows += table.take(columns, axis=0)
    return rows
