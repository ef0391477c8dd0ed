"""Rude words with letters starred out, which readers fill in without a thought."""

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from discuss.classify import classes
from discuss.classify.batch import Batch
from discuss.classify.ciphers import Ciphers
from discuss.classify.editing import Edit, edited
from discuss.classify.everyday import Everyday
from discuss.classify.mending import ONE_LETTER_WORDS, joined
from discuss.classify.parting import parted
from discuss.classify.salted import Salted
from discuss.classify.sounds import Sounds
from discuss.classify.strewn import Strewn

_STAR, _STARS = "*", "**"
# A match begins where a word begins, so that a long word is searched only once.
_MASKED = re.compile(
    r"(?<!\w)[^\W\d_]+[*#%•×](?:[^\W\d_]|[*#%•×])*(?!\d)|(?<![\w*])\*[^\W\d_]{3,40}(?![\w*])"
)
_DOTTED = re.compile(r"(?<![\w.])[^\W\d_]{1,20}(?:[._]{1,5}[^\W\d_]{1,20}){1,19}(?![^\W_])")
_DOTS = re.compile(r"[._]+")
_SIGNS = re.compile(r"[*#%•×]")
_LETTER = classes.bits(classes.CYRILLIC | classes.LATIN)
_LETTER_OR_SIGN = classes.bits(classes.CYRILLIC | classes.LATIN | classes.SEPARATOR)
_ONE_LETTER_WORDS = frozenset(ONE_LETTER_WORDS)
_DOT, _LINE = (np.array(ord(sign), dtype=np.uint32) for sign in "._")
_MOST_HIDDEN = 3
_SHOWN = 3
"""With this many letters shown, a reader knows the word without counting the stars."""


class Masks:
    """Finds the words that people hide, given the likeliest first, by what is left of them when some letters are starred out.

    They take precedence over words in everyday use.
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
        self._salted = Salted(words)
        self._strewn = Strewn(words, everyday)
        self._whole = frozenset(words)

    def revealed(self, batch: Batch) -> Batch:
        """The batch with words in one piece, and such words apart from others and in their own letters."""
        batch = _edited(batch, (self._dotted, self._strewn.edits, self._strewn.doubled))
        whole = joined(batch)
        if whole is not batch:
            whole = parted(whole, batch, self._whole)
        return _edited(whole, (self._ciphers.edits, self._sounds.edits, self._salted.edits))

    def _dotted(self, batch: Batch) -> Iterator[Edit]:
        """The edits that restore such words from dots or underscores. Only these: a dot with no space after it is mostly an abbreviation."""
        signs = ((batch.codes == _DOT) | (batch.codes == _LINE)).nonzero()[0]
        signs = signs[(batch.classes.take(signs + 1) & _LETTER) != 0]  # most of them end a sentence
        signs = signs[(batch.classes.take(signs - 1) & _LETTER_OR_SIGN) != 0]
        if batch.prose is not None:
            signs = signs[batch.prose[signs]]
        for start, end in batch.tokens(signs) if signs.size else ():
            token = batch.codes[start:end].tobytes().decode("utf-32-le")
            for found in _DOTTED.finditer(token):
                if edit := self._undotted(found[0]):
                    word, places = edit
                    yield Edit(start + found.start(), start + found.end(), word, places)

    def _undotted(self, typed: str) -> tuple[str, Sequence[int]] | None:
        """The word that is meant, if dots were put between its letters or, in one place, stand for some of them."""
        pieces = _DOTS.split(typed)
        whole = "".join(pieces)
        if whole in self._whole:
            return whole, [place for place, letter in enumerate(typed) if letter not in "._"]
        word = self._by_mask.get(_STAR.join(pieces))
        if not word or len(pieces[1:]) > 1 or pieces[-1] in _ONE_LETTER_WORDS:
            return None  # initials, hosts, sentences without a space between them
        dots = len(typed) - len(whole)
        plainly = len(whole) > _SHOWN and len(word) == len(whole) + 1
        plainly |= "_" in typed or dots > 1
        return (word, _places((_STAR * dots).join(pieces), word)) if plainly else None

    def unmasked(self, batch: Batch) -> Batch:
        """The batch with starred-out words filled in."""
        signs = batch.places(classes.STAR)
        if batch.prose is not None:
            signs = signs[batch.prose[signs]]
        if not signs.size:
            return batch
        edits = [edit for start, end in batch.tokens(signs) for edit in self._edits(batch, start, end)]
        return edited(batch, edits) if edits else batch

    def _edits(self, batch: Batch, start: int, end: int) -> Iterator[Edit]:
        token = batch.codes[start:end].tobytes().decode("utf-32-le")
        for masked in _MASKED.finditer(token):
            left = masked[0]
            if word := self._word(_SIGNS.sub(_STAR, left)):
                yield Edit(start + masked.start(), start + masked.end(), word, _places(left, word))

    def _word(self, left: str) -> str | None:
        """The word that is meant, if some of its letters are starred out or signs were put between them."""
        return (
            self._by_mask.get(left)
            or self._by_mask.get(left.replace(_STAR, ""))
            or self.everyday.filled(left)
        )


def _edited(batch: Batch, finders: Sequence[Callable[[Batch], Iterator[Edit]]]) -> Batch:
    """The batch with what these find in it, but for edits that begin within another. Of two at one place the first is made."""
    kept: list[Edit] = []
    for edit in sorted((edit for find in finders for edit in find(batch)), key=lambda edit: edit.start):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return edited(batch, kept) if kept else batch


def _masks(word: str) -> Iterator[str]:
    """The word with neighbouring letters starred out, few enough for anybody to fill in; at its beginning only one.

    A single star may stand for several letters, because three and more stars have become one.
    """
    if len(word) > _SHOWN:
        yield _STAR + word[1:]
    for start in range(1, len(word)):
        for hidden in range(1, min(_MOST_HIDDEN, len(word) - start) + 1):
            shown, behind = len(word) - hidden, word[start + hidden :]
            plainly = shown >= _SHOWN
            if (hidden == 1 and shown > 1) or (hidden > 1 and plainly and behind):
                yield word[:start] + _STAR + behind
            if hidden == len(_STARS) and (behind or plainly):
                yield word[:start] + _STARS + behind


def _places(left: str, word: str) -> list[int]:
    """For each letter of the word, its place in what was left of the word."""
    behind = len(left) - len(_SIGNS.split(left)[-1])
    tail = len(word) - (len(left) - behind)
    return [min(place, behind - 1) if place < tail else behind + place - tail for place in range(len(word))]
