"""What is served must be what scikit-learn fitted."""

import numpy as np
import pytest

from discuss.classify import heads
from discuss.classify.design import matrix
from discuss.classify.marks import NAMES
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


def test_the_heads_have_learnt_what_they_were_taught(reader, fitted):
    answers = table(fitted).decisions(reader.read(["болван", "обзор"]), np.arange(2))
    assert answers[0, 0] > answers[1, 0]
