"""The fitted heads of one language as one table, and the sums over it that are their answers."""

from dataclasses import dataclass

import numpy as np

from discuss.classify.batch import Places
from discuss.classify.ngrams import Columns, Grams, of_texts
from discuss.classify.passages import Passages
from discuss.classify.reading import Reading
from discuss.classify.summing import Floats, sums


@dataclass(frozen=True, slots=True)
class Weights:
    """`table[column, label]` for each n-gram, with a last row of zeros for no n-gram; `marks[mark, label]`.

    The table may have more columns than there are labels (`widened`); the extra ones mean nothing.
    """

    table: Floats
    marks: Floats
    intercepts: Floats

    def decisions(self, reading: Reading, texts: Places, margins: Floats | None = None) -> Floats:
        """A row for each of these texts and a column for each label: the log-odds before calibration.

        With margins, one for each label, a text of several passages has those of its strongest passage less the margin, if
        they are higher. A passage is judged by its letters and words alone.
        """
        passages = reading.passages
        wanted = passages.of(texts)
        parts = _sums(reading.grams, passages, wanted, self.table)[:, : len(self.intercepts)]
        if len(wanted) == len(texts):
            return self._whole(parts, reading, texts)
        firsts = passages.texts.take(wanted).searchsorted(texts)
        answers = self._whole(np.add.reduceat(parts, firsts, axis=0), reading, texts)
        if margins is not None:
            parts /= passages.lengths.take(wanted)[:, np.newaxis]
            parts += self.intercepts - margins
            np.maximum(answers, np.maximum.reduceat(parts, firsts, axis=0), out=answers)
        return answers

    def _whole(self, summed: Floats, reading: Reading, texts: Places) -> Floats:
        summed /= reading.lengths[texts, np.newaxis]
        summed += reading.marks[texts] @ self.marks
        summed += self.intercepts
        return summed


def widened(by_label: Floats) -> Floats:
    """A table of weights from one row for each label. NumPy fetches rows of 1, 2, 4 or 8 numbers much faster than others."""
    labels, columns = by_label.shape
    table = np.zeros((columns, 1 << (labels - 1).bit_length()), dtype=by_label.dtype)
    table[:, :labels] = by_label.T
    return table


def _sums(grams: Grams, passages: Passages, wanted: Places, table: Floats) -> Floats:
    """For each of these passages, the sum of the rows of all n-grams that begin in it."""
    if len(passages.texts) == 1:  # so that all make one sum
        together = np.concatenate([grams.letters.ravel(), grams.words.ravel()])
        return sums(table.take(together, axis=0), np.array([0, len(together)]))
    total = np.zeros((len(wanted), table.shape[1]), dtype=table.dtype)
    for columns, bounds in ((grams.letters, passages.letters), (grams.words, passages.words)):
        if len(columns):
            own, ends = of_texts(columns, bounds, wanted)
            total += sums(_rows(own, table), ends)
    return total


def _rows(columns: Columns, table: Floats) -> Floats:
    """For each place, the sum of the rows of all n-grams that begin there."""
    rows: Floats = table.take(columns[0], axis=0)
    for longer in columns[1:]:
        rows += table.take(longer, axis=0)
    return rows
