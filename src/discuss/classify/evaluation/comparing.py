"""Compare two models on the same kept-out rows: how far apart they are, and how certain that is."""

from collections.abc import Mapping

import msgspec
import numpy as np

from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.evaluation import metrics, sources, tables
from discuss.classify.evaluation.measuring import scored_by_source
from discuss.classify.evaluation.metrics import Flags
from discuss.classify.evaluation.sources import Key
from discuss.classify.evaluation.tables import Measured
from discuss.classify.protocol import Classifier

_RESAMPLES = 1000
_SEED = 7

Line = tuple[str, str, str, str]
Lines = Mapping[Line, Measured]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One label on one source and language. A model that does not cover the label there has no AUC and holds nothing.

    `interval` is where AUC(second) - AUC(first) lies with 95 % certainty, by a bootstrap that draws the same rows for both.
    `rows`, `held_…` and `verdicts_changed` are about the source's own rows; the AUC may need others (`against`).
    """

    source: str
    language: str
    label: str
    against: str | None
    rows: int
    auc_first: float | None
    auc_second: float | None
    interval: tuple[float, float] | None
    held_first: float
    held_second: float
    verdicts_changed: int


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    first: str
    second: str
    seed: int
    differences: list[Difference]


def compare(corpus: Corpus, first: Classifier, second: Classifier) -> Comparison:
    covered = sources.languages(corpus, first) | sources.languages(corpus, second)
    rows = sources.kept_out(corpus, covered)
    ours, theirs = _lines(rows, first), _lines(rows, second)
    return Comparison(
        first=f"{first.name} {first.version}",
        second=f"{second.name} {second.version}",
        seed=corpus.seed,
        differences=[
            _difference(line, ours.get(line), theirs.get(line)) for line in sorted({*ours, *theirs})
        ],
    )


def _lines(rows: Mapping[Key, list[Example]], classifier: Classifier) -> Lines:
    scored = scored_by_source(rows, classifier)
    found = [*tables.measured(scored, classifier), *tables.probed(scored, classifier)]
    return {(one.source, one.language, one.label, one.against or ""): one for one in found}


def _difference(line: Line, first: Measured | None, second: Measured | None) -> Difference:
    rows = max(len(one.own) for one in (first, second) if one)
    held_first, held_second = _held(first, rows), _held(second, rows)
    source, language, label, against = line
    return Difference(
        source=source, language=language, label=label, against=against or None, rows=rows,
        auc_first=first.answers.auc() if first else None, auc_second=second.answers.auc() if second else None,
        interval=_interval(first, second),
        held_first=float(held_first.mean()), held_second=float(held_second.mean()),
        verdicts_changed=int((held_first != held_second).sum()),
    )  # fmt: skip


def _held(one: Measured | None, rows: int) -> Flags:
    return one.own.held if one else np.zeros(rows, dtype=np.bool_)


def _interval(first: Measured | None, second: Measured | None) -> tuple[float, float] | None:
    if not (first and second):
        return None
    return metrics.paired_difference(
        first.answers.truth, first.answers.scores, second.answers.scores, resamples=_RESAMPLES, seed=_SEED
    )
