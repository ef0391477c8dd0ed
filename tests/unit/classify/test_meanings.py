"""Words that occur beside the same words are judged alike."""

from random import Random

import numpy as np
import pytest

from discuss.classify import heads
from discuss.classify.design import matrix
from discuss.classify.marks import NAMES
from discuss.classify.meanings import Company

FOOLS, THINGS = ("blockhead", "nitwit", "dunce"), ("harbour", "bridge", "tunnel")
LESSONS = ("you nitwit", "what a dunce", "a new tunnel", "the old bridge")
RUDE = np.array([1, 1, 0, 0], dtype=np.int8)


def _talk():
    """Texts in which each word of a kind occurs between words that go with that kind, among others in random order."""
    chance = Random(5)  # noqa: S311  - repeatable, guards nothing
    among = [f"{first}{last}" for first in ("ba", "ce", "di", "fo", "gu") for last in _endings()]
    for _ in range(1500):
        word, beside = chance.choice(
            [(fool, "silly shouting such stupid") for fool in FOOLS]
            + [(thing, "built stone long across") for thing in THINGS]
        )
        before, *_, after = beside.split()
        yield f"{' '.join(chance.sample(among, 6))} {before} {word} {after} {' '.join(chance.sample(among, 6))}"


def _endings():
    return [first + last for first in "lmnprstv" for last in ("ak", "en", "ol", "uz", "ip")]


@pytest.fixture(scope="module")
def meanings(reader):
    company = Company()
    reading = reader.read(list(_talk()))
    company.add(reading, np.arange(len(reading.batch)))
    return company.meanings()


@pytest.fixture(scope="module")
def column(reader):
    return lambda word: int(reader.read([word]).grams.words[0, 0])


def _fitted(reader, sight):
    lessons = matrix(reader.read(LESSONS))
    return heads.fit(lessons, RUDE, np.ones(len(LESSONS)), 4.0, sight)


def _answers(reader, head, *texts):
    return head.decision_function(matrix(reader.read(texts)))


def test_words_of_one_kind_are_nearer_to_each_other_than_to_others(meanings, column):
    vectors = dict(zip(meanings.columns.tolist(), meanings.vectors, strict=True))
    fools, things = ([vectors[column(word)] for word in words] for words in (FOOLS, THINGS))
    assert min(fools[0] @ fools[1], things[0] @ things[1]) > max(
        fool @ thing for fool in fools for thing in things
    )


def test_a_word_that_no_lesson_held_is_judged_by_its_kind(reader, meanings):
    head = _fitted(reader, heads.Sight(len(NAMES), meanings=meanings))
    fool, thing = _answers(reader, head, "blockhead", "harbour")
    by_letters = _answers(reader, _fitted(reader, heads.Sight(len(NAMES))), "blockhead", "harbour")
    assert fool - thing > 10 * abs(by_letters[0] - by_letters[1])


def test_a_word_that_no_text_held_is_judged_by_the_kind_that_it_was_put_into(reader, meanings, column):
    of_a_kind = meanings.with_kind(np.array([column(word) for word in ("ogre", *FOOLS[1:])]))
    head = _fitted(reader, heads.Sight(len(NAMES), meanings=of_a_kind))
    without = _fitted(reader, heads.Sight(len(NAMES), meanings=meanings))
    assert without.coef_[0, column("ogre")] == 0 < head.coef_[0, column("ogre")]
    assert head.coef_[0, column("tunnel")] < 0


def test_what_a_word_means_says_nothing_to_a_head_that_must_not_see_the_word(reader, meanings, column):
    blind = np.array([column(FOOLS[0])])
    head = _fitted(reader, heads.Sight(len(NAMES), blind, meanings))
    assert head.coef_[0, blind] == pytest.approx(0)
    assert head.coef_[0, column(FOOLS[1])] > 0


def test_from_a_few_words_nothing_is_learnt(reader):
    company = Company()
    company.add(reader.read(["a few words", ""]), np.arange(2))
    assert company.meanings() is None
    assert Company().meanings() is None


def test_the_same_texts_give_the_same_vectors(reader, meanings):
    company = Company()
    texts = list(_talk())
    for part in (texts[:700], texts[700:]):
        reading = reader.read([*part, "not asked for"])
        company.add(reading, np.arange(len(part)))
    assert np.array_equal(company.meanings().vectors, meanings.vectors)
