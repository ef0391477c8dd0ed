"""The words that raised a score: what each n-gram of a text adds, divided among its letters."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.marks import NAMES
from discuss.classify.spans import MOST, spans
from discuss.classify.weights import Weights
from tests.ngrams import places

LABELS, LEAST = 2, 0.1
SLOPES = np.array([1.0, 2.5], dtype=np.float32)
INTERCEPTS = np.array([-1.0, 0.5], dtype=np.float32)
WORDS = st.sampled_from(
    ["болван", "ты", "и", "читай", "здесь", "https://a.example/b", "fool,", "🙂", "(a-b)", "№5", "..."]
)


@pytest.fixture(scope="module")
def weights(reader):
    chance = np.random.default_rng(7)
    table = chance.normal(0, 2, (reader.ngrams.nothing + 1, LABELS)).astype(np.float32)
    table[-1] = 0
    return Weights(table, np.zeros((len(NAMES), LABELS), dtype=np.float32), INTERCEPTS)


@pytest.fixture(scope="module")
def of_marks(reader):
    """A model in which only marks count: each equally for the first label, none for the second."""
    table = np.zeros((reader.ngrams.nothing + 1, LABELS), dtype=np.float32)
    return Weights(table, np.array([[4.0, 0.0]] * len(NAMES), dtype=np.float32), INTERCEPTS)


def by_letter(reading, weights):
    """The straightforward, slow way, for the first text of a reading."""
    size = reading.batch.bounds[1]
    letters = np.zeros((size, LABELS))
    for columns, starts, ends in places(reading.ngrams, reading.batch):
        for column, start, end in zip(columns, starts, ends, strict=True):
            if start < size and column != reading.ngrams.nothing:
                letters[start:end] += weights.table[column] / (end - start)
    return letters / reading.lengths[0]


def by_word(reading, letters):
    """The sums over each run of letters between two spaces."""
    gaps = np.flatnonzero(reading.batch.codes[: len(letters)] == ord(" "))
    return np.array([letters[gap + 1 : beyond].sum(axis=0) for gap, beyond in pairwise(gaps)])


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_a_word_is_told_with_what_its_letters_add_to_the_log_odds(reader, weights, words):
    text = " ".join(words)
    reading = reader.read([text, "a neighbour in the batch"])
    found = spans(reading, 0, text, weights, np.arange(LABELS), SLOPES)
    expected = by_word(reading, by_letter(reading, weights)) * SLOPES
    for label, told in enumerate(found):
        raised = sorted((raised for raised in expected[:, label] if raised >= LEAST), reverse=True)
        assert [span.weight for span in told] == pytest.approx(raised[:MOST], abs=2e-3)


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_what_the_letters_add_is_the_whole_score(reader, weights, words):
    reading = reader.read([" ".join(words)])
    added = by_letter(reading, weights).sum(axis=0) + INTERCEPTS
    assert added == pytest.approx(weights.decisions(reading, np.array([0]))[0], abs=1e-3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("see https://a.example/b there", {"https://a.example/b"}),
        ("see a.com, or b.com there", {"a.com", "b.com"}),
        ("ask @somebody or me@site.example", {"somebody", "me@site.example"}),
        ("pay only $20 for it", {"20"}),
        ("now 20% off!!! really", {"20", "off"}),
        ("paбота for all 🔥 now", {"paбота", "🔥"}),
        ("ты СЛЫШИШЬ меня", {"СЛЫШИШЬ"}),
        ("0x0123456789012345678901234567890123456789", {"0x0123456789012345678901234567890123456789"}),
        ("no mark at all", set()),
        ("", set()),
    ],
)
def test_what_a_text_carries_counts_with_the_words_that_it_stands_in(reader, of_marks, text, told):
    reading = reader.read(["another text", text])
    raised, unmoved = spans(reading, 1, text, of_marks, np.arange(LABELS), SLOPES)
    assert {text[span.start : span.end] for span in raised} == told
    assert unmoved == []
    whole = of_marks.decisions(reading, np.array([1]))[0, 0] - INTERCEPTS[0]
    assert sum(span.weight for span in raised) == pytest.approx(whole if told else 0, abs=0.1)


def test_marks_in_the_last_part_of_a_very_long_text_are_found(reader, of_marks):
    text = "слово " * 2000 + "https://a.example/b"
    found = spans(reader.read([text]), 0, text, of_marks, np.arange(LABELS), SLOPES)[0]
    assert [text[span.start : span.end] for span in found] == ["https://a.example/b"]
