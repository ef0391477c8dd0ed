"""The language of a text, judged from the text itself: by its letters, and in Latin script by a small trained model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch, Places
from discuss.classify.classes import (
    CYRILLIC,
    FOREIGN,
    LATIN,
    NOT_BELARUSIAN,
    OTHER_LETTER,
    RUSSIAN,
    UKRAINIAN,
    Classes,
)
from discuss.classify.cyrillic_words import told_by_words
from discuss.classify.editing import Edit
from discuss.classify.letters import Flags
from discuss.classify.ngrams import Columns, Grams, of_texts
from discuss.classify.summing import sums
from discuss.classify.transliteration import respelt

UNDETERMINED = "und"
RESPELT = "ru-Latn"
"""Russian in Latin letters, as a class of the trained model. Everywhere else it is `ru`."""

BITS = 15
"""Columns of the model, as a power of two: trigrams need far fewer than whole words do."""

_SHORTEST = 4
_WORD = re.compile(r"\w+")
_FEW, _FEW_UKRAINIAN = 20, 60
"""Fewer than one letter in this many does not decide the language."""
_LETTERS = CYRILLIC | LATIN | OTHER_LETTER
_ENOUGH = 6
"""This many letters are read, however many letters of other scripts surround them."""

_ENOUGH_LATIN = 12
"""The same beside Russian and Ukrainian, where names of things are in Latin letters."""


@dataclass(frozen=True, slots=True)
class Tongues:
    """A multinomial logistic regression over the trigrams of texts in Latin script: `weights[column, class]`."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def of(self, batch: Batch, grams: Grams) -> list[str]:
        """The language of every text: an ISO 639-1 code, `ru-Latn`, or `und` if it is not known."""
        cyrillic, latin = scripts(batch)
        languages = [UNDETERMINED] * len(batch)
        if np.count_nonzero(cyrillic):
            _name_cyrillic(batch, cyrillic, languages)
        if np.count_nonzero(latin):
            places = latin.nonzero()[0]
            (columns,), bounds = of_texts(trigram_columns(batch, grams)[np.newaxis], batch.bounds, places)
            odds = sums(self.weights.take(columns, axis=0), bounds)
            odds /= np.sqrt(bounds[1:] - bounds[:-1])[:, np.newaxis]
            odds += self.intercepts
            for place, likeliest in zip(places.tolist(), odds.argmax(axis=1).tolist(), strict=True):
                languages[place] = self.names[likeliest]
        if batch.holds & CYRILLIC:  # text in an unscored language must not hide text in a scored one
            unknown = np.array([language == UNDETERMINED for language in languages]) & latin
            if np.count_nonzero(unknown):
                beside = unknown & (batch.count(_prose(batch) & CYRILLIC) >= _ENOUGH)
                _name_cyrillic(batch, beside, languages)
        return languages

    def russian_in_latin(self, batch: Batch, grams: Grams, languages: Sequence[str]) -> list[Edit]:
        """The edits that put Russian in Latin letters back into Cyrillic: whole texts, and words in Russian texts."""
        if RESPELT not in languages and not ("ru" in languages and batch.holds & LATIN):
            return []
        whole = np.array([language == RESPELT for language in languages], dtype=bool)
        russian = whole | np.array([language == "ru" for language in languages], dtype=bool)
        latin = (np.repeat(russian, batch.sizes) & batch.having(LATIN)).nonzero()[0]
        if batch.prose is not None:
            latin = latin[batch.prose[latin]]
        words = batch.words
        chosen = words.holding(latin).nonzero()[0]
        starts, ends = words.starts[chosen], words.ends[chosen]
        doubtful = ~whole[batch.texts(starts)]
        meant = ~doubtful
        meant[doubtful] = self._sounds_russian(grams, starts[doubtful], ends[doubtful])
        pairs = zip(starts[meant].tolist(), ends[meant].tolist(), strict=True)
        return [edit for start, end in pairs for edit in respelt(batch, start, end)]

    def _sounds_russian(self, grams: Grams, starts: Places, ends: Places) -> Flags:
        """For each word, whether it has more than three letters and its trigrams are more Russian than English."""
        trigrams, shift = grams.letters[0], grams.bits - BITS
        odds = self.weights[:, self.names.index(RESPELT)] - self.weights[:, self.names.index("en")]
        sums = [
            odds[trigrams[start - 1 : end - 1] >> shift].sum() if end - start >= _SHORTEST else -1.0
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        return np.array(sums) > 0


def _name_cyrillic(batch: Batch, cyrillic: Flags, languages: list[str]) -> None:
    for place in cyrillic.nonzero()[0].tolist():
        languages[place] = "ru"
    _name_by_words(batch, cyrillic & (batch.held & (RUSSIAN | LATIN) == 0), languages)
    if not batch.holds & (UKRAINIAN | FOREIGN):
        return
    ukrainian, russian, common, every = (
        batch.count(batch.classes & kind) for kind in (UKRAINIAN, RUSSIAN, NOT_BELARUSIAN, CYRILLIC)
    )
    other = batch.count(batch.having(FOREIGN) & batch.having(CYRILLIC))
    # A foreign letter or two in a Russian text are a name, or there to deceive.
    foreign = (other > 0) & ((other * _FEW >= every) | (common == 0))
    ukrainian_enough = (ukrainian > russian) & (ukrainian * _FEW_UKRAINIAN >= every)
    for place in (cyrillic & (foreign | ukrainian_enough)).nonzero()[0].tolist():
        languages[place] = UNDETERMINED if foreign[place] else "uk"


def _name_by_words(batch: Batch, unclear: Flags, languages: list[str]) -> None:
    """The language of texts without a letter that is Russian for sure."""
    if not np.count_nonzero(unclear):
        return
    texts = batch.only(unclear)[0].strings()
    for place, text in zip(unclear.nonzero()[0].tolist(), texts, strict=True):
        languages[place] = told_by_words(_WORD.findall(text)) or languages[place]


def languages_beside(batch: Batch, languages: Sequence[str]) -> dict[int, str]:
    """For texts in two scripts, the likely language of the words in the second one, which the heads of the text's language cannot judge."""
    mixed = batch.held & (CYRILLIC | LATIN) == CYRILLIC | LATIN
    if not np.count_nonzero(mixed):
        return {}
    found, prose = [UNDETERMINED] * len(batch), _prose(batch)
    in_russian = np.array([language == "ru" for language in languages])
    in_cyrillic = in_russian | np.array([language == "uk" for language in languages])
    latin = mixed & in_cyrillic & (batch.count(prose & LATIN) >= _ENOUGH_LATIN)
    _name_cyrillic(batch, mixed & ~in_russian & (batch.count(prose & CYRILLIC) >= _ENOUGH), found)
    russian = {place: "ru" for place, language in enumerate(found) if language == "ru"}
    return russian | dict.fromkeys(latin.nonzero()[0].tolist(), "en")


def scripts(batch: Batch) -> tuple[Flags, Flags]:
    """For each text, whether it is read as Cyrillic, and whether as Latin.

    The script with more letters wins, Cyrillic in a tie, if these are at least half of all letters or enough of them. Addresses
    do not count.
    """
    held = batch.held & _LETTERS
    mixed = (held & (held - 1)).astype(bool)
    if batch.prose is not None:
        mixed |= ~np.logical_and.reduceat(batch.prose, batch.bounds[:-1])
    cyrillic, latin = held == CYRILLIC, held == LATIN
    if np.count_nonzero(mixed):
        cyrillic[mixed], latin[mixed] = _prevailing(batch.only(mixed)[0])
    return cyrillic, latin


def _prevailing(batch: Batch) -> tuple[Flags, Flags]:
    found = _prose(batch)
    every, cyrillic, latin = (batch.count(found & kind) for kind in (_LETTERS, CYRILLIC, LATIN))
    more = np.maximum(cyrillic, latin)
    most = (every > 0) & ((2 * more >= every) | (more >= _ENOUGH))
    return most & (cyrillic >= latin), most & (latin > cyrillic)


def _prose(batch: Batch) -> Classes:
    """The classes of letters that are in prose."""
    return batch.classes if batch.prose is None else batch.classes * batch.prose


def trigram_columns(batch: Batch, grams: Grams) -> Columns:
    """The column of each trigram. The last column stands for none."""
    columns: Columns = grams.letters[0] >> (grams.bits - BITS)
    if batch.prose is not None:
        columns[~batch.prose] = 1 << BITS
    return columns
