"""How good a model is on rows it has never seen: by source and language, at the thresholds it ships with."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from discuss.classify import heads, recipe
from discuss.classify.calibrate import BASE_RATE
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.protocol import Classifier
from discuss.classify.report import Calibration, Report, Result

Key = tuple[str, str]

# Sources with positives only are set against ordinary comments of the same language.
_AGAINST = MappingProxyType(
    {
        ("toxic", "ru_toxic_ok_positives"): "ru_toxic_2ch_pikabu",
        ("toxic", "civil_toxic_spans_en"): "c3_news_en",
        ("spam", "ru_telegram_spam_positives"): "ru_toxic_2ch_pikabu",
    }
)
_CALIBRATED = MappingProxyType(
    {
        "en": ("c3_news_en", "unhealthy_news_en"),
        "ru": ("ru_toxic_2ch_pikabu", "ru_toxic_mixed", "ru_uk_youtube_abusive"),
    }
)
_BINS = 10


def evaluate(corpus: Corpus, classifier: Classifier) -> Report:
    tables = {key: _Table(rows, classifier) for key, rows in _held_out(corpus).items()}
    return Report(
        model=f"{classifier.name} {classifier.version}",
        thresholds=dict(classifier.thresholds),
        results=list(_results(tables, classifier.thresholds)),
        calibration=list(_calibrations(tables)),
    )


class _Table:
    """Rows of one source and language with their scores, in arrays."""

    def __init__(self, rows: Sequence[Example], classifier: Classifier) -> None:
        scored = classifier.score([row.text for row in rows])
        self.labels = [row.labels for row in rows]
        self.scores = {
            label: np.array([one.scores.get(label, 0.0) for one in scored]) for label in classifier.labels
        }

    def truth(self, label: str) -> NDArray[np.int8]:
        """1, 0, or -1 where the source does not say."""
        return np.array([labels.get(label, -1) for labels in self.labels], dtype=np.int8)


def _held_out(corpus: Corpus) -> Mapping[Key, list[Example]]:
    rows: dict[Key, list[Example]] = {}
    for source in sorted({example.source for example in corpus.examples}):
        for row in _of_source(corpus, source):
            if row.lang in recipe.LANGUAGES:
                rows.setdefault((source, row.lang), []).append(row)
    return rows


def _of_source(corpus: Corpus, source: str) -> list[Example]:
    if source in recipe.PROBES:
        return corpus.probe(source, "test")
    if source in recipe.TEST_ONLY:
        return [example for example in corpus.examples if example.source == source]
    return list(corpus.of("test", [source]))


def _results(tables: Mapping[Key, _Table], thresholds: Mapping[str, float]) -> Iterator[Result]:
    for (source, language), table in tables.items():
        for label, threshold in thresholds.items():
            truth, scores = table.truth(label), table.scores[label]
            if source not in recipe.PROBES and not (truth >= 0).any():
                continue
            held = scores >= threshold
            borrowed = tables.get((_AGAINST.get((label, source), ""), language))
            yield Result(
                source=source, language=language, label=label,
                rows=len(truth), positives=int((truth == 1).sum()), flagged=float(held.mean()),
                recall=_share(held[truth == 1]), false_alarms=_share(held[truth == 0]),
                auc=_auc(label, table, borrowed),
            )  # fmt: skip


def _share(held: NDArray[np.bool_]) -> float | None:
    return float(held.mean()) if len(held) else None


def _auc(label: str, table: _Table, borrowed: _Table | None) -> float | None:
    truth, scores = table.truth(label), table.scores[label]
    if borrowed:
        negative = borrowed.truth(label) < 1
        truth = np.append(truth, np.zeros(int(negative.sum()), dtype=np.int8))
        scores = np.append(scores, borrowed.scores[label][negative])
    known = truth >= 0
    if len(set(truth[known])) < 2:  # noqa: PLR2004  - both kinds, or there is no curve
        return None
    return float(roc_auc_score(truth[known], scores[known]))


def _calibrations(tables: Mapping[Key, _Table]) -> Iterator[Calibration]:
    for language, sources in _CALIBRATED.items():
        chosen = [tables[source, language] for source in sources if (source, language) in tables]
        if not chosen:
            continue
        truth = np.concatenate([table.truth("toxic") for table in chosen])
        scores = np.concatenate([table.scores["toxic"] for table in chosen])[truth >= 0]
        truth = truth[truth >= 0]
        weights = heads.reweighted(truth, BASE_RATE["toxic"]) if language == "ru" else np.ones(len(truth))
        yield _calibration(language, truth, scores, weights)


def _calibration(
    language: str, truth: NDArray[np.int8], scores: heads.Floats, weights: heads.Floats
) -> Calibration:
    order = np.argsort(scores, kind="stable")
    mass = np.cumsum(weights[order]) / weights.sum()
    gap = (scores - truth)[order] * weights[order]
    bins = np.minimum((mass * _BINS).astype(int), _BINS - 1)
    error = np.abs(np.bincount(bins, gap, _BINS)).sum() / weights.sum()
    base = np.average(truth, weights=weights)
    skill = 1 - np.average((scores - truth) ** 2, weights=weights) / (base * (1 - base))
    return Calibration(language, len(truth), float(error), float(skill))
