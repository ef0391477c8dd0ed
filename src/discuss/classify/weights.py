"""The fitted heads of one language as one table, and the sums over it that are their answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from discuss.classify.batch import Places, before_each
from discuss.classify.ngrams import Kind
from discuss.classify.reading import Reading
from discuss.classify.summing import Floats, sums


@dataclass(frozen=True, slots=True)
class Weights:
    """`table[column, label]` for each n-gram, with a last row of zeros for what is none; `marks[mark, label]`."""

    table: Floats
    marks: Floats
    intercepts: Floats

    def decisions(self, reading: Reading, texts: Places) -> Floats:
        """A row for each of these texts and a column for each label: the log-odds before calibration."""
        answers = _sums(reading.kinds, texts, self.table)
        answers /= reading.lengths[texts, np.newaxis]
        answers += reading.marks[texts] @ self.marks
        answers += self.intercepts
        return answers


def _sums(kinds: Sequence[Kind], texts: Places, table: Floats) -> Floats:
    """For each text the sum of the rows of all its n-grams."""
    if len(kinds[0].bounds) == 2:  # noqa: PLR2004  - a single text, of which all kinds make one sum
        together = np.concatenate([kind.columns for kind in kinds])
        return sums(together, np.array([0, len(together)]), table)
    everything = len(texts) == len(kinds[0].sizes)
    columns = np.concatenate([kind.columns if everything else kind.of_texts(texts) for kind in kinds])
    bounds = before_each(np.concatenate([kind.sizes[texts] for kind in kinds]))
    by_kind = sums(columns, bounds, table).reshape(len(kinds), len(texts), -1)
    total: Floats = by_kind.sum(axis=0)
    return total
