"""Words that were pulled apart or stretched, put back into shape."""

import numpy as np

from discuss.classify import letters
from discuss.classify.batch import Batch, Words
from discuss.classify.letters import SPACE, Flags

_SEPARATOR = letters.flags(".,'_-~^|")  # not the star, which stands for a letter
_APART = 3
"""Letters stand apart if no more than so many signs are between them."""

_FEWEST_ALONE = 3
_SYLLABLE = 3
"""Pieces of so many letters at most are put together when a single sign divides them."""


def without_runs_of_spaces(batch: Batch) -> Batch:
    again = (batch.codes == SPACE) & batch.like_previous()
    return batch.keep(~again) if again.any() else batch


def unrepeated(batch: Batch) -> Batch:
    """Runs of three and more of anything but digits become one."""
    second = batch.like_previous() & ~letters.DIGIT[batch.codes]
    long = second.copy()
    long[1:] &= second[:-1]  # the third of a run and what follows
    if not long.any():
        return batch
    long[:-1] |= long[1:] & second[:-1]  # the second of such a run
    if batch.prose is not None:
        long &= batch.prose
    return batch.keep(~long)


def joined(batch: Batch) -> Batch:
    """`s p a c e d`, `d.o.t.t.e.d` and `cho-pped` words in one piece."""
    wordlike = letters.WORDLIKE[batch.codes]
    if not _pulled_apart(batch, wordlike):
        return batch
    words = batch.words(wordlike)
    gaps = _gaps_within(batch, words)
    if batch.prose is not None:
        gaps &= batch.prose[words.ends[:-1]]
    if not gaps.any():
        return batch
    fences = np.zeros(len(batch.codes) + 1, dtype=np.int8)
    fences[words.ends[:-1][gaps]] += 1
    fences[words.starts[1:][gaps]] -= 1
    return batch.keep(np.cumsum(fences[:-1], dtype=np.int8) == 0)


def _pulled_apart(batch: Batch, wordlike: Flags) -> bool:
    """Whether there is any sign between two letters, or letters enough that stand alone. Most texts have neither."""
    before, after = wordlike[:-2], wordlike[2:]
    if (_SEPARATOR[batch.codes[1:-1]] & before & after).any():
        return True
    return bool(np.count_nonzero(wordlike[1:-1] & ~(before | after)) >= _FEWEST_ALONE)


def _gaps_within(batch: Batch, words: Words) -> Flags:
    """For each gap between two words, whether it divides one word."""
    sizes, wide = words.sizes, words.starts[1:] - words.ends[:-1]
    divider = batch.codes[words.ends[:-1]]
    numbers = words.holding(letters.DIGIT[batch.codes])
    both = (wide <= _APART) & ~words.new[1:] & ~numbers[1:] & ~numbers[:-1]
    again = both[1:] & both[:-1] & (divider[1:] == divider[:-1])  # three pieces, apart in the same way
    single = both & (sizes[1:] == 1) & (sizes[:-1] == 1)
    chopped = both & (wide == 1) & _SEPARATOR[divider]
    chopped_once = chopped & (
        (divider != ord(".")) | ~letters.LATIN[batch.codes[words.starts[1:]]]
    )  # not ok.ru
    within: Flags = chopped_once & (sizes[1:] <= _SYLLABLE) & (sizes[:-1] <= _SYLLABLE)
    chain = again & ((single[1:] & single[:-1]) | (chopped[1:] & chopped[:-1]))
    within[1:] |= chain
    within[:-1] |= chain
    return within
