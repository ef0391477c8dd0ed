"""Lessons that are taken from a larger model, which knows the language from elsewhere.

A logistic regression on its vectors learns a label from some thousand rows, and says of each of the rows how likely it is. A head learns
from these opinions beside the labels: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network" (2015). Words that
the label's own sources hardly know get a weight in this way, and serving costs nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from discuss.classify.heads import Floats
from discuss.classify.material import Item, Lessons, Material, lesson
from discuss.classify.recipe import Opinions

Wanted = Callable[[Item], bool]

_STRENGTH = 3e-4
"""Far less than for heads: only the coarse of the vectors says the same on sites of every kind."""

_OF_SOURCE = 10.0
"""The weight of knowing a row's source while fitting, so that the vectors need not explain why one source has more positives."""

_SURE = 2.5
"""What opinions, which are cautious after so weak a fit, are multiplied by (log-odds)."""

_FEWEST = 30
"""Rows of each answer that a teacher must have seen."""

_FURTHEST = 1e3  # log-odds


@dataclass(frozen=True, slots=True)
class Teacher:
    """What the numbers of a vector say about a label, in log-odds."""

    coefficients: Floats

    def opinions(self, material: Material, language: str, counted: Opinions, wanted: Wanted) -> Lessons:
        """Two lessons for each row of a language that is wanted and has a vector: both answers, which share its weight as they are likely."""
        places, vectors = material.embedded.where(
            lambda place: wanted(material.items[place]) and material.items[place].language == language
        )
        likely = _with_mean(counted.share, vectors @ self.coefficients)
        return Lessons(
            np.tile(places, 2),
            np.repeat(np.array([1, 0], dtype=np.int8), len(places)),
            counted.weight * np.concatenate([likely, 1 - likely]),
        )


def of_label(material: Material, label: str, language: str, wanted: Wanted) -> Teacher | None:
    """A teacher who has seen only rows of the language that are wanted; None if these have too few vectors to learn from."""

    def teaches(item: Item) -> bool:
        return item.language == language and wanted(item) and lesson(item, label) is not None

    places, vectors = material.embedded.where(lambda place: teaches(material.items[place]))
    items = [material.items[place] for place in places.tolist()]
    said = [told for item in items if (told := lesson(item, label))]
    targets = np.array([target for target, _ in said])
    if min(np.count_nonzero(targets == side) for side in (0, 1)) < _FEWEST:
        return None
    sources = np.array([item.source for item in items])
    known = _OF_SOURCE * (sources[:, None] == np.unique(sources))
    head = LogisticRegression(C=_STRENGTH, max_iter=2000)
    head.fit(np.hstack([vectors, known]), targets, sample_weight=[weight for _, weight in said])
    return Teacher(head.coef_[0, : vectors.shape[1]])


def _with_mean(share: float, decisions: Floats) -> Floats:
    """Probabilities. Whatever the label's share among the rows that taught, on average they are `share`."""
    sure = _SURE * decisions
    shift = brentq(lambda shift: float(expit(sure + shift).mean()) - share, -_FURTHEST, _FURTHEST)
    likely: Floats = expit(sure + shift)
    return likely
