"""From a corpus to the parts of a model and the thresholds it ships with."""

import random
from collections.abc import Callable, Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from discuss.classify import heads, recipe
from discuss.classify.artefact import Parts
from discuss.classify.corpus import Corpus, Lessons, lessons
from discuss.classify.data import Example
from discuss.classify.features import Ngrams
from discuss.classify.language import LATIN, prose, script, transliterated
from discuss.classify.marks import Marks
from discuss.classify.model import with_marks
from discuss.classify.text import normalise

Announce = Callable[[str], None]

_STRENGTH = {"toxic": 3.0, "spam": 3.0, "english": 3.0}
_BATCH = 2000
_EVERY = 4  # of the rows that teach what English looks like: a quarter is plenty


def fit(corpus: Corpus, announce: Announce) -> Parts:
    """Fit every head on the training rows. The model is not calibrated yet and covers nothing."""
    ngrams, marks, short = Ngrams(bits=20), Marks(), Ngrams(bits=15, shortest=1, longest=3)
    announce("learning what English looks like")
    english = _english(corpus, short)
    announce("learning what is toxic")
    toxic = _head(
        lessons(corpus.of("train"), "toxic"), "toxic", lambda rows: ngrams.transform(_normalised(rows))
    )
    announce("learning what is spam")
    spam = _head(
        _with_links(lessons(corpus.of("train"), "spam"), corpus.seed),
        "spam",
        lambda rows: with_marks(
            ngrams.transform(_normalised(rows)), marks.transform([row.text for row in rows])
        ),
    )
    return Parts(ngrams, marks, short, english, toxic, spam, calibration={})


def _head(
    taught: Lessons, label: str, features: Callable[[Sequence[Example]], csr_matrix]
) -> LogisticRegression:
    batches = (taught.examples[start : start + _BATCH] for start in range(0, len(taught.examples), _BATCH))
    matrix = vstack([features(batch) for batch in batches], format="csr")
    return heads.fit(matrix, taught.targets, taught.weights, _STRENGTH[label])


def _with_links(taught: Lessons, seed: int) -> Lessons:
    """The same, and some rows again with a harmless link before or behind them, which should make no difference."""
    chance = random.Random(seed)  # noqa: S311  - repeatable, guards nothing
    chosen = [place for place in range(len(taught.examples)) if chance.random() < recipe.LINKED_SHARE]
    copies = [_linked(taught.examples[place], chance) for place in chosen]
    return Lessons(
        [*taught.examples, *copies],
        np.append(taught.targets, taught.targets[chosen]),
        np.append(taught.weights, taught.weights[chosen]),
    )


def _linked(example: Example, chance: random.Random) -> Example:
    link = f"{chance.choice(recipe.HARMLESS_LINKS)}{chance.getrandbits(40):x}"
    text = " ".join(chance.sample([example.text, link], 2))
    return msgspec.structs.replace(example, text=text, normalised=normalise(text))


def _english(corpus: Corpus, ngrams: Ngrams) -> LogisticRegression:
    kept_out = {*recipe.PROBES, *recipe.TEST_ONLY}
    taught = [row for row in corpus.of("train") if row.source not in kept_out]
    texts, targets = _latin(taught[::_EVERY])
    weights = heads.reweighted(targets, base_rate=0.7)
    return heads.fit(ngrams.transform(texts), targets, weights, _STRENGTH["english"])


def _latin(rows: Iterable[Example]) -> tuple[list[str], NDArray[np.int8]]:
    """Texts in Latin script, and Russian ones put into it, each with 1 if it is English."""
    typed = [
        (transliterated(row.normalised) if row.lang == "ru" else row.normalised, row.lang == "en")
        for row in rows
    ]
    latin = [(plain, english) for text, english in typed if script(plain := prose(text)) == LATIN]
    return [text for text, _ in latin], np.array([english for _, english in latin], dtype=np.int8)


def _normalised(rows: Sequence[Example]) -> list[str]:
    return [row.normalised for row in rows]
