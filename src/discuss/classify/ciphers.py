"""Rude words with digits and signs in place of the letters they resemble."""

from collections.abc import Iterator, Sequence

import numpy as np

from discuss.classify import letters
from discuss.classify.batch import Batch, Places
from discuss.classify.classes import CYRILLIC, DIGIT, LATIN, SIGN, WORDLIKE, bits
from discuss.classify.editing import Edit
from discuss.classify.letters import Codes, Flags
from discuss.classify.lookalikes import in_one_alphabet

_STAND_INS = frozenset("@$!0123456789")
# Each digit or sign with the letters of both alphabets that it could stand for. They are treated as one shape.
_ALIKE = ("@4aач", "68bбв", "3eеэз", "9gя", "1!ilил", "0oо", "5$sс", "7tт", "2z")
_SIZE = 4
"""Bytes per letter."""

_SHORTEST = 3
_LETTERS = 2
"""A word must have at least this many letters that are not digits or signs."""

_LONG, _FEW = 5, 2
"""Letters of a word in which so many digits and signs mean nothing."""

_SHAPES = str.maketrans({letter: alike[0] for alike in _ALIKE for letter in alike})
_TABLE: Codes = np.arange(letters.SIZE, dtype=np.uint32)
_TABLE[list(_SHAPES)] = list(map(ord, _SHAPES.values()))


class Ciphers:
    """Finds the words that people hide, given the likeliest first, by their shape."""

    def __init__(self, words: Sequence[str]) -> None:
        self._by_shape: dict[bytes, list[str]] = {}
        self._words = frozenset(words)
        for word in words:
            if len(word) >= _SHORTEST:
                self._by_shape.setdefault(word.translate(_SHAPES).encode("utf-32-le"), []).append(word)

    def edits(self, batch: Batch) -> Iterator[Edit]:
        """The edits that spell such words out. Expects letters folded but not repaired, and no runs of exclamation marks."""
        suspects = _suspects(batch)
        if not suspects.size:
            return
        shapes = _TABLE.take(batch.codes, mode="clip").tobytes()
        beyond = (~batch.having(WORDLIKE | SIGN)).nonzero()[0]  # every text has a space at both ends
        after = np.unique(beyond.searchsorted(suspects))
        starts, ends = beyond[after - 1] + 1, beyond[after]
        ends -= batch.codes[ends - 1] == ord("!")  # which ends a sentence
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            if batch.prose is not None and not batch.prose[start] and batch.codes[start] != ord("@"):
                continue
            typed = batch.codes[start:end].tobytes().decode("utf-32-le")
            likely = self._by_shape.get(shapes[_SIZE * start : _SIZE * end], ())
            if word := _meant(typed, likely):
                yield Edit(start, end, word, range(len(word)))
            elif places := self._put_between(typed):
                yield Edit(start, end, in_one_alphabet("".join(typed[place] for place in places)), places)

    def _put_between(self, typed: str) -> Sequence[int]:
        """The places of the letters, if they are such a word, and a digit or sign was merely put between them. Not `iphone5s`."""
        if not _STAND_INS.isdisjoint((typed[0], typed[-1], typed[-2])):
            return ()
        places = [place for place, letter in enumerate(typed) if letter not in _STAND_INS]
        if len(places) < max(_LONG, len(typed) - _FEW):
            return ()
        return places if in_one_alphabet("".join(typed[place] for place in places)) in self._words else ()


def _suspects(batch: Batch) -> Places:
    """The places of digits and signs next to a letter, except exclamation marks that only end a sentence."""
    found = batch.places(DIGIT | SIGN)
    if not found.size:
        return found
    before, after = batch.classes[found - 1], batch.classes[found + 1]
    beside = (before | after) & bits(LATIN | CYRILLIC)
    goes_on = after & bits(LATIN | CYRILLIC | DIGIT | SIGN)
    likely: Flags = (beside != 0) & ((goes_on != 0) | (batch.codes[found] != ord("!")))
    return found[likely]


def _meant(typed: str, likely: Sequence[str]) -> str | None:
    """The first of these words that has the letters of this one, and others only for its digits and signs."""
    if not likely or sum(letter not in _STAND_INS for letter in typed) < _LETTERS:
        return None
    return next((word for word in likely if _could_be(typed, word)), None)


def _could_be(typed: str, word: str) -> bool:
    return all(mine == letter or mine in _STAND_INS for mine, letter in zip(typed, word, strict=True))
