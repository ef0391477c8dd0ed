"""Which parts of a text raised its scores."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from discuss.classify import letters
from discuss.classify.batch import Places
from discuss.classify.letters import SPACE, Codes
from discuss.classify.protocol import Span
from discuss.classify.reading import Floats, Reading
from discuss.classify.weights import Weights

MOST = 8
_LEAST = 0.1
"""Log-odds below which a part of the text is not worth naming."""


def spans(
    reading: Reading, text: int, weights: Weights, columns: NDArray[np.intp], slopes: NDArray[np.float32]
) -> list[list[Span]]:
    """For each of these columns of the table: the words that raised its score, the strongest first.

    `slopes` turn decisions into log-odds.
    """
    start, end = reading.batch.bounds[text : text + 2]
    raised = _by_letter(reading, text, weights)[:, columns] * slopes
    sums = np.vstack([np.zeros(raised.shape[1]), np.cumsum(raised, axis=0)])
    codes, origins = reading.batch.codes[start:end], reading.batch.origins[start:end]
    gaps = (codes == SPACE).nonzero()[0]
    firsts, lasts = gaps[:-1] + 1, gaps[1:]
    by_word = sums[lasts] - sums[firsts]
    firsts, lasts = _without_edges(codes, firsts, lasts)
    return [
        list(_strongest(by_word[:, label], origins[firsts], origins[lasts - 1] + 1))
        for label in range(len(slopes))
    ]


def _without_edges(codes: Codes, firsts: Places, lasts: Places) -> tuple[Places, Places]:
    """Words without the signs around them; what has no letters stays whole."""
    letter = letters.WORDLIKE[codes].nonzero()[0]
    begins, ends = np.searchsorted(letter, firsts), np.searchsorted(letter, lasts)
    spelt = begins < ends
    if not spelt.any():
        return firsts, lasts
    begins, ends = np.minimum(begins, len(letter) - 1), np.maximum(ends - 1, 0)
    return np.where(spelt, letter[begins], firsts), np.where(spelt, letter[ends] + 1, lasts)


def _by_letter(reading: Reading, text: int, weights: Weights) -> Floats:
    """A row for each letter of the text and a column for each label: every n-gram's weight in equal shares."""
    start, end = reading.batch.bounds[text : text + 2]
    changes = np.zeros((end - start + 1, weights.table.shape[1]), dtype=np.float32)
    for kind in reading.kinds:
        own = slice(kind.bounds[text], kind.bounds[text + 1])
        if kind.width:
            shares = weights.table[kind.columns[own]] / kind.width
            changes[:-1] += shares
            fitting = max(len(changes) - kind.width, 0)  # what runs over the end weighs nothing
            changes[kind.width :] -= shares[:fitting]
        else:
            there = kind.columns[own] < reading.ngrams.nothing
            first, beyond = kind.starts[own][there] - start, kind.ends[own][there] - start
            shares = weights.table[kind.columns[own][there]] / (beyond - first)[:, np.newaxis]
            changes[first] += shares  # no two words, nor two pairs, begin or end at the same place
            changes[beyond] -= shares
    by_letter: Floats = np.cumsum(changes[:-1], axis=0) / reading.lengths[text]
    return by_letter


def _strongest(weights: Floats, firsts: Places, beyonds: Places) -> Iterator[Span]:
    strong = (weights >= _LEAST).nonzero()[0]
    if not len(strong):
        return
    for word in strong[np.argsort(-weights[strong], kind="stable")[:MOST]].tolist():
        yield Span(int(firsts[word]), int(beyonds[word]), round(float(weights[word]), 3))
