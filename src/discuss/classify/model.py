"""Serving: a batch of texts in, calibrated scores out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from discuss.classify.classes import CYRILLIC
from discuss.classify.language import UNDETERMINED
from discuss.classify.manifest import Entry
from discuss.classify.marks import NAMES
from discuss.classify.parts import Parts
from discuss.classify.protocol import Scored, Span
from discuss.classify.reading import Reading
from discuss.classify.spans import MOST, spans
from discuss.classify.summing import Floats
from discuss.classify.weights import Weights

_CERTAIN = 1e-6
_MARGIN = 4.0
"""Log-odds by which words in the other script, and texts in a language that nobody scores, must exceed the threshold of the language that they are judged by."""

_KIN = "ru"
"""The language whose heads also judge Cyrillic texts in languages that nobody scores: a letter or two make a text look like one of these."""

_DILUTED = 4.0
"""Log-odds by which a passage must exceed the threshold for its text to be held."""

_OF_WHOLE_TEXTS = "spam"
"""The label for which neither words in the other script nor single passages are judged: links say the same in every language, and an offer shows in the whole text."""

_CHUNK = 1 << 17  # characters in one go, which bounds the memory


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads for one language: the labels that are covered in it, and how they are calibrated.

    `margins`, one for each column of the weights: how much is taken off a passage's log-odds, before calibration. `nothing`, one
    for each label: the calibrated log-odds of a text that nothing is known about.
    """

    weights: Weights
    labels: tuple[str, ...]
    columns: NDArray[np.intp]
    slopes: NDArray[np.float32]
    intercepts: NDArray[np.float32]
    margins: NDArray[np.float32]
    nothing: NDArray[np.float32]


def heads(parts: Parts) -> Mapping[str, Heads]:
    """By language. Texts in no known language are judged by the English heads, as far as these are calibrated for them."""
    found = {}
    for language, curves in parts.curves.items():
        source = "en" if language == UNDETERMINED else language
        labels = tuple(label for label in parts.labels[source] if label in curves)
        columns = np.array([parts.labels[source].index(label) for label in labels], dtype=np.intp)
        slopes, intercepts = np.array([curves[label] for label in labels], dtype=np.float32).reshape(-1, 2).T
        margins = np.full(len(parts.labels[source]), np.inf, dtype=np.float32)
        of_passages = np.array([label != _OF_WHOLE_TEXTS for label in labels], dtype=bool)
        margins[columns[of_passages]] = _DILUTED / slopes[of_passages]
        nothing = parts.weights[source].intercepts[columns] * slopes + intercepts
        found[language] = Heads(parts.weights[source], labels, columns, slopes, intercepts, margins, nothing)
    return found


class Aside(NamedTuple):
    """The words of text `place` that are in another script than most of it: text `number` of `reading`, as `given` to that, for `head` to judge."""

    place: int
    head: Heads
    reading: Reading
    number: int
    given: str


