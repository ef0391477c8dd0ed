"""What a classifier takes and gives: a batch of texts in, scores and a version out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Scored:
    """One text's answer.

    `language` is an ISO 639-1 code judged from the text, or `und`. `scores` maps a label to a calibrated
    probability; a label that the model does not cover in this language is absent, never a made-up number.
    """

    language: str
    normalised: str
    scores: Mapping[str, float]


class Classifier(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def labels(self) -> Sequence[str]: ...

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Probability from which a text is held, for each label, as set when the model was trained."""

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """Score a batch in one vectorised call. Never raises for any text; takes time linear in its length."""
