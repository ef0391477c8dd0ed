"""Rows with a classifier's answers, in arrays: each row is scored once, and everything else is computed from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from discuss.classify.data import Example
from discuss.classify.evaluation import metrics
from discuss.classify.evaluation.metrics import Flags, Floats, Places, Truth
from discuss.classify.protocol import Classifier, Scored


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers about rows for which one label is known. `ids` are the ids of the rows."""

    ids: Sequence[str]
    truth: Truth
    scores: Floats
    held: Flags

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def positives(self) -> int:
        return int((self.truth == 1).sum())

    def auc(self) -> float | None:
        return metrics.auc(self.truth, self.scores)

    def recall(self) -> float | None:
        return metrics.share(self.held[self.truth == 1])

    def false_alarms(self) -> float | None:
        return metrics.share(self.held[self.truth == 0])

    def beside(self, other: "Answers") -> "Answers":
        return Answers(
            [*self.ids, *other.ids],
            np.append(self.truth, other.truth),
            np.append(self.scores, other.scores),
            np.append(self.held, other.held),
        )


@dataclass(frozen=True, slots=True)
class ScoredRows:
    """`scores` and `held` have an array for each label; a row that was not scored for it has 0 and is not held."""

    examples: Sequence[Example]
    judged: Sequence[str]
    scores: Mapping[str, Floats]
    held: Mapping[str, Flags]

    def take(self, places: Places) -> "ScoredRows":
        return ScoredRows(
            [self.examples[place] for place in places],
            [self.judged[place] for place in places],
            {label: scores[places] for label, scores in self.scores.items()},
            {label: held[places] for label, held in self.held.items()},
        )

    def truth(self, label: str) -> Truth:
        """1, 0, or -1 where the source does not say."""
        return np.array([example.labels.get(label, -1) for example in self.examples], dtype=np.int8)

    def answers(self, label: str) -> Answers:
        truth = self.truth(label)
        return self._at(label, np.flatnonzero(truth >= 0), truth)

    def ordinary(self, label: str) -> Answers:
        """Every row that is not known to be positive, taken as a negative."""
        truth = self.truth(label)
        return self._at(label, np.flatnonzero(truth < 1), np.zeros(len(truth), dtype=np.int8))

    def _at(self, label: str, places: Places, truth: Truth) -> Answers:
        ids = [self.examples[place].id for place in places]
        return Answers(ids, truth[places], self.scores[label][places], self.held[label][places])


def together(parts: Sequence[ScoredRows]) -> ScoredRows:
    return ScoredRows(
        [example for part in parts for example in part.examples],
        [language for part in parts for language in part.judged],
        {label: np.concatenate([part.scores[label] for part in parts]) for label in parts[0].scores},
        {label: np.concatenate([part.held[label] for part in parts]) for label in parts[0].held},
    )


def score(examples: Sequence[Example], classifier: Classifier) -> ScoredRows:
    scored = classifier.score([example.text for example in examples])
    return ScoredRows(
        examples,
        [one.language for one in scored],
        {label: probabilities(scored, label) for label in classifier.labels},
        {label: held(scored, label, classifier) for label in classifier.labels},
    )


def probabilities(scored: Sequence[Scored], label: str) -> Floats:
    return np.array([one.scores.get(label, 0.0) for one in scored], dtype=np.float64)


def held(scored: Sequence[Scored], label: str, classifier: Classifier) -> Flags:
    """Whether each text is held for that label, by the threshold of the language that was judged."""
    limits = {
        language: classifier.held_from(language).get(label, np.inf)
        for language in {one.language for one in scored}
    }
    return np.array([one.scores.get(label, -1.0) >= limits[one.language] for one in scored], dtype=np.bool_)
