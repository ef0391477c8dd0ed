"""A few texts on which a model is tried before anybody relies on it."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from discuss.classify.language import UNDETERMINED
from discuss.classify.protocol import Classifier, Scored

PROBES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ru": (
            "Спасибо, обстоятельный обзор. Жаль, что нет карты местности.",
            "Ты глупый болтун, замолчи и не позорься!",
        ),
        "en": (
            "A clear and fair report, thank you. When will the second part appear?",
            "You are a silly loudmouth, be quiet!",
            "Cheap watches, today only: https://watches.example/sale",
        ),
        "de": (
            "Danke, ein klarer Bericht. Wann erscheint der zweite Teil?",
            "Du bist ein dummer Schwätzer, sei still!",
        ),
        "pt": (
            "Obrigado, uma reportagem muito clara. Quando sai a segunda parte?",
            "Você é um tolo, cale a boca!",
        ),
        UNDETERMINED: ("", "https://watches.example/", "\U0001f44d\U0001f44d"),
    }
)
"""Ordinary, rude and advertising texts in the languages that are covered; nothing, a link and a gesture, which are in none."""


def faults(classifier: Classifier) -> list[str]:
    """What is wrong with the model's answers: each must be a probability and have a threshold to be compared with.

    Every label with a threshold must also be answered: a model that takes its own language for another would let everything pass.
    """
    texts = [text for written in PROBES.values() for text in written]
    answers = classifier.score(texts)
    if len(answers) != len(texts):
        return [f"gives {len(answers)} answers to {len(texts)} texts"]
    parts = classifier.explain(texts)
    if len(parts) != len(texts):
        return [f"explains {len(parts)} of {len(texts)} texts"]
    wrong = [fault for answer in answers for fault in _wrong(answer, classifier.held_from(answer.language))]
    return [*wrong, *_passed_over(answers, classifier)]


def _wrong(answer: Scored, held_from: Mapping[str, float]) -> Iterator[str]:
    for label, score in answer.scores.items():
        if not 0 <= score <= 1:  # true of NaN as well
            yield f"gives {score} for {label}, which is no probability"
        if label not in held_from:
            yield f"scores {label} in the language {answer.language} but has no threshold for it"


def _passed_over(answers: Sequence[Scored], classifier: Classifier) -> Iterator[str]:
    for language in PROBES:
        given = {label for answer in answers if answer.language == language for label in answer.scores}
        for label in classifier.held_from(language).keys() - given:
            yield f"has a threshold for {label} in the language {language} but scores none of our texts for it"
