"""What is served must equal what scikit-learn fitted."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from discuss.classify import heads
from discuss.classify.design import matrix
from discuss.classify.manifest import Entry
from discuss.classify.marks import NAMES
from discuss.classify.model import LinearClassifier
from discuss.classify.parts import Parts
from discuss.classify.shipping import table
from discuss.classify.weights import Weights, widened

TEXTS = [
    "Ты болван и больше никто",
    "Спасибо, хороший обзор!",
    "Болван написал, болваны прочли http://a.example",
    "Хороший танк, хороший обзор",
    "You are a fool",
    "A good report, thank you",
    "",
    "Дурак ты, а не автор!!!",
]
RUDE = np.array([1, 0, 1, 0, 1, 0, 0, 1], dtype=np.int8)
SELLS = np.array([0, 0, 1, 0, 0, 0, 0, 0], dtype=np.int8)


@pytest.fixture(scope="module")
def fitted(reader):
    examples = matrix(reader.read(TEXTS))
    return [
        heads.fit(examples, targets, np.ones(len(TEXTS)), 4.0, heads.Sight(len(NAMES)))
        for targets in (RUDE, SELLS)
    ]


@pytest.mark.parametrize(
    "texts", [TEXTS, TEXTS[:1], TEXTS[::-1], ["Совсем другой текст"], ["", "", "болван " * 900]]
)
def test_the_table_gives_what_the_estimators_give(reader, fitted, texts):
    reading = reader.read(texts)
    answers = table(fitted).decisions(reading, np.arange(len(texts)))
    expected = np.column_stack([head.decision_function(matrix(reading)) for head in fitted])
    assert answers == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_some_texts_of_a_batch_get_what_they_get_among_all(reader, fitted):
    reading = reader.read(TEXTS)
    weights = table(fitted)
    some = np.array([1, 2, 7])
    assert weights.decisions(reading, some) == pytest.approx(
        weights.decisions(reading, np.arange(len(TEXTS)))[some], abs=1e-5
    )


def test_a_table_with_room_beside_the_labels_answers_the_same(reader, fitted):
    reading = reader.read(TEXTS)
    narrow = table([*fitted, fitted[0]])
    wide = Weights(widened(narrow.table.T), narrow.marks, narrow.intercepts)
    assert wide.table.shape[1] == 4
    everybody = np.arange(len(TEXTS))
    assert wide.decisions(reading, everybody) == pytest.approx(narrow.decisions(reading, everybody), abs=1e-5)


def test_a_score_is_the_probability_that_the_calibration_curve_gives(reader, fitted):
    decisions = fitted[0].decision_function(matrix(reader.read(TEXTS)))
    weights = np.where(RUDE, 0.08, 0.92)
    curve = heads.sigmoid(decisions, RUDE, weights)
    entry = Entry(
        name="small", version="1", file="", sha256="", bytes=0, labels=["toxic"], thresholds={}, trained_at="",
        seed=7, data={},
    )  # fmt: skip
    covered = ("ru", "en")
    parts = Parts(
        reader, dict.fromkeys(covered, ("toxic",)), dict.fromkeys(covered, table(fitted[:1])),
        {language: {"toxic": curve} for language in covered},
    )  # fmt: skip
    expected = LogisticRegression(C=1e6).fit(decisions[:, np.newaxis], RUDE, weights)
    for scored, decision in zip(LinearClassifier(entry, parts).score(TEXTS), decisions, strict=True):
        if scored.scores:
            assert scored.scores["toxic"] == pytest.approx(
                expected.predict_proba([[decision]])[0, 1], abs=1e-5
            )
        else:
            assert scored.language == "und"


def test_the_heads_have_learnt_what_they_were_taught(reader, fitted):
    answers = table(fitted).decisions(reader.read(["болван", "обзор"]), np.arange(2))
    assert answers[0, 0] > answers[1, 0]
