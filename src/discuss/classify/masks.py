"""Rude words with letters starred out, which readers fill in without a thought."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from discuss.classify import classes
from discuss.classify.batch import Batch, Places
from discuss.classify.ciphers import Ciphers
from discuss.classify.editing import Edit, edited
from discuss.classify.everyday import Everyday
from discuss.classify.mending import joined
from discuss.classify.parting import parted
from discuss.classify.sounds import Sounds

_STAR, _STARS = "*", "**"
# A match begins where a word begins, so that a long word is looked at once.
_MASKED = re.compile(r"(?<!\w)[^\W\d_]+[*#%•×](?:[^\W\d_]|[*#%•×])*(?!\d)")
_SIGNS = re.compile(r"[*#%•×]")
_MOST_HIDDEN = 3
_SHOWN = 3
"""Letters from which on a reader knows the word without counting the stars."""


class Masks:
    """Words that people hide, the likeliest first, found by what is left of them with some letters starred out.

    What could be one of these is taken for it before any word in everyday use.
    """

    def __init__(self, words: Sequence[str], everyday: Sequence[str] = ()) -> None:
        self.words = tuple(words)
        self.everyday = Everyday(everyday)
        self._by_mask: dict[str, str] = {}
        for word in words:
            for mask in _masks(word):
                self._by_mask.setdefault(mask, word)
        self._by_mask |= {word: word for word in words}
        self._ciphers = Ciphers(words)
        self._sounds = Sounds(words)
        self._whole = frozenset(words)

    def revealed(self, batch: Batch) -> Batch:
        """The batch with words in one piece, and such words apart from others and in their own letters."""
        whole = joined(batch)
        if whole is not batch:
            whole = parted(whole, batch, self._whole)
        edits = _in_order([*self._ciphers.edits(whole), *self._sounds.edits(whole)])
        return edited(whole, edits) if edits else whole

    def unmasked(self, batch: Batch) -> Batch:
        """The batch with such words filled in."""
        signs = batch.places(classes.STAR)
        if batch.prose is not None:
            signs = signs[batch.prose[signs]]
        if not signs.size:
            return batch
        edits = [edit for start, end in _tokens(batch, signs) for edit in self._edits(batch, start, end)]
        return edited(batch, edits) if edits else batch

    def _edits(self, batch: Batch, start: int, end: int) -> Iterator[Edit]:
        token = batch.codes[start:end].tobytes().decode("utf-32-le")
        for masked in _MASKED.finditer(token):
            left = masked[0]
            if word := self._word(_SIGNS.sub(_STAR, left)):
                yield Edit(start + masked.start(), start + masked.end(), word, _places(left, word))

    def _word(self, left: str) -> str | None:
        """One star or more for letters; or signs that were merely put between the letters."""
        return (
            self._by_mask.get(left)
            or self._by_mask.get(left.replace(_STAR, ""))
            or self.everyday.filled(left)
        )


def _in_order(edits: Sequence[Edit]) -> list[Edit]:
    """Without those that begin within another."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _masks(word: str) -> Iterator[str]:
    """The word with some letters behind the first starred out, side by side: few enough to be filled in by anybody.

    A single star may stand for several letters, because three and more have become one.
    """
    for start in range(1, len(word)):
        for hidden in range(1, min(_MOST_HIDDEN, len(word) - start) + 1):
            shown, behind = len(word) - hidden, word[start + hidden :]
            plainly = shown >= _SHOWN
            if (hidden == 1 and shown > 1) or (hidden > 1 and plainly and behind):
                yield word[:start] + _STAR + behind
            if hidden == len(_STARS) and (behind or plainly):
                yield word[:start] + _STARS + behind


def _places(left: str, word: str) -> list[int]:
    """For each letter of the word, the place in what was left of it."""
    behind = len(left) - len(_SIGNS.split(left)[-1])
    tail = len(word) - (len(left) - behind)
    return [min(place, behind - 1) if place < tail else behind + place - tail for place in range(len(word))]


def _tokens(batch: Batch, signs: Places) -> Iterator[tuple[int, int]]:
    """Begin and end of whatever stands between two spaces and holds such a sign."""
    gaps = batch.places(classes.SPACE)
    for gap in np.unique(np.searchsorted(gaps, signs)).tolist():
        yield int(gaps[gap - 1]) + 1, int(gaps[gap])
