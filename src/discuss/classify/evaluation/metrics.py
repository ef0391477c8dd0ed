"""Figures of merit from arrays of truth (0 or 1) and probability; None if the rows cannot give one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

from discuss.classify import heads

Floats = NDArray[np.float64]
Truth = NDArray[np.int8]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

BINS = 10
_POINTS = 200
_BATCH = 50


def auc(truth: Truth, scores: Floats, weights: Floats | None = None) -> float | None:
    return float(roc_auc_score(truth, scores, sample_weight=weights)) if _both(truth) else None


def average_precision(truth: Truth, scores: Floats) -> float | None:
    return float(average_precision_score(truth, scores)) if _both(truth) else None


def share(flags: Flags) -> float | None:
    return float(flags.mean()) if len(flags) else None


def _both(truth: Truth) -> bool:
    return bool((truth == 1).any() and (truth == 0).any())


def precision_recall(truth: Truth, scores: Floats) -> list[tuple[float, float]]:
    """Points (recall, precision) by rising recall, with the best precision at each, thinned to what a drawing can show."""
    precision, recall, _ = precision_recall_curve(truth, scores)
    levels, places = np.unique(recall, return_inverse=True)
    best = np.zeros(len(levels))
    np.maximum.at(best, places, precision)
    chosen = np.unique(np.linspace(0, len(levels) - 1, _POINTS).astype(int))
    return [(round(float(levels[at]), 4), round(float(best[at]), 4)) for at in chosen]


def reweighted(truth: Truth, base_rate: float | None) -> Floats:
    """Weights under which positives make up `base_rate` of all rows; all ones if `base_rate` is None or a kind is missing."""
    if base_rate is None or not _both(truth):
        return np.ones(len(truth))
    return heads.reweighted(truth, base_rate)


def brier_skill(truth: Truth, scores: Floats, weights: Floats) -> float | None:
    """By what share the mean squared error is smaller than that of always saying the base rate: 1 is perfect, 0 no better."""
    base = float(np.average(truth, weights=weights))
    error = float(np.average((scores - truth) ** 2, weights=weights))
    return 1 - error / (base * (1 - base)) if _both(truth) else None


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth of the rows by rising score. `effective` is how many unweighted rows would give the same certainty."""

    mass: float
    expected: float
    observed: float
    effective: float


def reliability(truth: Truth, scores: Floats, weights: Floats) -> list[Bin]:
    """Ten bins of equal mass, without empty ones. Rows are divided in order of score, even those that share one."""
    order = np.argsort(scores, kind="stable")
    middle = (np.cumsum(weights[order]) - weights[order] / 2) / weights.sum()
    places = np.minimum((middle * BINS).astype(int), BINS - 1)
    return [
        _bin(truth[inside], scores[inside], weights[inside], float(weights.sum()))
        for number in range(BINS)
        if len(inside := order[places == number])
    ]


def _bin(truth: Truth, scores: Floats, weights: Floats, total: float) -> Bin:
    mass = float(weights.sum())
    return Bin(
        mass=mass / total,
        expected=float(np.average(scores, weights=weights)),
        observed=float(np.average(truth, weights=weights)),
        effective=mass**2 / float((weights**2).sum()),
    )


def expected_calibration_error(bins: list[Bin]) -> float:
    return sum(one.mass * abs(one.expected - one.observed) for one in bins)


def paired_difference(
    truth: Truth, first: Floats, second: Floats, *, resamples: int, seed: int
) -> tuple[float, float] | None:
    """95 % interval of AUC(second) - AUC(first), with the same rows drawn for both; None without both kinds of rows."""
    if not _both(truth):
        return None
    chance = np.random.default_rng(seed)
    sides = [np.flatnonzero(truth == side) for side in (0, 1)]
    tied = [_Tied(truth, scores) for scores in (first, second)]
    differences = []
    for start in range(0, resamples, _BATCH):
        counts = _drawn(sides, len(truth), min(_BATCH, resamples - start), chance)
        differences.append(tied[1].aucs(counts) - tied[0].aucs(counts))
    low, high = np.quantile(np.concatenate(differences), [0.025, 0.975])
    return float(low), float(high)


def _drawn(sides: list[Places], rows: int, times: int, chance: np.random.Generator) -> Floats:
    """How often each row is drawn, with positives and negatives drawn separately so that every draw has both."""
    counts = np.zeros((times, rows))
    for side in sides:
        counts[:, side] = chance.multinomial(len(side), np.full(len(side), 1 / len(side)), size=times)
    return counts


class _Tied:
    """Rows sorted by score once, so that each resample only needs to add up."""

    def __init__(self, truth: Truth, scores: Floats) -> None:
        self._order = np.argsort(scores, kind="stable")
        self._positive = truth[self._order] == 1
        ranked = scores[self._order]
        self._starts = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))

    def aucs(self, counts: Floats) -> Floats:
        sorted_counts = counts[:, self._order]
        positive = np.add.reduceat(sorted_counts * self._positive, self._starts, axis=1)
        negative = np.add.reduceat(sorted_counts * ~self._positive, self._starts, axis=1)
        below = np.cumsum(negative, axis=1) - negative / 2
        wins: Floats = (positive * below).sum(axis=1)
        pairs: Floats = positive.sum(axis=1) * negative.sum(axis=1)
        return np.divide(wins, pairs)
