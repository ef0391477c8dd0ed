"""What a classifier takes and gives: a batch of texts in, scores and a version out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol


class Scored(NamedTuple):
    """One text's answer.

    `language` is an ISO 639-1 code judged from the text, or `und`. `scores` maps a label to a calibrated
    probability; a label that the model does not cover in this language is absent, never a made-up number.
    """

    language: str
    normalised: str
    scores: Mapping[str, float]


class Span(NamedTuple):
    """A part of the text as its author wrote it, `text[start:end]`, and the log-odds that it added to a score."""

    start: int
    end: int
    weight: float


class Classifier(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def labels(self) -> Sequence[str]: ...

    def held_from(self, language: str) -> Mapping[str, float]:
        """Probability from which a text in this language is held, for each label that the model covers in it."""

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """Score a batch in one vectorised call. Never raises for any text; takes time linear in its length."""

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        """For each text and each label it has a score for, the few parts that raised that score, strongest first."""
