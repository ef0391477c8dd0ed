"""Which parts of a text raised its scores."""

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Places
from discuss.classify.classes import SPACE, WORDLIKE, Classes
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
    start, end = reading.batch.bounds[text : text + 2].tolist()
    classes, origins = reading.batch.classes[start:end], reading.batch.origins[start:end]
    gaps = (classes & SPACE).nonzero()[0]
    before = np.cumsum(_by_letter(reading, text, weights), axis=1)
    by_word = before.take(gaps[1:] - 1, axis=1) - before.take(gaps[:-1], axis=1)
    raised = by_word[columns] * (slopes / reading.lengths[text])[:, np.newaxis]
    strongest = np.argsort(-raised, axis=1, kind="stable")[:, :MOST]
    firsts, lasts = _without_edges(classes, gaps[:-1] + 1, gaps[1:])
    return [
        [
            Span(first, last + 1, round(weight, 3))
            for first, last, weight in zip(*found, strict=True)
            if weight >= _LEAST
        ]
        for found in zip(
            origins[firsts[strongest]].tolist(),
            origins[lasts[strongest] - 1].tolist(),
            np.take_along_axis(raised, strongest, axis=1).tolist(),
            strict=True,
        )
    ]


def _without_edges(classes: Classes, firsts: Places, lasts: Places) -> tuple[Places, Places]:
    """Words without the signs around them; what has no letters stays whole."""
    letter = (classes & WORDLIKE).nonzero()[0]
    begins, ends = np.searchsorted(letter, firsts), np.searchsorted(letter, lasts)
    spelt = begins < ends
    if spelt.all():
        return letter[begins], letter[ends - 1] + 1
    if not spelt.any():
        return firsts, lasts
    begins, ends = np.minimum(begins, len(letter) - 1), np.maximum(ends - 1, 0)
    return np.where(spelt, letter[begins], firsts), np.where(spelt, letter[ends] + 1, lasts)


def _by_letter(reading: Reading, text: int, weights: Weights) -> Floats:
    """A row for each label and a column for each letter of the text: every n-gram's weight in equal shares."""
    start, end = reading.batch.bounds[text : text + 2].tolist()
    changes = np.zeros((end - start + 1, weights.table.shape[1]), dtype=np.float32)
    for kind in reading.kinds:
        first, beyond = kind.bounds[text : text + 2].tolist()
        own = slice(first, max(beyond - kind.unfinished, first))
        shares = weights.table.take(kind.columns[own], axis=0)
        if kind.width:
            shares *= np.float32(1 / kind.width)
            changes[: len(shares)] += shares
            changes[kind.width : kind.width + len(shares)] -= shares
        else:
            shares /= (kind.ends[own] - kind.starts[own])[:, np.newaxis]
            changes[kind.starts[own] - start] += (
                shares  # no two words, nor two pairs, begin or end at the same place
            )
            changes[kind.ends[own] - start] -= shares
    by_letter: Floats = np.cumsum(np.ascontiguousarray(changes[:-1].T), axis=1)
    return by_letter
