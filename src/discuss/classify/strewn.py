"""Rude words with signs strewn in or with letters typed twice, which readers read as if nothing were there."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

import numpy as np

from discuss.classify.batch import Batch, Places
from discuss.classify.classes import CYRILLIC, LATIN, SIGN, SPACE, STAR, bits
from discuss.classify.editing import Edit
from discuss.classify.letters import flags
from discuss.classify.lookalikes import in_one_alphabet

_SHORTEST, _LONGEST = 4, 40
_AGAIN = 2
"""Letters typed more often than they should be, from which on a word is not just misspelt or drawn out."""

_HANDLED = flags(".'-_")
"""Signs that often stand alone within a word: other stages know what to make of one, and ordinary words have them too."""

_RUN = re.compile(r"(.)\1+")


class Strewn:
    """Words that people hide, the likeliest first. What is a word in everyday use as it stands is left alone."""

    def __init__(self, words: Sequence[str], everyday: Collection[str]) -> None:
        self._words = frozenset(words)
        self._known = self._words.union(everyday)
        self._by_runs: dict[str, str] = {}
        for word in words:
            if len(once := _RUN.sub(r"\1", word)) >= _SHORTEST:
                self._by_runs.setdefault(once, word)

    def edits(self, batch: Batch) -> Iterator[Edit]:
        """Those that leave nothing but the letters of such words. Expects folded letters."""
        for start, end in _strewn(batch):
            token = batch.codes[start:end].tobytes().decode("utf-32-le")
            places = [place for place, letter in enumerate(token) if letter.isalpha()]
            if _SHORTEST <= len(places) <= _LONGEST and len(places) <= places[-1] - places[0]:
                meant = in_one_alphabet("".join(token[place] for place in places))
                if meant in self._words:
                    first = places[0]
                    within = [place - first for place in places]
                    yield Edit(start + first, start + places[-1] + 1, meant, within)

    def doubled(self, batch: Batch) -> Iterator[Edit]:
        """Those that leave one letter of two in such words. Expects folded letters."""
        words = batch.words
        for word in _doubling(batch):
            start, end = int(words.starts[word]), int(words.ends[word])
            typed = in_one_alphabet(batch.codes[start:end].tobytes().decode("utf-32-le"))
            meant = self._by_runs.get(_RUN.sub(r"\1", typed))
            if meant and typed not in self._known and _longer_runs(typed, meant) >= _AGAIN:
                yield Edit(start, end, meant, _places(typed, meant))


def _strewn(batch: Batch) -> Iterator[tuple[int, int]]:
    """Begin and end of what stands between two spaces and has signs between its letters that no other stage looks at."""
    words = batch.words
    gaps = (batch.classes.take(words.ends[:-1]) & bits(SPACE) == 0).nonzero()[0]
    gaps = gaps[batch.classes.take(words.starts[gaps + 1] - 1) & bits(SPACE) == 0]
    if not gaps.size:
        return
    behind, ahead = words.ends[gaps], words.starts[gaps + 1]
    handled = _HANDLED.take(batch.codes[behind], mode="clip")
    handled |= (batch.classes[behind] & bits(SIGN | STAR)) != 0
    telling = behind[~handled | (ahead - behind > 1)]
    if batch.prose is not None:
        telling = telling[batch.prose[telling]]
    if telling.size:
        spaces = batch.places(SPACE)
        for gap in np.unique(spaces.searchsorted(telling)).tolist():
            yield int(spaces[gap - 1]) + 1, int(spaces[gap])


def _doubling(batch: Batch) -> Sequence[int]:
    """Words in which letters are the same as the one before, in two places or more."""
    again: Places = (batch.codes[1:] == batch.codes[:-1]).nonzero()[0]
    near = (again[1:] - again[:-1] <= _LONGEST).nonzero()[0]
    first, second = again[near], again[near + 1]
    telling = batch.classes.take(first) & batch.classes.take(second) & bits(CYRILLIC | LATIN) != 0
    if batch.prose is not None:
        telling &= batch.prose[first]
    which: Places = batch.words.at(first[telling])
    found: list[int] = np.unique(which[second[telling] < batch.words.ends[which]]).tolist()
    return found


def _longer_runs(typed: str, meant: str) -> int:
    """Expects words that have the same letters, in runs of different lengths."""
    return sum(size > wanted for size, wanted in zip(_sizes(typed), _sizes(meant), strict=True))


def _places(typed: str, meant: str) -> list[int]:
    """For each letter that is meant one that was typed, of the same run."""
    places: list[int] = []
    begin = 0
    for size, wanted in zip(_sizes(typed), _sizes(meant), strict=True):
        places += [begin + min(place, size - 1) for place in range(wanted)]
        begin += size
    return places


def _sizes(word: str) -> list[int]:
    """How long each run of one letter is."""
    return [len(list(run)) for _, run in groupby(word)]
