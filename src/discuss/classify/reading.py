"""Find in texts all that a model looks at: letters in normal form, the language, n-grams and marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch, unread
from discuss.classify.classes import CYRILLIC, LATIN, bits
from discuss.classify.editing import edited
from discuss.classify.language import RESPELT, Tongues, languages_beside
from discuss.classify.marks import marks
from discuss.classify.masks import Masks
from discuss.classify.mere_names import of_names_only
from discuss.classify.ngrams import Grams, Ngrams
from discuss.classify.passages import Passages, passages
from discuss.classify.text import mended, readable

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """A batch as it was understood. Row i of `marks` belongs to text i.

    `beside` holds, for texts in two scripts, the language of the words in the second one. `lengths` holds the square root of each
    text's number of n-grams, by which sums over these are divided. `names_only`: the texts that name groups and say nothing of them.
    """

    batch: Batch
    languages: Sequence[str]
    beside: Mapping[int, str]
    grams: Grams
    marks: Floats
    lengths: Floats
    passages: Passages
    ngrams: Ngrams
    names_only: frozenset[int]

    def aside(self, place: int, given: str) -> str:
        """The text as it was given, with spaces in place of the letters of its main script, of links, of mentions and of what is not read."""
        part = slice(*self.batch.bounds[place : place + 2].tolist())
        hidden = self.batch.classes[part] & bits(LATIN if self.beside[place] == "ru" else CYRILLIC) != 0
        if self.batch.prose is not None:
            hidden |= ~self.batch.prose[part]
        letters, middle = list(given), unread(given)
        letters[middle] = " " * len(letters[middle])
        for origin in self.batch.origins[part][hidden].tolist():
            if 0 <= origin < len(letters):
                letters[origin] = " "
        return "".join(letters)


@dataclass(frozen=True, slots=True)
class Reader:
    """What must be learnt before texts can be read: languages, and the words that people hide."""

    ngrams: Ngrams
    tongues: Tongues
    masks: Masks

    def read(self, texts: Sequence[str]) -> Reading:
        raw = Batch.of(texts)
        batch = self.masks.unmasked(mended(self.masks.revealed(readable(raw))))
        grams = self.ngrams.of(batch)
        languages = self.tongues.of(batch, grams)
        respellings = self.tongues.russian_in_latin(batch, grams, languages)
        if respellings:
            changed = np.zeros(len(batch), dtype=bool)
            changed[batch.texts(np.array([edit.start for edit in respellings]))] = True
            before, batch = batch, edited(batch, respellings)
            grams = self.ngrams.renewed(grams, before, batch, changed)
        languages = ["ru" if language == RESPELT else language for language in languages]
        lengths = np.sqrt(np.maximum(self.ngrams.count(batch), 1)).astype(np.float32)
        beside = languages_beside(batch, languages)
        return Reading(
            batch,
            languages,
            beside,
            grams,
            marks(texts, raw),
            lengths,
            passages(batch, raw, self.ngrams),
            self.ngrams,
            of_names_only(texts),
        )
