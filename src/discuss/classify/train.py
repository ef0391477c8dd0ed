"""Fit heads to material, and collect their answers about rows they were not fitted on."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn, without types

from discuss.classify import heads, recipe
from discuss.classify.heads import Floats
from discuss.classify.material import OWN, Item, Material
from discuss.classify.teacher import of_label

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


@dataclass(frozen=True, slots=True)
class Apart:
    """Answers of a head about rows that it was not fitted on: their `places` in the material, and the log-odds for each."""

    places: np.ndarray
    decisions: Floats


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
    counted = recipe.TAUGHT.get(language, {}).get(label)
    if counted and (teacher := of_label(material, label, language, wanted)):
        taught = taught.and_also(teacher.opinions(material, language, counted, wanted))
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
