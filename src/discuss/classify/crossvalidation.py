"""How well the heads do on rows they were not fitted on, source by source, averaged over the training folds."""

from collections.abc import Iterator, Mapping

import msgspec
import numpy as np
from sklearn.metrics import roc_auc_score

from discuss.classify.material import Material
from discuss.classify.train import FOLDS, Apart, Head


class Fold(msgspec.Struct, frozen=True):
    """`auc` is the mean over the folds, `spread` the difference between the best and the worst of them."""

    source: str
    language: str
    label: str
    rows: int
    positives: int
    auc: float
    spread: float


def by_source(material: Material, answers: Mapping[Head, Apart]) -> Iterator[Fold]:
    """Only sources with both positive and negative rows in every fold: the others have no AUC of their own."""
    for (language, label), apart in answers.items():
        items = [material.items[place] for place in apart.places]
        sources = np.array([item.source for item in items])
        folds = np.array([item.tenth % FOLDS for item in items])
        truth = np.array([item.labels.get(label, -1) for item in items])
        for source in sorted(set(sources.tolist())):
            parts = [(sources == source) & (folds == fold) & (truth >= 0) for fold in range(FOLDS)]
            if all(len(set(truth[part].tolist())) > 1 for part in parts):
                aucs = [float(roc_auc_score(truth[part], apart.decisions[part])) for part in parts]
                known = truth[np.any(parts, axis=0)]
                spread = max(aucs) - min(aucs)
                yield Fold(
                    source, language, label, len(known), int(known.sum()), float(np.mean(aucs)), spread
                )
