"""Rude words with letters of alphabets that are not scored, which readers take for the letters they look like."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from discuss.classify.alphabets import AT_HOME, OF_FLAGS
from discuss.classify.batch import Batch, Places
from discuss.classify.classes import FOREIGN, UKRAINIAN
from discuss.classify.editing import Edit
from discuss.classify.lookalikes import in_one_alphabet

_BY_SOUND = str.maketrans("dgls", "дглс")
"""Cyrillic letters of other languages that have become the Latin letters they look like: ԁ is a д."""

_SPELT = re.compile(f"[{OF_FLAGS}](?: ?[{OF_FLAGS}]){{2,39}}")
_LETTERS = str.maketrans(OF_FLAGS, "abcdefghijklmnopqrstuvwxyz", " ")
_OF_ONE_FLAG = 2
_SHORTEST_LATIN = 4


class Salted:
    """Words that people hide. Nothing else is changed: there are people who write with such letters."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = frozenset(words)

    def edits(self, batch: Batch) -> Iterator[Edit]:
        """Those that put such words into their own letters. Expects folded letters, none repaired."""
        strange = batch.places(UKRAINIAN | FOREIGN)
        if not strange.size:
            return
        words = batch.words
        for word in words.holding(strange).nonzero()[0].tolist():
            start, end = int(words.starts[word]), int(words.ends[word])
            if meant := self._meant(batch.codes[start:end].tobytes().decode("utf-32-le")):
                yield Edit(start, end, meant, range(len(meant)))
        yield from self._in_flags(batch, strange)

    def _meant(self, typed: str) -> str | None:
        plain = typed.translate(AT_HOME)
        if plain == typed:
            return None
        if plain.isascii():
            return plain if len(plain) >= _SHORTEST_LATIN and plain in self._words else None
        tries = (plain, in_one_alphabet(plain), in_one_alphabet(plain.translate(_BY_SOUND)))
        return next((word for word in tries if word in self._words), None)

    def _in_flags(self, batch: Batch, strange: Places) -> Iterator[Edit]:
        """Letters that are flags in pairs, and letters in boxes one by one."""
        flags = strange[batch.codes[strange] >= ord(OF_FLAGS[0])]
        texts, amounts = np.unique(batch.texts(flags), return_counts=True)
        for text in texts[amounts > _OF_ONE_FLAG].tolist():
            first, beyond = batch.bounds[text : text + 2].tolist()
            for found in _SPELT.finditer(
                batch.codes[first:beyond].tobytes().decode("utf-32-le", "surrogatepass")
            ):
                word = found[0].translate(_LETTERS)
                if word in self._words:
                    places = [place for place, letter in enumerate(found[0]) if letter != " "]
                    yield Edit(first + found.start(), first + found.end(), word, places)
