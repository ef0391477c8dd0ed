"""Which parts of a text raised its scores."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Places
from discuss.classify.classes import SPACE, WORDLIKE, bits
from discuss.classify.marks import places
from discuss.classify.ngrams import Columns
from discuss.classify.protocol import Span
from discuss.classify.reading import Floats, Reading
from discuss.classify.weights import Weights

MOST = 8
_LEAST = 0.1
"""Log-odds below which a part of the text is not worth naming."""


def spans(
    reading: Reading,
    text: int,
    given: str,
    weights: Weights,
    columns: NDArray[np.intp],
    slopes: NDArray[np.float32],
) -> list[list[Span]]:
    """For each of these columns of the table, the words that raised its score, strongest first.

    `text` is the number of the text in the reading, and `given` the text as it was given. `slopes` turn decisions into log-odds.
    """
    start, end = reading.batch.bounds[text : text + 2].tolist()
    classes, origins = reading.batch.classes[start:end], reading.batch.origins[start:end]
    gaps = (classes & bits(SPACE)).astype(bool).nonzero()[0]
    by_letter = _by_letter(reading, text, weights.table)
    by_word = np.add.reduceat(by_letter[:-1], gaps[:-1], axis=0) - by_letter.take(gaps[:-1], axis=0)
    raised = by_word.take(columns, axis=1).T * (slopes / reading.lengths[text])[:, np.newaxis]
    by_mark = reading.marks[text, :, np.newaxis] * weights.marks.take(columns, axis=1) * slopes
    for share, counts in _carried(given, by_mark, origins, gaps):
        raised += np.outer(share, counts)
    labels, words = (raised >= _LEAST).nonzero()
    strong: list[list[tuple[float, int]]] = [[] for _ in slopes]
    for label, word, weight in zip(
        labels.tolist(), words.tolist(), raised[labels, words].tolist(), strict=True
    ):
        strong[label].append((-weight, word))
    spelt, in_order = (classes & bits(WORDLIKE)).astype(bool), not (origins[1:] < origins[:-1]).any()
    written = _Written(spelt.tobytes(), origins, gaps.tolist(), in_order, {})
    return [
        [Span(*written.place(word), round(-weight, 3)) for weight, word in sorted(found)[:MOST]]
        for found in strong
    ]


def _carried(given: str, by_mark: Floats, origins: Places, gaps: Places) -> Iterator[tuple[Floats, Places]]:
    """What one mark of each kind that raised a score added to every label, equal shares for all, and how many stand in each word.

    `gaps` are the spaces around the words. A mark belongs to the letter that was typed at its place, or else to the next one that was.
    """
    raising = np.flatnonzero((by_mark >= _LEAST).any(axis=1)).tolist()
    order = origins.argsort(kind="stable") if raising else origins
    typed = origins[order] if raising else origins
    for column in raising:
        found = places(given, column)
        words = gaps[1:-1].searchsorted(order[typed.searchsorted(found)])
        yield by_mark[column] / max(len(found), 1), np.bincount(words, minlength=len(gaps) - 1)


class _Written(NamedTuple):
    """A text as its author wrote it: which letters belong to words, where each came from, and the gaps between words.

    `in_order`: no letter came from a place before that of the letter before it. `known` holds the words that were asked for before: most of them raised several scores.
    """

    spelt: bytes
    origins: Places
    gaps: Sequence[int]
    in_order: bool
    known: dict[int, tuple[int, int]]

    def place(self, word: int) -> tuple[int, int]:
        """Start and end of the word without the signs around it, or of all of it if it has no letters."""
        if known := self.known.get(word):
            return known
        first, beyond = self.gaps[word] + 1, self.gaps[word + 1]
        if (letter := self.spelt.find(1, first, beyond)) >= 0:
            first, beyond = letter, self.spelt.rfind(1, first, beyond) + 1
        typed = self.origins[first:beyond]
        found = (typed.item(0), typed.item(-1)) if self.in_order else (int(typed.min()), int(typed.max()))
        self.known[word] = place = found[0], found[1] + 1
        return place


def _by_letter(reading: Reading, text: int, table: Floats) -> Floats:
    """A row for each letter of the text and a column for each label: every n-gram's weight is shared equally by its letters."""
    start, end = reading.batch.bounds[text : text + 2].tolist()
    by_letter = np.zeros((end - start, table.shape[1]), dtype=np.float32)
    _add_characters(by_letter, reading.grams.letters[:, start:end], reading.ngrams.shortest, table)
    words = slice(*reading.batch.words.bounds[text : text + 2].tolist())
    if reading.ngrams.words and words.start < words.stop:
        _add_words(by_letter, reading, words, start, table)
    return by_letter


def _add_characters(by_letter: Floats, columns: Columns, shortest: int, table: Floats) -> None:
    """Takes the longest n-grams first, because letter k of one is also letter k of any longer one that begins there."""
    size = len(by_letter)
    beginning: Floats = np.zeros_like(by_letter)
    for more in reversed(range(len(columns))):
        width = shortest + more
        shares: Floats = table.take(columns[more], axis=0)
        shares /= width
        beginning += shares
        by_letter[width - 1 :] += beginning[: max(size - width + 1, 0)]
    for behind in range(shortest - 1):
        by_letter[behind:] += beginning[: max(size - behind, 0)]


def _add_words(by_letter: Floats, reading: Reading, own: slice, start: int, table: Floats) -> None:
    """Adds to each word and each gap between two: a word lies in three n-grams, itself and two pairs, and a gap in one."""
    words, pairs = (table.take(columns[own], axis=0) for columns in reading.grams.words)
    edges = reading.batch.words.edges[2 * own.start : 2 * own.stop] - start
    words /= (edges[1::2] - edges[::2])[:, np.newaxis]
    between: Floats = pairs[:-1]
    between /= (edges[3::2] - edges[:-2:2])[:, np.newaxis]
    shares = np.empty((2 * len(words) - 1, table.shape[1]), dtype=np.float32)
    shares[::2], shares[1::2] = words, between
    shares[:-1:2] += between
    shares[2::2] += between
    by_letter[edges[0] : edges[-1]] += np.repeat(shares, edges[1:] - edges[:-1], axis=0)