class LinearClassifier:
    """Satisfies `discuss.classify.protocol.Classifier`: linear models over hashed n-grams, a set for each language."""

    def __init__(self, entry: Entry, parts: Parts) -> None:
        self.name = entry.name
        self.version = entry.version
        self.labels: Sequence[str] = tuple(entry.labels)
        self._thresholds = entry.thresholds
        self._parts = parts
        self._by_language = heads(parts)
        self._last: tuple[Sequence[str], Reading] = ([], parts.reader.read([]))

    def held_from(self, language: str) -> Mapping[str, float]:
        return {label: limits[language] for label, limits in self._thresholds.items() if language in limits}

    def score(self, texts: Sequence[str]) -> list[Scored]:
        return [scored for chunk in _chunks(texts) for scored in self._score(chunk)]

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        return [found for chunk in _chunks(texts) for found in self._explain(chunk)]

    def _score(self, texts: Sequence[str]) -> Iterator[Scored]:
        reading = self._read(texts)
        languages = list(reading.languages)
        scores: list[Mapping[str, float]] = [{} for _ in texts]
        for head, places in self._heads(reading):
            for place, row in zip(places, _probabilities(_odds(head, reading, places)).tolist(), strict=True):
                scores[place] = dict(zip(head.labels, row, strict=True))
        for place, held in self._kindred(reading).items():
            languages[place], scores[place] = _KIN, held
        for place, head, again, number, _ in self._asides(texts, reading):
            odds = dict(zip(head.labels, _odds(head, again, [number])[0].tolist(), strict=True))
            beside = reading.beside[place]
            if languages[place] in self._by_language:
                scores[place] = self._with_aside(scores[place], odds, languages[place], beside)
            elif held := self._held_anyway(odds, beside):
                languages[place], scores[place] = beside, held
        yield from map(Scored, languages, reading.batch.strings(), scores)

    def _with_aside(
        self, scores: Mapping[str, float], odds: Mapping[str, float], language: str, beside: str
    ) -> Mapping[str, float]:
        """With what the words in the other script score by themselves, told as probabilities of the text's own language.

        The odds are shifted so that both thresholds coincide, less a margin: a few words are no comment, and names say little.
        """
        mine, theirs = self.held_from(language), self.held_from(beside)
        moved = {
            label: odds[label] - _MARGIN - _log_odds(theirs[label]) + _log_odds(mine[label])
            for label in odds.keys() & mine.keys() & theirs.keys() - {_OF_WHOLE_TEXTS}
        }
        return {
            label: max(score, _probability(moved[label])) if label in moved else score
            for label, score in scores.items()
        }

    def _held_anyway(self, odds: Mapping[str, float], language: str) -> Mapping[str, float]:
        """What a text in a language that nobody scores gets from the heads of another: nothing unless it is held, again with a margin."""
        limits = self.held_from(language)
        scores = {
            label: _probability(odds[label] - _MARGIN)
            for label in odds
            if label in limits and label != _OF_WHOLE_TEXTS
        }
        return scores if any(score >= limits[label] for label, score in scores.items()) else {}

    def _kindred(self, reading: Reading) -> Mapping[int, Mapping[str, float]]:
        """Cyrillic texts in languages that nobody scores, as far as they are held for what they score in Russian."""
        covered = self._by_language.keys() - {UNDETERMINED}
        unscored = [place for place, language in enumerate(reading.languages) if language not in covered]
        if not unscored or _KIN not in covered:
            return {}
        head, classes = self._by_language[_KIN], reading.batch.held
        places = [place for place in unscored if classes[place] & CYRILLIC]
        odds = _odds(head, reading, places).tolist() if places else []
        found = (self._held_anyway(dict(zip(head.labels, row, strict=True)), _KIN) for row in odds)
        return {place: scores for place, scores in zip(places, found, strict=True) if scores}

    def _asides(self, texts: Sequence[str], reading: Reading) -> Iterator[Aside]:
        """Those whose language is covered, and is the one that they turn out to be in when they are read alone."""
        places = [place for place, language in reading.beside.items() if language in self._by_language]
        if not places:
            return
        given = [reading.aside(place, texts[place]) for place in places]
        again = self._parts.reader.read(given)
        for number, place in enumerate(places):
            language = reading.beside[place]
            if again.languages[number] == language:
                yield Aside(place, self._by_language[language], again, number, given[number])

    def _explain(self, texts: Sequence[str]) -> Iterator[Mapping[str, list[Span]]]:
        reading = self._read(texts)
        found: list[Mapping[str, list[Span]]] = [{} for _ in texts]
        for head, places in self._heads(reading):
            for place in places:
                found[place] = _explained(head, reading, place, texts[place])
        for place, held in self._kindred(reading).items():
            raised = _explained(self._by_language[_KIN], reading, place, texts[place])
            found[place] = {label: raised[label] for label in held}
        for place, head, again, number, given in self._asides(texts, reading):
            others = _explained(head, again, number, given)
            found[place] = _strongest(found[place] or {label: [] for label in others}, others)
        yield from found

    def _read(self, texts: Sequence[str]) -> Reading:
        """Keeps the last reading, so that asking for scores and then for what raised them does not read the texts twice."""
        known, reading = self._last
        if known != texts:
            reading = self._parts.reader.read(texts)
            self._last = texts, reading
        return reading

    def _heads(self, reading: Reading) -> Iterator[tuple[Heads, list[int]]]:
        """The heads to ask, and the places of the texts to ask them about."""
        by_language: dict[str, list[int]] = {}
        for place, language in enumerate(reading.languages):
            by_language.setdefault(language, []).append(place)
        links = reading.marks[:, NAMES.index("link")]
        nowhere = by_language.pop(UNDETERMINED, [])  # no words: a link, or nothing
        by_language[UNDETERMINED] = [place for place in nowhere if links[place]]
        for language, places in by_language.items():
            if places and language in self._by_language:
                yield self._by_language[language], places


def _odds(head: Heads, reading: Reading, places: Sequence[int]) -> Floats:
    """Calibrated log-odds: a row for each of these texts, a column for each label."""
    odds = head.weights.decisions(reading, np.array(places), head.margins).take(head.columns, axis=1)
    odds *= head.slopes
    odds += head.intercepts
    if reading.names_only:
        silent = [row for row, place in enumerate(places) if place in reading.names_only]
        odds[silent] = np.minimum(odds[silent], head.nothing)
    return odds


def _explained(head: Heads, reading: Reading, place: int, text: str) -> Mapping[str, list[Span]]:
    if place in reading.names_only:
        return {label: [] for label in head.labels}
    parts = spans(reading, place, text, head.weights, head.columns, head.slopes)
    return dict(zip(head.labels, parts, strict=True))


def _strongest(parts: Mapping[str, list[Span]], others: Mapping[str, list[Span]]) -> Mapping[str, list[Span]]:
    """The parts that raised each score, in either script."""
    return {
        label: found if label == _OF_WHOLE_TEXTS else _both(found, others.get(label, ()))
        for label, found in parts.items()
    }


def _both(found: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    strongest: dict[int, Span] = {}
    for span in sorted([*found, *others], key=lambda span: -span.weight):
        strongest.setdefault(span.start, span)
    return list(strongest.values())[:MOST]


def _log_odds(probability: float) -> float:
    within = min(max(probability, _CERTAIN), 1 - _CERTAIN)
    return log(within / (1 - within))


def _probabilities(odds: Floats) -> Floats:
    """From log-odds, without overflow at either end."""
    found = np.tanh(odds / 2)
    found += 1
    found /= 2
    return found


def _probability(odds: float) -> float:
    return float(_probabilities(np.array(odds)))


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
