"""Russian words that people hide in Latin letters within a Russian text, recognised by their sound however they are spelt."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from discuss.classify.batch import Batch
from discuss.classify.classes import CYRILLIC, LATIN, Classes, bits
from discuss.classify.editing import Edit
from discuss.classify.transliteration import in_cyrillic

# Short words are left out, because too many English ones sound like such a word, except those ending in j, as no English one does.
_LATIN_WORD = re.compile(r"[a-z][a-z']{3,30}|[a-z]{2}j")
_CYRILLIC_WORD = re.compile(r"[\u0430-\u044f]{3,}")
_SHORTEST = 2
# Where spellings differ: letters without a sound of their own, and letters that are taken for a similar one.
_SAME = str.maketrans("ыэюящ", "иеуаш", "ьъй'")
_GLIDE = re.compile("и(?=[аеоу])")


class Sounds:
    """Finds such words, given the likeliest first, by their sound. Words given in Latin letters stand for themselves."""

    def __init__(self, words: Sequence[str]) -> None:
        self._by_sound: dict[str, str] = {}
        for word in words:
            if _CYRILLIC_WORD.fullmatch(word) and len(sound := _sound(word)) >= _SHORTEST:
                self._by_sound.setdefault(sound, word)
        self._at_home = frozenset(word for word in words if word.isascii())

    def edits(self, batch: Batch) -> Iterator[Edit]:
        """The edits that put such words into Cyrillic letters. Expects letters folded but not repaired."""
        both = bits(CYRILLIC | LATIN)
        for text in (batch.held & both == both).nonzero()[0].tolist():
            part = slice(*batch.bounds[text : text + 2].tolist())
            found = list(self._words(batch, part))
            if found and _is_russian(batch.classes[part]):
                yield from found

    def _words(self, batch: Batch, part: slice) -> Iterator[Edit]:
        text = batch.codes[part].tobytes().decode("utf-32-le")
        for found in _LATIN_WORD.finditer(text):
            start, end = found.span()
            meant = found[0] not in self._at_home and self._by_sound.get(_sound_of_latin(found[0]))
            if meant and not (text[start - 1].isalnum() or text[end].isalnum()):
                first, beyond = part.start + start, part.start + end
                if batch.prose is None or batch.prose[first:beyond].all():
                    yield Edit(first, beyond, meant, _places(end - start, len(meant)))


def _is_russian(classes: Classes) -> bool:
    """Whether more of the letters are Cyrillic than Latin."""
    return bool(np.count_nonzero(classes & bits(CYRILLIC)) > np.count_nonzero(classes & bits(LATIN)))


@lru_cache(1 << 12)
def _sound_of_latin(word: str) -> str:
    return _sound(in_cyrillic(word))


def _sound(word: str) -> str:
    return _GLIDE.sub("", word.translate(_SAME))


def _places(typed: int, meant: int) -> list[int]:
    """For each letter of the word that is meant, the letter typed about as far into the word."""
    return [place * typed // meant for place in range(meant)]
