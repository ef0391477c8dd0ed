"""Words that were pulled apart or stretched, put back into shape."""

import numpy as np

from discuss.classify import letters
from discuss.classify.batch import Batch, Places
from discuss.classify.classes import DIGIT, LATIN, SEPARATOR, SPACE, WORDLIKE, bits
from discuss.classify.letters import Flags

_APART = 3
"""Single letters count as one word pulled apart if at most this many signs are between them."""

_SYLLABLE = 3
"""Pieces of at most this many letters are put together when a single sign divides them."""

ONE_LETTER_WORDS = "авикосуяai"
"""Letters that are words of their own in Russian or English."""

_ONE_LETTER_WORD = letters.flags(ONE_LETTER_WORDS)
_SPACE, _LOUD = (np.array(ord(sign), dtype=np.uint32) for sign in " !")


def calmed(batch: Batch) -> Batch:
    """One space and one exclamation mark in place of several: a mark between two others could be taken for a letter."""
    again = (batch.codes[1:] == batch.codes[:-1]).nonzero()[0] + 1
    signs = batch.codes.take(again)
    again = again[(signs == _SPACE) | (signs == _LOUD)]
    if len(again) < len(batch):  # only where one text ends and the next begins
        return batch
    kept = np.ones(len(batch.codes), dtype=bool)
    kept[again] = False
    kept[batch.bounds[:-1]] = True
    return batch.keep(kept)


def unrepeated(batch: Batch) -> Batch:
    """Shorten runs of three or more of anything except digits to one, but words of a single repeated letter (`xxx`) to three.

    Expects no runs of spaces.
    """
    same = batch.codes[1:] == batch.codes[:-1]
    third = (same[1:] & same[:-1]).nonzero()[0] + 2
    if third.size:  # runs of spaces are where texts meet
        third = third[batch.classes[third] & (DIGIT | SPACE) == 0]
    if batch.prose is not None:
        third = third[batch.prose[third]]
    if not third.size:
        return batch
    kept = np.ones(len(batch.codes), dtype=bool)
    kept[third] = kept[third - 1] = False
    if (batch.classes[third] & bits(WORDLIKE)).any():
        kept[_within_words_of_one_letter(batch, third)] = True
    return batch.keep(kept)


def _within_words_of_one_letter(batch: Batch, third: Places) -> Places:
    """The places of the second and third letters of words that are one run."""
    words, found = batch.words, np.zeros(len(batch.codes), dtype=bool)
    found[third] = True
    which = np.unique(np.maximum(words.at(third), 0))
    runs = words.tally(found, which)
    alike = which[(runs > 0) & (runs == words.sizes[which] - 2)]
    return np.concatenate([words.starts[alike] + 1, words.starts[alike] + 2])


def joined(batch: Batch) -> Batch:
    """The batch with `s p a c e d`, `d.o.t.t.e.d` and `cho-pped` words in one piece."""
    gaps = _gaps_within(batch)
    if batch.prose is not None:
        gaps = gaps[batch.prose[batch.words.ends[gaps]]]
    if not gaps.size:
        return batch
    kept = np.ones(len(batch.codes), dtype=bool)
    for end, start in zip(
        batch.words.ends[gaps].tolist(), batch.words.starts[gaps + 1].tolist(), strict=True
    ):
        kept[end:start] = False
    return batch.keep(kept)


def _gaps_within(batch: Batch) -> Places:
    """The gaps that divide one word; gap k follows word k."""
    words = batch.words
    gaps, chopped = _likely_gaps(batch)
    if not gaps.size:
        return gaps
    sizes, divider = words.sizes, batch.codes[words.ends[gaps]]
    short = (sizes[gaps] <= _SYLLABLE) & (sizes[gaps + 1] <= _SYLLABLE)
    single = (sizes[gaps] == 1) & (sizes[gaps + 1] == 1)
    dotted, into_latin = divider == ord("."), batch.having(LATIN)[words.starts[gaps + 1]]
    syllables, beside = chopped & short, np.zeros(len(gaps), dtype=bool)
    following = gaps[1:] == gaps[:-1] + 1  # three pieces
    beside[1:] |= syllables[:-1] & following
    beside[:-1] |= syllables[1:] & following
    # Not ok.ru, nor initials before a name, nor the two words that an apostrophe divides: he'll.
    within: Flags = syllables & ~(dotted & (into_latin | (single & ~beside))) & (divider != ord("'"))
    wide = words.starts[gaps + 1] - words.ends[gaps]
    again = following & (divider[1:] == divider[:-1]) & (wide[1:] == wide[:-1])
    initials = dotted & (sizes[gaps] == 1) & (sizes[gaps + 1] > _SYLLABLE)
    chopping = chopped & ~initials
    chain = again & ((single[1:] & single[:-1]) | (chopping[1:] & chopping[:-1]))
    chain &= ~_of_short_words(batch, gaps, chain)
    within[1:] |= chain
    within[:-1] |= chain
    return gaps[within]


def _of_short_words(batch: Batch, gaps: Places, chain: Flags) -> Flags:
    """Whether three pieces in a row, and no more, are words of one letter with spaces between them: `а я и не знал`."""
    first, second, third = gaps[:-1], gaps[1:], gaps[1:] + 1
    words = (
        _ONE_LETTER_WORD.take(batch.codes[batch.words.starts[piece]]) for piece in (first, second, third)
    )
    three: Flags = np.logical_and.reduce([*words, batch.codes[batch.words.ends[second]] == ord(" ")])
    longer = np.zeros_like(chain)
    longer[1:] |= chain[:-1]
    longer[:-1] |= chain[1:]
    return three & ~longer


def _likely_gaps(batch: Batch) -> tuple[Places, Flags]:
    """The gaps between two single letters, or with a single sign in them; and which of them are of the second kind.

    Gaps that have no such gap beside them are left out if they divide more than syllables, and so are gaps beside numbers.
    """
    starts, ends = batch.words.starts, batch.words.ends
    sizes, wide = ends - starts, starts[1:] - ends[:-1]
    alone, short = sizes == 1, sizes <= _SYLLABLE
    chopped = batch.having(SEPARATOR).take(ends[:-1]) & (wide == 1)
    apart = chopped | (alone[1:] & alone[:-1] & (wide <= _APART))
    likely = apart & short[1:] & short[:-1]
    beside = apart[1:] & apart[:-1]
    likely[1:] |= beside
    likely[:-1] |= beside
    gaps: Places = likely.nonzero()[0]
    if gaps.size:
        gaps = gaps[~batch.words.new[gaps + 1]]
    if gaps.size and batch.holds & DIGIT:
        numbers = batch.words.holding(batch.places(DIGIT))
        gaps = gaps[~(numbers[gaps] | numbers[gaps + 1])]
    return gaps, chopped[gaps]
