"""Words that were pulled apart or stretched, put back into shape."""

import numpy as np

from discuss.classify.batch import Batch, Places
from discuss.classify.classes import DIGIT, LATIN, SEPARATOR, SPACE
from discuss.classify.letters import Flags

_APART = 3
"""Letters stand apart if no more than so many signs are between them."""

_SYLLABLE = 3
"""Pieces of so many letters at most are put together when a single sign divides them."""


def without_runs_of_spaces(batch: Batch) -> Batch:
    space = batch.codes == ord(" ")
    again = space[1:] & space[:-1]
    if np.count_nonzero(again) < len(batch):  # none but where a text ends and the next one begins
        return batch
    kept = np.ones(len(space), dtype=bool)
    kept[1:] = ~again
    kept[batch.bounds[:-1]] = True
    return batch.keep(kept)


def unrepeated(batch: Batch) -> Batch:
    """Runs of three and more of anything but digits become one. Expects no runs of spaces."""
    same = batch.codes[1:] == batch.codes[:-1]
    third = (same[1:] & same[:-1]).nonzero()[0] + 2
    if third.size:  # those of spaces are where texts meet
        third = third[batch.classes[third] & (DIGIT | SPACE) == 0]
    if batch.prose is not None:
        third = third[batch.prose[third]]
    if not third.size:
        return batch
    kept = np.ones(len(batch.codes), dtype=bool)
    kept[third] = kept[third - 1] = False
    return batch.keep(kept)


def joined(batch: Batch) -> Batch:
    """`s p a c e d`, `d.o.t.t.e.d` and `cho-pped` words in one piece."""
    gaps = _gaps_within(batch)
    if batch.prose is not None:
        gaps = gaps[batch.prose[batch.words.ends[gaps]]]
    if not gaps.size:
        return batch
    fences = np.zeros(len(batch.codes) + 1, dtype=np.int8)
    fences[batch.words.ends[gaps]] += 1
    fences[batch.words.starts[gaps + 1]] -= 1
    return batch.keep(np.cumsum(fences[:-1], dtype=np.int8) == 0)


def _gaps_within(batch: Batch) -> Places:
    """The gaps that divide one word; gap k is the one behind word k."""
    words, sizes = batch.words, batch.words.sizes
    gaps, chopped = _likely_gaps(batch)
    if not gaps.size:
        return gaps
    divider = batch.codes[words.ends[gaps]]
    next_to = gaps[1:] == gaps[:-1] + 1
    again = next_to & (divider[1:] == divider[:-1])  # three pieces, apart in the same way
    syllables = chopped & (sizes[gaps] <= _SYLLABLE) & (sizes[gaps + 1] <= _SYLLABLE)
    if not (again.any() or syllables.any()):
        return gaps[:0]
    into_latin = batch.classes[words.starts[gaps + 1]] & LATIN != 0
    within: Flags = syllables & ((divider != ord(".")) | ~into_latin)  # not ok.ru
    single = (sizes[gaps] == 1) & (sizes[gaps + 1] == 1)
    chain = again & ((single[1:] & single[:-1]) | (chopped[1:] & chopped[:-1]))
    within[1:] |= chain
    within[:-1] |= chain
    return gaps[within]


def _likely_gaps(batch: Batch) -> tuple[Places, Flags]:
    """The gaps between two letters that stand alone, or with a single sign in them; and which of them have the latter."""
    words = batch.words
    alone, wide = words.sizes == 1, words.starts[1:] - words.ends[:-1]
    signed = batch.classes.take(words.ends[:-1]) & SEPARATOR != 0
    chopped = signed & (wide == 1)
    gaps = (chopped | (alone[1:] & alone[:-1] & (wide <= _APART))).nonzero()[0]
    gaps = gaps[~words.new[gaps + 1]] if gaps.size else gaps
    if gaps.size and batch.holds & DIGIT:
        numbers = words.holding(batch.places(DIGIT))
        gaps = gaps[~(numbers[gaps] | numbers[gaps + 1])]
    return gaps, chopped[gaps]
