"""Lists of words and phrases, found in a normalised text in time linear in the text, however long the list is.

An entry is a word or a phrase, and fits every form of its words; `word*` fits whatever begins so; `"exact words"` fit
only as they are written. Entries are normalised like the texts, so that disguises that are undone there are undone here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from discuss.classify.batch import Batch
from discuss.classify.text import normalised
from discuss.classify.tokens import Words, readings, stem, words
from discuss.errors import InvalidInput

MOST_ENTRIES = 20_000
LONGEST_ENTRY = 100
MOST_WORDS = 20
SHORTEST_BEGINNING = 2
"""Letters before the star: with fewer, an entry would fit half of all words."""

MOST_HITS = 8
"""Found in one text; after these nothing else is looked for."""

LONG = 6
"""Letters from which a word is still told when its double letters are single: `scammmer`, but not `asss`."""

_DOUBLE = re.compile(r"(\w)\1")
_QUOTES = re.compile(r'^["«“„](.*)["»”“]$', re.DOTALL)


class Hit(NamedTuple):
    """Entry number `entry` fits `text[start:end]` of the normalised text."""

    entry: int
    start: int
    end: int


@dataclass(slots=True)
class _Tree:
    """Entries as paths of words. `follows[node, word]` is the next node; at a node a whole entry or a beginning may end."""

    follows: dict[tuple[int, str], int] = field(default_factory=dict)
    whole: dict[int, int] = field(default_factory=dict)
    beginnings: dict[int, dict[str, int]] = field(default_factory=dict)
    sizes: dict[int, list[int]] = field(default_factory=dict)
    firsts: set[str] = field(default_factory=set)

    def add(self, entry: int, path: Sequence[str], beginning: str | None) -> None:
        """The first of two entries that are the same counts."""
        node = 0
        self.firsts.update(path[:1])
        for word in path:
            node = self.follows.setdefault((node, word), len(self.follows) + 1)
        if beginning is None:
            self.whole.setdefault(node, entry)
        else:
            self.beginnings.setdefault(node, {}).setdefault(beginning, entry)
            self.sizes[node] = sorted({*self.sizes.get(node, ()), len(beginning)})

    def places(self, said: Mapping[str, Sequence[int]], reading: Words) -> Iterator[int]:
        """Of the words that entries begin with. `said`: the places of the words as this tree looks at them."""
        for word in self.firsts & said.keys():
            yield from said[word]
        for size in self.sizes.get(0, ()):
            begun = reading.by_beginning(size)
            for beginning in self.beginnings[0].keys() & begun.keys():
                yield from begun[beginning]

    def longest(self, path: Sequence[str], written: Sequence[str], first: int) -> tuple[int, int] | None:
        """The entry that fits the most words from the first on, and the place behind its last one."""
        node, found = 0, None
        for place in range(first, min(first + MOST_WORDS, len(path))):
            if node in self.sizes and (entry := self._begun(node, written[place])) is not None:
                found = entry, place + 1
            following = self.follows.get((node, path[place]))
            if following is None:
                break
            node = following
            if node in self.whole:
                found = self.whole[node], place + 1
        return found

    def _begun(self, node: int, word: str) -> int | None:
        beginnings = self.beginnings[node]
        return next((beginnings[word[:size]] for size in self.sizes[node] if word[:size] in beginnings), None)


class WordList:
    """What a list of words looks for. Raises `InvalidInput` for an entry that cannot be looked for."""

    def __init__(self, entries: Sequence[str]) -> None:
        self.entries = tuple(entries)
        self._by_stem, self._as_written = _Tree(), _Tree()
        forms = [_Form.of(number, entry) for number, entry in enumerate(entries)]
        plain = normalised(Batch.of([form.text for form in forms])).strings() if forms else []
        for number, (form, text) in enumerate(zip(forms, plain, strict=True)):
            self._add(number, form, words(text))

    def _add(self, number: int, form: "_Form", found: Words) -> None:
        _require_words(number, form, found)
        path = found.written if form.exact else found.stems
        tree = self._as_written if form.exact else self._by_stem
        if form.begins:
            tree.add(number, path[:-1], found.written[-1])
        else:
            tree.add(number, path, None)
        if not (form.exact or form.begins) and (other := _squeezed(found.written)) != found.written:
            tree.add(number, [stem(word) for word in other], None)

    def find(self, text: str) -> Sequence[Hit]:
        """Where entries fit in a normalised text, in order of place. Of those that begin at one word, the longest."""
        return self.find_in(readings(text))

    def find_in(self, read: Sequence[Words]) -> Sequence[Hit]:
        """The same in a text that was read already: for several lists."""
        hits = {hit.start: hit for reading in reversed(read) for hit in self._in(reading)}
        return [hits[start] for start in sorted(hits)][:MOST_HITS]

    def _in(self, found: Words) -> Iterator[Hit]:
        trees = ((self._by_stem, found.stems), (self._as_written, found.written))
        places = {
            *self._by_stem.places(found.by_stem, found),
            *self._as_written.places(found.by_word, found),
        }
        free, hits = 0, 0
        for place in sorted(places):
            if place < free or hits == MOST_HITS:
                continue
            fits = [fit for tree, path in trees if (fit := tree.longest(path, found.written, place))]
            if fits:
                entry, free = max(fits, key=lambda fit: fit[1])
                yield Hit(entry, found.starts[place], found.ends[free - 1])
                hits += 1


def _squeezed(path: Sequence[str]) -> Sequence[str]:
    """Longer words with double letters as single ones: what is left of a word that was drawn out at just that place."""
    return [_DOUBLE.sub(r"\1", word) if len(word) >= LONG else word for word in path]


class _Form(NamedTuple):
    """How an entry was written: what is to be found, word for word or in any form, whole or as a beginning."""

    text: str
    exact: bool
    begins: bool

    @classmethod
    def of(cls, number: int, entry: str) -> "_Form":
        text = entry.strip()
        quoted = _QUOTES.match(text)
        text = quoted[1] if quoted else text
        if len(text) > LONGEST_ENTRY:
            raise _wrong(number, f"An entry has at most {LONGEST_ENTRY} characters.")
        if quoted:
            return cls(text, exact=True, begins=False)
        begins = text.endswith("*")
        text = text[:-1] if begins else text
        if "*" in text:
            raise _wrong(number, "A star can stand at the end of an entry only.")
        return cls(text, exact=False, begins=begins)


def _require_words(number: int, form: _Form, found: Words) -> None:
    if not found.written:
        raise _wrong(number, "There is no word in this entry.")
    if len(found.written) > MOST_WORDS:
        raise _wrong(number, f"An entry has at most {MOST_WORDS} words.")
    if form.begins and len(found.written[-1]) < SHORTEST_BEGINNING:
        raise _wrong(number, f"Before the star at least {SHORTEST_BEGINNING} letters are needed.")


def _wrong(number: int, detail: str) -> InvalidInput:
    return InvalidInput(
        f"Entry {number + 1}: {detail}",
        errors=[{"detail": detail, "pointer": f"#/body/spec/entries/{number}"}],
    )
