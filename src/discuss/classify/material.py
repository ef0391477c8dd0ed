"""What a model learns from: rows of the corpus, disguised copies of some, and sentences of our own, as one matrix."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from discuss.classify import groups, recipe, violence
from discuss.classify.augment import adorned, disguised
from discuss.classify.batch import Places
from discuss.classify.composed import compose
from discuss.classify.corpus import Corpus
from discuss.classify.data import TENTHS
from discuss.classify.design import matrix
from discuss.classify.heads import Floats, Sight, Targets
from discuss.classify.marks import NAMES
from discuss.classify.meanings import Company, Meanings
from discuss.classify.reading import Reader
from discuss.classify.scope import Scope
from discuss.classify.vectors import NOTHING, Embedded, Vectors

Progress = Callable[[float], None]

OWN = "composed"
_DISGUISED, _ADORNED = 0.2, 0.4
"""The shares of rows of which a copy is learnt as well."""

_DISGUISE_COUNTS = 0.4
_OFTEN = 16
"""Sentences of one template from which on each counts less than one."""

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """One text to learn from. `tenth` is the part of the corpus it belongs to; a copy belongs where its original does.

    A copy is in disguise, or adorned with what should make no difference to whether it is spam. `degree`: how toxic raters
    found it, from 0 to 1, where more is known than the label. `counts`: how many rows it stands for. `set`: that of
    a sentence of our own.
    """

    text: str
    language: str
    source: str
    labels: Mapping[str, int]
    tenth: int
    disguised: bool = False
    adorned: bool = False
    degree: float | None = None
    counts: float = 1.0
    set: str = ""

    @property
    def copy(self) -> bool:
        return self.disguised or self.adorned


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is known of one label in one language: the places of the rows in the matrix, targets and weights.

    Where raters differ, a row may be present with both targets.
    """

    places: NDArray[np.intp]
    targets: Targets
    weights: Floats

    def and_also(self, others: "Lessons") -> "Lessons":
        return Lessons(
            np.concatenate([self.places, others.places]),
            np.concatenate([self.targets, others.targets]),
            np.concatenate([self.weights, others.weights]),
        )


@dataclass(frozen=True)
class Material:
    """`groups` and `violence` are the columns of words for groups of people and of words of violence.

    `meanings` holds what the words of each language mean, and `embedded` what a larger model makes of some of the texts.
    """

    items: Sequence[Item]
    matrix: csr_matrix
    groups: NDArray[np.intp]
    violence: NDArray[np.intp]
    meanings: Mapping[str, Meanings]
    embedded: Embedded = NOTHING

    def sight(self, label: str, language: str) -> Sight:
        """What a head may see of the matrix."""
        blind = np.empty(0, dtype=np.intp) if label in recipe.ABOUT_GROUPS else self.groups
        meanings = self.meanings.get(language) if label in recipe.MEANINGS.get(language, ()) else None
        if meanings and label in recipe.OF_VIOLENCE:
            meanings = meanings.with_kind(self.violence)
        return Sight(len(NAMES), blind, meanings)

    def lessons(self, label: str, language: str, wanted: Callable[[Item], bool]) -> Lessons:
        taught = [
            (place, taught_by)
            for place, item in enumerate(self.items)
            if item.language == language and wanted(item) and (taught_by := lesson(item, label))
        ]
        return Lessons(
            np.array([place for place, _ in taught], dtype=np.intp),
            np.array([target for _, (target, _) in taught], dtype=np.int8),
            np.array([weight for _, (_, weight) in taught], dtype=np.float64),
        )

    def by_degree(self, label: str, lessons: Lessons) -> Lessons:
        """The lessons to fit on: a row that raters found half toxic teaches both answers, each with half its weight."""
        degrees = [self.items[place].degree for place in lessons.places.tolist()] if label == "toxic" else []
        if not any(degree is not None for degree in degrees):
            return lessons
        told = zip(degrees, lessons.targets.tolist(), strict=True)
        shares = np.array([target if degree is None else degree for degree, target in told])
        weights = np.concatenate([lessons.weights * shares, lessons.weights * (1 - shares)])
        targets = np.repeat(np.array([1, 0], dtype=np.int8), len(shares))
        says = weights > 0
        return Lessons(np.tile(lessons.places, 2)[says], targets[says], weights[says])


