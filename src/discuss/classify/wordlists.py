"""Lists of words and phrases, as they are written and as they are looked for.

An entry is a word or a phrase and matches every form of its words; `word*` matches any word that begins like that;
`"exact words"` match only as they are written. Entries are normalised like texts, so that the same disguises are undone in both.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from discuss.classify.batch import Batch
from discuss.classify.text import normalised
from discuss.classify.tokens import Words, stem, words
from discuss.classify.wordbook import MOST_WORDS, Hit, Path, Wordbook
from discuss.domain.text import storable
from discuss.errors import InvalidInput

LONGEST_ENTRY = 100
SHORTEST_BEGINNING = 2
"""Letters before the star: with fewer, an entry would match half of all words."""

LONG = 6
"""Letters from which a word can be recognised with its double letters made single: `scammmer`, but not `asss`."""

_DOUBLE = re.compile(r"(\w)\1")
_QUOTES = re.compile(r'^["«“„](.*)["»”“]$', re.DOTALL)


class WordList:
    """What a list of words looks for. Raises `InvalidInput` for an entry that cannot be looked for."""

    def __init__(self, entries: Sequence[str]) -> None:
        self.entries = tuple(entries)
        forms = [_Form.of(number, entry) for number, entry in enumerate(entries)]
        plain = normalised(Batch.of([form.text for form in forms])).strings() if forms else []
        self.paths = [
            path
            for number, (form, text) in enumerate(zip(forms, plain, strict=True))
            for path in _paths(number, form, words(text))
        ]

    def find(self, text: str) -> Sequence[Hit]:
        """Where entries match a normalised text, in order of place. Of those that begin at one word, the longest."""
        return self._book.find(text)[0]

    @cached_property
    def _book(self) -> Wordbook:
        return Wordbook([self.paths])


def _paths(number: int, form: "_Form", found: Words) -> Iterator[Path]:
    _require_words(number, form, found)
    path = found.written if form.exact else found.stems
    if form.begins:
        yield Path(number, path[:-1], found.written[-1])
        return
    yield Path(number, path, exact=form.exact)
    if not form.exact and (other := _squeezed(found.written)) != found.written:
        yield Path(number, [stem(word) for word in other])


def _squeezed(path: Sequence[str]) -> Sequence[str]:
    """The words, longer ones with double letters made single: what is left of a word that was drawn out at just that place."""
    return [_DOUBLE.sub(r"\1", word) if len(word) >= LONG else word for word in path]


class _Form(NamedTuple):
    """How an entry was written: what is to be found, word for word or in any form, whole or as a beginning."""

    text: str
    exact: bool
    begins: bool

    @classmethod
    def of(cls, number: int, entry: str) -> "_Form":
        text = entry.strip()
        if not storable(text):
            raise _wrong(number, "entry-characters", "It contains characters that cannot be stored.")
        quoted = _QUOTES.match(text)
        text = quoted[1] if quoted else text
        if len(text) > LONGEST_ENTRY:
            raise _wrong(
                number, "entry-long", f"It can have at most {LONGEST_ENTRY} characters.", most=LONGEST_ENTRY
            )
        if quoted:
            return cls(text, exact=True, begins=False)
        begins = text.endswith("*")
        text = text[:-1] if begins else text
        if "*" in text:
            raise _wrong(number, "entry-star", "A star can only be at the end.")
        return cls(text, exact=False, begins=begins)


def _require_words(number: int, form: _Form, found: Words) -> None:
    if not found.written:
        raise _wrong(number, "entry-empty", "It contains no word.")
    if len(found.written) > MOST_WORDS:
        raise _wrong(number, "entry-words", f"It can have at most {MOST_WORDS} words.", most=MOST_WORDS)
    if form.begins and len(found.written[-1]) < SHORTEST_BEGINNING:
        told = f"It needs at least {SHORTEST_BEGINNING} letters before the star."
        raise _wrong(number, "entry-beginning", told, least=SHORTEST_BEGINNING)


def _wrong(number: int, cause: str, detail: str, **bounds: int) -> InvalidInput:
    return InvalidInput(
        f"Entry {number + 1}: {detail}",
        cause=cause,
        number=number + 1,
        errors=[{"detail": detail, "pointer": f"#/body/words/entries/{number}"}],
        **bounds,
    )
