"""Fit heads to material, and collect their answers about rows they were not fitted on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from scipy.sparse import vstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn, without types

from discuss.classify import heads, recipe
from discuss.classify.augment import in_latin
from discuss.classify.batch import Batch
from discuss.classify.composed import compose
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.design import trigram_rows
from discuss.classify.heads import Floats
from discuss.classify.language import RESPELT, UNDETERMINED, Tongues, scripts
from discuss.classify.material import OWN, Item, Material
from discuss.classify.scope import Scope, Sources
from discuss.classify.text import normalised

Announce = Callable[[str, int, int], None]
"""What is being done, how many steps of it are done, and of how many."""

Count = Callable[[int, int], None]
Head = tuple[str, str]
"""Language and label."""

Task = TypeVar("Task")
Answer = TypeVar("Answer")

FOLDS = 5
_STRENGTH: Mapping[Head, float] = MappingProxyType({("ru", "toxic"): 5.0, ("en", "toxic"): 8.0})
_USUAL_STRENGTH = 4.0
_AT_ONCE = 2000

# Roughly how often each language occurs in Latin script on the first site. It decides what a short text is taken for.
_MET: Mapping[str, float] = MappingProxyType(
    {"en": 0.7, RESPELT: 0.08, "de": 0.08, "pt": 0.08, UNDETERMINED: 0.06}
)
_LEARNT = 0.3
"""The share of Russian and English rows that teach what these languages look like. It is plenty."""

_NEEDED = {"en", RESPELT}
"""Without these two there is no telling which words of a Russian text are Russian in Latin letters."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Answers of a head about rows that it was not fitted on: their `places` in the material, and the log-odds for each."""

    places: np.ndarray
    decisions: Floats


def fit_tongues(corpus: Corpus, scope: Scope) -> Tongues:
    rows = list(_tongue_rows(corpus, scope.sources))
    rows += _own_rows(corpus.seed, _NEEDED - {name for _, name in rows})
    blocks, latin = [], []
    for start in range(0, len(rows), _AT_ONCE):
        batch = normalised(Batch.of([text for text, _ in rows[start : start + _AT_ONCE]]))
        blocks.append(trigram_rows(next(scope.ngrams.of(batch)), batch.prose))
        latin.append(scripts(batch)[1])
    kept = np.concatenate(latin)
    names = np.array([name for _, name in rows])[kept]
    known, counts = np.unique(names, return_counts=True)
    weight = {name: _MET[name] / count for name, count in zip(known, counts, strict=True)}
    weights = np.array([weight[name] for name in names]) * len(names)
    with threadpool_limits(1):
        model = LogisticRegression(C=10, max_iter=150).fit(vstack(blocks, format="csr")[kept], names, weights)
    coefficients, intercepts = _of_each_class(model)
    table = heads.compact(coefficients.T)
    table[-1] = 0  # the column for no trigram says nothing
    return Tongues(tuple(model.classes_.tolist()), table, intercepts.astype(np.float32))


def _of_each_class(model: LogisticRegression) -> tuple[Floats, Floats]:
    """For two classes scikit-learn keeps only the difference."""
    if len(model.classes_) > len(model.coef_):
        return np.vstack([-model.coef_, model.coef_]) / 2, np.repeat(model.intercept_, 2) * (-0.5, 0.5)
    return model.coef_, model.intercept_


def shows_tongues(row: Example) -> bool:
    """Whether a row may show what its language looks like. Ukrainian is known by its letters."""
    return row.source not in {*recipe.PROBES, *recipe.TEST_ONLY} and row.lang != "uk"


def _tongue_rows(corpus: Corpus, sources: Sources) -> Iterator[tuple[str, str]]:
    """Texts, and the name of the language that each is to be recognised as."""
    chance = Random(corpus.seed)  # noqa: S311  - repeatable, guards nothing
    for row in corpus.of("train"):
        if not (shows_tongues(row) and sources(row.source)):
            continue
        if row.lang == "ru":
            if chance.random() < _LEARNT:
                yield in_latin(row.text, chance), RESPELT
        elif row.lang != "en" or chance.random() < _LEARNT:
            yield row.text, row.lang if row.lang in _MET else UNDETERMINED


def _own_rows(seed: int, names: set[str]) -> Iterator[tuple[str, str]]:
    """Our own sentences in languages that have to be told apart but are missing from the corpus."""
    chance = Random(seed)  # noqa: S311  - repeatable, guards nothing
    for one in compose(seed) if names else ():
        name = RESPELT if one.language == "ru" else one.language
        if name in names:
            yield in_latin(one.text, chance) if name == RESPELT else one.text, name


def fit(material: Material, wanted: Sequence[Head], announce: Count) -> Mapping[Head, LogisticRegression]:
    return dict(
        zip(wanted, _each(wanted, lambda head: _fit(material, head, _anything), announce), strict=True)
    )


def apart(material: Material, wanted: Sequence[Head], announce: Count) -> Mapping[Head, Apart]:
    """For every row of the corpus, the answer of a head that was fitted on roughly the other four fifths."""
    tasks = [(head, fold) for head in wanted for fold in range(FOLDS)]
    answers = _each(tasks, lambda task: _answer(material, *task), announce)
    found: dict[Head, Apart] = {}
    for head in wanted:
        parts = [answer for (name, _), answer in zip(tasks, answers, strict=True) if name == head]
        found[head] = Apart(
            np.concatenate([part.places for part in parts]),
            np.concatenate([part.decisions for part in parts]),
        )
    return found


def _answer(material: Material, head: Head, fold: int) -> Apart:
    model = _fit(material, head, lambda item: item.tenth % FOLDS != fold)
    language, label = head
    asked = material.lessons(label, language, lambda item: item.tenth % FOLDS == fold and from_corpus(item))
    return Apart(asked.places, model.decision_function(material.matrix[asked.places]))


def _fit(material: Material, head: Head, wanted: Callable[[Item], bool]) -> LogisticRegression:
    language, label = head
    taught = material.by_degree(label, material.lessons(label, language, wanted))
    return heads.fit(
        material.matrix[taught.places],
        taught.targets,
        taught.weights,
        _STRENGTH.get(head, _USUAL_STRENGTH),
        material.sight(label, language),
    )


def _each(tasks: Sequence[Task], work: Callable[[Task], Answer], announce: Count) -> list[Answer]:
    """Run two tasks at a time, because sums over sparse matrices do not block other threads.

    The linear algebra library gets no threads of its own: they would only wait for each other, on a busy machine for most of
    the time. Without them the result does not depend on the number of cores either.
    """
    answers: list[Answer] = []
    announce(0, len(tasks))
    with threadpool_limits(1), ThreadPoolExecutor(2) as pool:
        for done, answer in enumerate(pool.map(work, tasks), 1):
            answers.append(answer)
            announce(done, len(tasks))
    return answers


def _anything(item: Item) -> bool:
    del item
    return True


def from_corpus(item: Item) -> bool:
    return not item.copy and item.source != OWN
