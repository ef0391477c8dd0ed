"""A few texts on which a model is tried before anybody relies on it."""

from collections.abc import Iterator, Mapping

from discuss.classify.protocol import Classifier, Scored

PROBES = (
    "",
    "Спасибо, обстоятельный обзор. Жаль, что нет карты местности.",
    "Ты глупый болтун, замолчи и не позорься!",
    "A clear and fair report, thank you. When will the second part appear?",
    "You are a silly loudmouth, be quiet!",
    "Cheap watches, today only: https://watches.example/sale",
    "https://watches.example/",
    "Du bist ein dummer Schwätzer, sei still!",
    "Você é um tolo, cale a boca!",
    "\U0001f44d\U0001f44d",
)
"""Ordinary, rude and selling, in every language that is covered; nothing, a link and a gesture, which are in none."""


def faults(classifier: Classifier) -> list[str]:
    """What is wrong with its answers: each must be a probability, and have a threshold to be held against."""
    answers = classifier.score(PROBES)
    if len(answers) != len(PROBES):
        return [f"gives {len(answers)} answers to {len(PROBES)} texts"]
    parts = classifier.explain(PROBES)
    if len(parts) != len(PROBES):
        return [f"explains {len(parts)} of {len(PROBES)} texts"]
    return [fault for answer in answers for fault in _wrong(answer, classifier.held_from(answer.language))]


def _wrong(answer: Scored, held_from: Mapping[str, float]) -> Iterator[str]:
    for label, score in answer.scores.items():
        if not 0 <= score <= 1:  # neither is NaN
            yield f"gives {score} for {label}, which is no probability"
        if label not in held_from:
            yield f"scores {label} in the language {answer.language} but has no threshold for it"
