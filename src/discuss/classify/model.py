"""Serving: a batch of texts in, calibrated scores out."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from discuss.classify.artefact import Parts
from discuss.classify.language import UNDETERMINED, judge
from discuss.classify.manifest import Entry
from discuss.classify.marks import LINK
from discuss.classify.protocol import Scored, Span
from discuss.classify.text import normalise

_CHUNK = 1 << 16  # characters in one go: bounds memory, and the arrays stay in the processor's cache


class LinearClassifier:
    """Satisfies `discuss.classify.protocol.Classifier` with scikit-learn's linear models over hashed n-grams."""

    def __init__(self, entry: Entry, parts: Parts) -> None:
        self.name = entry.name
        self.version = entry.version
        self.labels: Sequence[str] = tuple(entry.labels)
        self._thresholds = entry.thresholds
        self._parts = parts

    def score(self, texts: Sequence[str]) -> list[Scored]:
        return [scored for chunk in _chunks(texts) for scored in self._score(chunk)]

    def held_from(self, language: str) -> Mapping[str, float]:
        return {
            label: by_language[language]
            for label, by_language in self._thresholds.items()
            if language in by_language
        }

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        return [{} for _ in texts]

    def decisions(self, texts: Sequence[str], normalised: Sequence[str]) -> Mapping[str, NDArray[np.float64]]:
        """The heads' answers before calibration."""
        ngrams, marks = self._parts.ngrams.transform(normalised), self._parts.marks.transform(texts)
        return {
            "toxic": self._parts.toxic.decision_function(ngrams),
            "spam": self._parts.spam.decision_function(with_marks(ngrams, marks)),
        }

    def _score(self, texts: Sequence[str]) -> Iterator[Scored]:
        normalised = [normalise(text) for text in texts]
        languages = judge(normalised, self._parts.short_ngrams, self._parts.english)
        decisions = self.decisions(texts, normalised)
        for place, (text, language) in enumerate(zip(normalised, languages, strict=True)):
            scores = {
                label: float(expit(slope * decisions[label][place] + intercept))
                for label, (slope, intercept) in self._curves(language, text).items()
            }
            yield Scored(language, text, scores)

    def _curves(self, language: str, text: str) -> Mapping[str, Sequence[float]]:
        """The calibration curves of the labels that are covered in this language."""
        if language == UNDETERMINED and not LINK.search(text):
            return {}
        return {
            label: curves[language] for label, curves in self._parts.calibration.items() if language in curves
        }


def with_marks(ngrams: csr_matrix, marks: csr_matrix) -> csr_matrix:
    return hstack([ngrams, marks], format="csr", dtype=np.float32)


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
