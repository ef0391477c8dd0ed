"""The rows that our model was not trained on, and those that the plain pipeline may learn from."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from discuss.classify import data, manifest, registry
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example

LABELS = ("toxic", "insult")
FEW = 300
_SEED = 3


@dataclass(frozen=True)
class HeldOut:
    """`few` is the part of `rows` that the word lists have time for."""

    rows: Sequence[Example]
    few: Sequence[Example]
    lessons: Sequence[Example]


def divided(folder: Path) -> Corpus:
    """The corpus, split as for the training of the active model, with the seed from the manifest."""
    corpus = Corpus(manifest.read(registry.default_models_dir()).entry().seed)
    for path in data.files(folder):
        corpus.add(path)
    corpus.divide()
    return corpus


def read(folder: Path) -> HeldOut:
    corpus = divided(folder)
    rows = labelled(corpus.of("test"))
    return HeldOut(rows, few(rows), labelled(corpus.of("train")))


def labelled(rows: Iterable[Example]) -> list[Example]:
    return [row for row in rows if any(label in row.labels for label in LABELS)]


def rude(row: Example) -> int:
    """The truth that a single score is compared with: `toxic` if the row has it, else `insult`."""
    return next(row.labels[label] for label in LABELS if label in row.labels)


def few(rows: Iterable[Example]) -> list[Example]:
    """At most `FEW` rows of each source, always the same ones."""
    ordered = sorted(rows, key=lambda row: (row.source, row.id))
    return [
        row for _, group in groupby(ordered, key=lambda row: row.source) for row in sample(list(group), FEW)
    ]


def sample(rows: Sequence[Example], size: int) -> Sequence[Example]:
    chance = random.Random(_SEED)  # noqa: S311  - repeatable, guards nothing
    return rows if len(rows) <= size else chance.sample(rows, size)
