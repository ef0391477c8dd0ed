"""AUC by source, language and label."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from sklearn.metrics import roc_auc_score

from bench.heldout import LABELS
from bench.roster import OURS
from discuss.classify.data import Example

_BOTH = 2


@dataclass(frozen=True)
class Line:
    """One source. `auc` has no entry for a candidate that scored too few of its rows."""

    source: str
    language: str
    label: str
    rows: int
    auc: Mapping[str, float]


def lines(
    rows: Iterable[Example],
    ours: Mapping[str, Mapping[str, float]],
    others: Mapping[str, Mapping[str, float]],
) -> list[Line]:
    """A line for each source and label that has both rude and harmless rows."""
    found: dict[tuple[str, str, str], list[Example]] = {}
    for row in rows:
        for label in LABELS:
            if label in row.labels:
                found.setdefault((row.source, row.lang, label), []).append(row)
    judged = {
        key: {
            name: auc(group, key[-1], scores) for name, scores in {OURS.name: ours[key[-1]], **others}.items()
        }
        for key, group in sorted(found.items())
    }
    return [
        Line(*key, len(found[key]), {name: area for name, area in areas.items() if area is not None})
        for key, areas in judged.items()
        if areas[OURS.name] is not None
    ]


def auc(rows: Sequence[Example], label: str, scores: Mapping[str, float]) -> float | None:
    """The AUC over the rows that were scored; None if these are all rude or all harmless."""
    pairs = [(row.labels[label], scores[row.id]) for row in rows if row.id in scores]
    truth = [rude for rude, _ in pairs]
    if len(set(truth)) < _BOTH:
        return None
    return float(roc_auc_score(truth, [score for _, score in pairs]))


def means(found: Sequence[Line]) -> dict[str, dict[str, float]]:
    """For each language, the mean over its lines of every candidate that has a figure on all of them."""
    languages = sorted({line.language for line in found})
    return {language: _mean([line for line in found if line.language == language]) for language in languages}


def _mean(found: Sequence[Line]) -> dict[str, float]:
    everywhere = set.intersection(*(set(line.auc) for line in found))
    return {name: fmean(line.auc[name] for line in found) for name in found[0].auc if name in everywhere}


def as_json(found: Sequence[Line]) -> dict[str, Any]:
    return {"lines": [asdict(line) for line in found], "means": means(found)}
