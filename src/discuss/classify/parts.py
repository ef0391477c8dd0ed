"""What a model consists of."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from discuss.classify.language import BITS
from discuss.classify.marks import NAMES
from discuss.classify.reading import Reader
from discuss.classify.weights import Weights

Curve = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Parts:
    """`labels[language]` names the columns of `weights[language]`.

    `curves[language][label]` holds slope and intercept of the calibration; a label that is absent is not covered.
    """

    reader: Reader
    labels: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, Weights]
    curves: Mapping[str, Mapping[str, Curve]]

    def fit_together(self) -> bool:
        """Whether the model covers any label, and its arrays have the shapes they must have and hold finite numbers."""
        tongues = self.reader.tongues
        return (
            self.reader.ngrams.bits >= BITS
            and any(self.curves.values())
            and self._finite()
            and tongues.weights.shape == ((1 << BITS) + 1, len(tongues.names))
            and all(
                len(weights.table) == self.reader.ngrams.nothing + 1
                and weights.table.shape[1] >= len(self.labels[language])
                and weights.marks.shape == (len(NAMES), len(self.labels[language]))
                and weights.intercepts.shape == (len(self.labels[language]),)
                and weights.table.dtype == weights.marks.dtype == np.float32
                for language, weights in self.weights.items()
            )
        )

    def _finite(self) -> bool:
        arrays = [self.reader.tongues.weights, self.reader.tongues.intercepts]
        for weights in self.weights.values():
            arrays += [weights.table, weights.marks, weights.intercepts]
        curves = [
            number for by_label in self.curves.values() for curve in by_label.values() for number in curve
        ]
        return all(np.isfinite(array).all() for array in arrays) and bool(np.isfinite(curves).all())
