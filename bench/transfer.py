"""Which rows a larger model learns from and is asked about, and how well it does.

Its vectors stay as they are. A small head is fitted on them, for each source on its own rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from scipy.stats import rankdata
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from bench import heldout
from discuss.classify import recipe
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.evaluation.metrics import Floats, Truth, auc, paired_difference
from discuss.classify.train import FOLDS

Vectors = Mapping[str, Floats]

HEAD, LINEAR = "regression", "linear"
_LESSONS, _ASKED, _OF_EACH_OTHER = 1000, 600, 60
_DRAWS, _SEED = 2000, 5


@dataclass(frozen=True)
class Question:
    """A label of a source. `whole`: all its rows teach; `unseen`: only the other sources of its language do."""

    source: str
    label: str
    whole: bool = False
    unseen: bool = False

    def asked(self, corpus: Corpus) -> list[Example]:
        rows = [row for row in self._known(corpus, {self.source}) if not corpus.tenths[row.id]]
        return _drawn(rows, self.label, _ASKED)

    def lessons(self, corpus: Corpus) -> list[Example]:
        if not self.unseen:
            rows = self._taught(corpus, {self.source})
            return rows if self.whole else _drawn(rows, self.label, _LESSONS)
        others = {*recipe.SOURCES[self.label]} - {self.source}
        language = self.asked(corpus)[0].lang
        rows = [row for row in self._taught(corpus, others) if row.lang == language]
        return [
            row
            for source in sorted(others)
            for row in _drawn([one for one in rows if one.source == source], self.label, _OF_EACH_OTHER)
        ]

    def _taught(self, corpus: Corpus, sources: set[str]) -> list[Example]:
        return [row for row in self._known(corpus, sources) if corpus.tenths[row.id]]

    def _known(self, corpus: Corpus, sources: set[str]) -> list[Example]:
        return [
            row
            for row in corpus.examples
            if row.source in sources and self.label in row.labels and row.lang in recipe.COVERED
        ]


QUESTIONS = (
    Question("c3_news_en", "toxic"),
    Question("olid_twitter_en", "toxic"),
    Question("germeval2018_de", "toxic"),
    Question("toldbr_pt", "toxic"),
    Question("toldbr_pt", "obscene"),
    Question("ru_toxic_2ch_pikabu", "toxic"),
    Question("ru_detox_russe2022", "toxic"),
    Question("ru_uk_youtube_abusive", "toxic", whole=True),
    Question("stormfront_en", "identity_hate"),
    Question("ethos_en", "identity_hate", whole=True),
    Question("ethos_en", "threat", whole=True),
    Question("sms_spam_en", "spam"),
    Question("youtube_spam_en", "spam", whole=True),
    Question("olid_twitter_en", "toxic", unseen=True),
)


def _drawn(rows: Iterable[Example], label: str, size: int) -> list[Example]:
    """As many with the label as without it, if there are enough, which does not shift the AUC and narrows its interval."""
    ordered = sorted(rows, key=lambda row: row.id)
    some = heldout.sample([row for row in ordered if row.labels[label]], size // 2)
    return [*some, *heldout.sample([row for row in ordered if not row.labels[label]], size - len(some))]


def heads() -> Mapping[str, BaseEstimator]:
    strengths = {"logisticregression__C": [1e-4, 1e-3, 1e-2, 1e-1]}
    logistic = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    return {
        HEAD: GridSearchCV(logistic, strengths, scoring="roc_auc", cv=3),
        "perceptron": make_pipeline(
            StandardScaler(), MLPClassifier((64,), alpha=1.0, early_stopping=True, random_state=_SEED)
        ),
    }


def linear() -> Pipeline:
    """What a linear model over characters makes of the same few lessons."""
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return make_pipeline(characters, LogisticRegression(C=4.0, max_iter=2000))


def judged(question: Question, corpus: Corpus, vectors: Vectors) -> dict[str, Floats]:
    """The scores of the rows that are asked about, by the name of the model that gave them."""
    return _answers(question.lessons(corpus), question.asked(corpus), question.label, vectors)


def cross_validated(question: Question, corpus: Corpus, vectors: Vectors) -> dict[str, float]:
    """The mean AUC over the training folds, each scored by models that learnt from the others."""
    lessons, areas = question.lessons(corpus), []
    for fold in range(FOLDS):
        rest, asked = (
            [row for row in lessons if (corpus.tenths[row.id] % FOLDS == fold) is inside]
            for inside in (False, True)
        )
        answers = _answers(rest, asked, question.label, vectors)
        areas.append(
            {name: auc(truth(asked, question.label), scores) or 0.0 for name, scores in answers.items()}
        )
    return {name: fmean(area[name] for area in areas) for name in areas[0]}


def _answers(
    lessons: Sequence[Example], asked: Sequence[Example], label: str, vectors: Vectors
) -> dict[str, Floats]:
    taught = truth(lessons, label)
    known, new = (np.array([vectors[row.id] for row in rows]) for rows in (lessons, asked))
    scores = {name: head.fit(known, taught).predict_proba(new)[:, 1] for name, head in heads().items()}
    plain = linear().fit([row.text for row in lessons], taught)
    return {**scores, LINEAR: plain.predict_proba([row.text for row in asked])[:, 1]}


def truth(rows: Sequence[Example], label: str) -> Truth:
    return np.array([row.labels[label] for row in rows], dtype=np.int8)


def area(said: Truth, scores: Floats) -> tuple[float, float, float]:
    """The AUC with its 95 % interval, which is that of the difference to scores that are all the same."""
    low, high = difference(said, np.zeros(len(said)), scores)
    return auc(said, scores) or 0.0, low + 0.5, high + 0.5


def difference(said: Truth, first: Floats, second: Floats) -> tuple[float, float]:
    return paired_difference(said, first, second, resamples=_DRAWS, seed=_SEED) or (0.0, 0.0)


def ranked_together(first: Floats, second: Floats) -> Floats:
    """The sum of both ranks. Equal scores share a rank; otherwise the order of the rows would count."""
    ranks: Floats = rankdata(first) + rankdata(second)
    return ranks
