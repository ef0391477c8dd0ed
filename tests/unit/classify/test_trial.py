"""What is checked about a model before it is relied on."""

import math

import pytest

from discuss.classify import trial
from discuss.classify.protocol import Scored


class Answering:
    """A classifier that gives every text the same answer."""

    name, version, labels = "answering", "1", ("toxic",)

    def __init__(self, scores, language="en"):
        self.answer = Scored(language, "", scores)

    def held_from(self, language):
        return {"toxic": 0.5} if language == "en" else {}

    def score(self, texts):
        return [self.answer for _ in texts]

    def explain(self, texts):
        return [{} for _ in texts]


class Forgetful(Answering):
    """Has no answer for an empty text."""

    def score(self, texts):
        return [self.answer for text in texts if text]


@pytest.mark.parametrize("scores", [{"toxic": 0}, {"toxic": 0.5}, {"toxic": 1}])
def test_probabilities_with_thresholds_are_fine(scores):
    assert trial.faults(Answering(scores)) == []


@pytest.mark.parametrize("score", [math.nan, math.inf, -math.inf, -0.01, 1.01])
def test_what_is_no_probability_is_a_fault(score):
    assert "which is no probability" in trial.faults(Answering({"toxic": score}))[0]


@pytest.mark.parametrize("answering", [Answering({"spam": 0.1}), Answering({"toxic": 0.1}, "ru")])
def test_a_score_without_a_threshold_is_a_fault(answering):
    assert "has no threshold for it" in trial.faults(answering)[0]


def test_a_text_that_is_passed_over_is_a_fault():
    assert "answers to" in trial.faults(Forgetful({}))[0]


@pytest.mark.parametrize("answering", [Answering({}), Answering({}, "und")])
def test_a_threshold_that_nothing_is_ever_held_against_is_a_fault(answering):
    assert trial.faults(answering) == [
        "has a threshold for toxic in the language en but scores none of our texts for it"
    ]


def test_the_texts_of_the_trial_are_of_every_kind_that_a_model_covers(classifier):
    for language, texts in trial.PROBES.items():
        assert {scored.language for scored in classifier.score(texts)} == {language}
    assert trial.PROBES.keys() == {"ru", "en", "de", "pt", "und"}
    assert "" in trial.PROBES["und"]
