"""Fit one linear head, and the curve that turns its answers into probabilities."""

import warnings
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from discuss.classify.meanings import Meanings

Floats = NDArray[np.float64]
Targets = NDArray[np.int8]

_MANTISSA = np.uint32(0xFFFFF000)  # eleven bits: the rest is noise, and zeros compress well
_NEGLIGIBLE = 2e-3
_LEAST = 0.1
_OF_DENSE = 0.2
"""The weight of a column of marks before fitting: small, because a link or a sum must not decide on its own."""

_OF_MEANING = 3.0
"""The weight of the meanings of words before fitting."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How a head sees features. The last `dense` columns all weigh the same, however telling; the columns `blind` are not seen.

    `meanings` holds the meanings of words, if they are known.
    """

    dense: int = 0
    blind: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    meanings: Meanings | None = None


def fit(
    features: csr_matrix, targets: Targets, weights: Floats, strength: float, sight: Sight
) -> LogisticRegression:
    """Logistic regression on features weighted by how one-sided they are, as measured by naive Bayes.

    This is the NB-SVM of Wang and Manning, "Baselines and Bigrams" (2012), with a different loss. The naive Bayes weights are
    multiplied into the coefficients afterwards, and the contribution of meanings is added to the coefficients of the words, so that
    serving needs only one vector. `strength` is the inverse of the regularisation.
    """
    ratios = _one_sidedness(features, targets, weights)
    ratios[len(ratios) - sight.dense :] = _OF_DENSE
    ratios[sight.blind] = 0.0
    weighted = features.copy()
    weighted.data = weighted.data * ratios[weighted.indices]
    meanings = sight.meanings and sight.meanings.without(sight.blind)
    if meanings:
        weighted = hstack([weighted, _OF_MEANING * meanings.of(features)], format="csr")
    head = LogisticRegression(C=strength, tol=1e-5, max_iter=150)
    with warnings.catch_warnings():
        # The last iterations change only the fourth digit.
        warnings.simplefilter("ignore", ConvergenceWarning)
        head.fit(weighted, targets, sample_weight=weights)
    size = features.shape[1]
    coefficients = head.coef_[:, :size] * ratios
    if meanings:
        coefficients[0, meanings.columns] += _OF_MEANING * meanings.in_words(head.coef_[0, size:])
    head.coef_, head.n_features_in_ = compact(coefficients), size
    return head


def _one_sidedness(features: csr_matrix, targets: Targets, weights: Floats) -> NDArray[np.float32]:
    present = csr_matrix((np.ones_like(features.data), features.indices, features.indptr), features.shape)
    for_it, against = (present.T @ (weights * (targets == side)) + 1 for side in (1, 0))
    ratios = np.log((for_it / for_it.sum()) / (against / against.sum()))
    ratios = np.abs(ratios) / np.sqrt(np.mean(ratios**2))
    floored: NDArray[np.float32] = np.maximum(ratios, _LEAST).astype(np.float32)
    return floored


def compact(coefficients: Floats) -> NDArray[np.float32]:
    """The coefficients without the small values and the digits that make no difference."""
    kept = coefficients.astype(np.float32)
    kept[np.abs(kept) < _NEGLIGIBLE] = 0.0
    rounded: NDArray[np.float32] = (kept.view(np.uint32) & _MANTISSA).view(np.float32)
    return rounded


def reweighted(targets: Targets, base_rate: float) -> Floats:
    """Weights under which the positives make up `base_rate` of all rows."""
    positive = max(float(np.mean(targets == 1)), 1e-9)
    return np.where(targets == 1, base_rate / positive, (1 - base_rate) / max(1 - positive, 1e-9))


def sigmoid(decisions: Floats, targets: Targets, weights: Floats) -> tuple[float, float]:
    """Slope and intercept of the calibration curve (Platt's)."""
    curve = LogisticRegression(C=1e6).fit(decisions.reshape(-1, 1), targets, sample_weight=weights)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])
