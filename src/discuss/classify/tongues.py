"""Learning what languages look like in Latin script, from rows of the corpus and from sentences of our own."""

import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from random import Random
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from scipy.sparse import vstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn, without types

from discuss.classify import foreign, heads, recipe
from discuss.classify.augment import in_latin
from discuss.classify.batch import Batch
from discuss.classify.composed import compose
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.design import trigram_rows
from discuss.classify.heads import Floats
from discuss.classify.language import RESPELT, UNDETERMINED, Tongues, scripts
from discuss.classify.scope import Scope, Sources
from discuss.classify.text import normalised


class Row(NamedTuple):
    """`language`: an ISO 639-1 code, `ru-Latn`, `uk_latin`, or `und` where nobody knows."""

    text: str
    language: str


_AT_ONCE = 2000

# How often each language is met in Latin script on the first site, roughly: it decides what a short text is taken for.
_MET: Mapping[str, float] = MappingProxyType(
    {"en": 0.7, RESPELT: 0.08, "de": 0.08, "pt": 0.08, UNDETERMINED: 0.06}
)
_LEARNT = 0.3
"""The share of Russian and English rows that teach what the languages look like: it is plenty."""

_OWN = 300
"""At most so many of our own sentences of each set: without Russian and English nobody could tell which words of a Russian text
are Russian in Latin letters, and of a small corpus nobody learns what else English looks like."""

_LEANING: Mapping[str, float] = MappingProxyType({UNDETERMINED: -1.75, RESPELT: 0.8, "pt": 0.7, "de": 0.4})
"""What is added to the log-odds in the end. It decides about short texts, which would else be taken for English too often; and what
is taken for a language that nobody scores passes, so this has to be the likelier by more."""

_CUT = 0.5
_LONGEST_CUT = 3
"""Words of a row that are learnt once more by themselves: comments can be as short as that."""


def fit_tongues(corpus: Corpus, scope: Scope) -> Tongues:
    rows = list(_rows_of(corpus, scope.sources))
    rows += _own_rows(corpus.seed, min(scope.own, _OWN))
    rows += _foreign_rows()
    rows += _cuttings(rows, corpus.seed)
    blocks, latin = [], []
    for start in range(0, len(rows), _AT_ONCE):
        batch = normalised(Batch.of([row.text for row in rows[start : start + _AT_ONCE]]))
        blocks.append(trigram_rows(batch, scope.ngrams.of(batch)))
        latin.append(scripts(batch)[1])
    kept = np.concatenate(latin)
    languages = [row.language for row, stays in zip(rows, kept.tolist(), strict=True) if stays]
    model = LogisticRegression(C=10, max_iter=150)
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the last iterations change next to nothing
        model.fit(vstack(blocks, format="csr")[kept], [_name(one) for one in languages], _weights(languages))
    coefficients, intercepts = _of_each_class(model)
    table = heads.compact(coefficients.T)
    table[-1] = 0  # what is no trigram says nothing
    names = tuple(model.classes_.tolist())
    leaning = [_LEANING.get(name, 0.0) for name in names]
    return Tongues(names, table, (intercepts + leaning).astype(np.float32))


def _name(language: str) -> str:
    """What texts of the language are to be recognised as."""
    return language if language in _MET else UNDETERMINED


def _weights(languages: Sequence[str]) -> Floats:
    """A weight for each row: every language that is scored counts as much as it is met, and the others share what is left.

    Of these, one with many rows counts more than one with few, but not by as much as it has more of them.
    """
    counts = Counter(languages)
    shares: dict[str, float] = defaultdict(float)
    for language, count in counts.items():
        shares[_name(language)] += sqrt(count)
    weight = {
        language: _MET[_name(language)] / shares[_name(language)] / sqrt(count)
        for language, count in counts.items()
    }
    return np.array([weight[language] for language in languages]) * len(languages)


def _of_each_class(model: LogisticRegression) -> tuple[Floats, Floats]:
    """Of two classes scikit-learn keeps the difference only."""
    if len(model.classes_) > len(model.coef_):
        return np.vstack([-model.coef_, model.coef_]) / 2, np.repeat(model.intercept_, 2) * (-0.5, 0.5)
    return model.coef_, model.intercept_


def shows_tongues(row: Example) -> bool:
    """Whether a row may show what its language looks like. Ukrainian is known by its letters."""
    return row.source not in {*recipe.PROBES, *recipe.TEST_ONLY} and row.lang != "uk"


def _rows_of(corpus: Corpus, sources: Sources) -> Iterator[Row]:
    chance = Random(corpus.seed)  # noqa: S311  - repeatable, guards nothing
    for row in corpus.of("train"):
        if not (shows_tongues(row) and sources(row.source)):
            continue
        if row.lang == "ru":
            if chance.random() < _LEARNT:
                yield Row(in_latin(row.text, chance), RESPELT)
        elif row.lang != "en" or chance.random() < _LEARNT:
            yield Row(row.text, row.lang)


def _own_rows(seed: int, most: int) -> Iterator[Row]:
    chance = Random(seed)  # noqa: S311  - repeatable, guards nothing
    for one in compose(seed, most):
        russian = one.language == "ru"
        yield Row(in_latin(one.text, chance) if russian else one.text, RESPELT if russian else one.language)


def _foreign_rows() -> Iterator[Row]:
    for language, sentences in foreign.SENTENCES.items():
        for sentence in sentences:
            yield Row(sentence, language)


def _cuttings(rows: Iterable[Row], seed: int) -> Iterator[Row]:
    """A few words of some rows in languages that are scored, for comments can be as short as that.

    Of the other languages there are none: what could be in any of them is better scored than not.
    """
    chance = Random(seed)  # noqa: S311  - repeatable, guards nothing
    for text, language in rows:
        if chance.random() < _CUT and _name(language) != UNDETERMINED:
            words = text.split()
            start = chance.randrange(max(len(words), 1))
            yield Row(" ".join(words[start : start + chance.randint(1, _LONGEST_CUT)]), language)
