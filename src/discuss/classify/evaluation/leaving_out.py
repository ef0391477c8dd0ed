"""How a model does on a site it has never seen: trained without a family of sources, measured on all its rows."""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from discuss.classify import recipe, train
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.design import matrix
from discuss.classify.evaluation.metrics import Floats, auc
from discuss.classify.material import gather
from discuss.classify.reading import Reader
from discuss.classify.scope import EVERYTHING, Scope
from discuss.classify.shipping import laid_out, read_with
from discuss.classify.train import Announce

_LABEL = "toxic"
_AT_ONCE = 1000


class Unseen(msgspec.Struct, frozen=True, kw_only=True):
    """Results on the rows of a source when neither its family nor a near-duplicate of it was learnt from.

    That holds for the head and for everything that is learnt before it.
    """

    family: str
    source: str
    language: str
    rows: int
    positives: int
    auc: float | None


class UnseenSites(msgspec.Struct, frozen=True):
    label: str
    seed: int
    sources: list[Unseen]


def leave_out(corpus: Corpus, announce: Announce, scope: Scope = EVERYTHING) -> UnseenSites:
    """Leave out every family of the recipe in turn."""
    found = [
        unseen
        for family in recipe.FAMILIES
        for unseen in _without(corpus, family, scope, _within(family, announce))
    ]
    return UnseenSites(_LABEL, corpus.seed, found)


def _within(family: str, announce: Announce) -> Announce:
    return lambda stage, done, total: announce(f"{family}: {stage}", done, total)


def _without(corpus: Corpus, family: str, scope: Scope, announce: Announce) -> Iterator[Unseen]:
    asked = {
        source: rows for source in recipe.FAMILIES[family] if _both_sides(rows := _known(corpus, source))
    }
    if not asked:
        return
    language = Counter(row.lang for rows in asked.values() for row in rows).most_common(1)[0][0]
    reader, head = _trained(corpus.apart_from({*recipe.FAMILIES[family]}), language, scope, announce)
    for source, rows in asked.items():
        truth = np.array([row.labels[_LABEL] for row in rows], dtype=np.int8)
        yield Unseen(
            family=family, source=source, language=language, rows=len(rows), positives=int(truth.sum()),
            auc=auc(truth, _answers(reader, head, rows)),
        )  # fmt: skip


def _answers(reader: Reader, head: LogisticRegression, rows: Sequence[Example]) -> Floats:
    parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
    return np.concatenate(
        [head.decision_function(matrix(reader.read([row.text for row in part]))) for part in parts]
    )


def _known(corpus: Corpus, source: str) -> list[Example]:
    """The rows of a source that are labelled and in a language that is covered."""
    return [
        row
        for row in corpus.examples
        if row.source == source and row.lang in recipe.COVERED and _LABEL in row.labels
    ]


def _both_sides(rows: Sequence[Example]) -> bool:
    return {row.labels[_LABEL] for row in rows} == {0, 1}


def _trained(
    corpus: Corpus, language: str, scope: Scope, announce: Announce
) -> tuple[Reader, LogisticRegression]:
    items = gather(corpus, scope)
    reader = read_with(corpus, scope, items, announce)
    material = laid_out([item for item in items if item.language == language], reader, scope, announce)
    head = (language, _LABEL)
    return reader, train.fit(material, [head], lambda *done: announce("fitting", *done))[head]