def gather(corpus: Corpus, scope: Scope) -> list[Item]:
    """Everything in the languages that are covered, from the sources that are wanted, except the tenth for testing."""
    chance = Random(corpus.seed)  # noqa: S311  - repeatable, guards nothing
    items: list[Item] = []
    for row in corpus.examples:
        known = row.lang in recipe.COVERED and row.source not in {*recipe.PROBES, *recipe.TEST_ONLY}
        if not (known and scope.sources(row.source) and (tenth := corpus.tenths[row.id])):
            continue
        degree = recipe.degree(row.source, row.meta)
        item = Item(row.text, row.lang, row.source, row.labels, tenth, degree=degree)
        items.append(item)
        if chance.random() < _DISGUISED:
            items.append(replace(item, text=disguised(row.text, row.lang, chance), disguised=True))
        if chance.random() < _ADORNED:
            items.append(replace(item, text=adorned(row.text, chance), adorned=True))
    items.extend(_own(corpus.seed, scope.own))
    return items


def lay_out(items: Sequence[Item], reader: Reader, vectors: Vectors | None, progress: Progress) -> Material:
    """Read every text as it will be read in service."""
    blocks = []
    company = {language: Company() for language in recipe.MEANINGS}
    for start in range(0, len(items), _AT_ONCE):
        part = items[start : start + _AT_ONCE]
        reading = reader.read([item.text for item in part])
        blocks.append(matrix(reading))
        for language, met in company.items():
            met.add(reading, _as_written(part, language))
        progress(min(start + _AT_ONCE, len(items)) / len(items))
    meanings = {language: found for language, met in company.items() if (found := met.meanings())}
    rows = vstack(blocks, format="csr")
    named, violent = groups.columns(reader.ngrams), violence.columns(reader.ngrams)
    return Material(items, rows, named, violent, meanings, _embedded(items, vectors))


def _embedded(items: Sequence[Item], vectors: Vectors | None) -> Embedded:
    if vectors is None:
        return NOTHING
    places = [place for place, item in enumerate(items) if not item.copy and item.text in vectors]
    return vectors.embedded(places, [items[place].text for place in places])


def _as_written(items: Sequence[Item], language: str) -> Places:
    """The places of the texts that people wrote: copies and our own sentences repeat themselves."""
    wanted = [item.language == language and not item.copy and item.source != OWN for item in items]
    return np.flatnonzero(wanted)


def _own(seed: int, most: int) -> Iterator[Item]:
    """A template with many fillings says more than one with few, but not by as much as it has more of them."""
    sentences = list(compose(seed, most))
    amounts = Counter(one.template for one in sentences)
    for one in sentences:
        tenth = 1 + Random(one.template).randrange(TENTHS - 1)  # noqa: S311  - repeatable, so that sentences of one template stay together
        counts = sqrt(_OFTEN / amounts[one.template])
        yield Item(one.text, one.language, OWN, one.labels, tenth, counts=counts, set=one.set)


def lesson(item: Item, label: str) -> tuple[int, float] | None:
    """What an item says about a label, 0 or 1, and with what weight; None if it says nothing."""
    if item.source == OWN:
        left_out = item.set in recipe.OWN_LEFT_OUT.get((item.language, label), ())
        taught_by_own = label in item.labels and not left_out
        weight = recipe.OWN[label] * recipe.OWN_OF_SET.get((item.set, label), 1.0) * item.counts
        return (item.labels[label], weight) if taught_by_own else None
    taught = recipe.lesson(item.source, item.labels, label)
    if taught and item.disguised:
        return taught[0], taught[1] * _DISGUISE_COUNTS
    return taught if label == "spam" or not item.adorned else None
