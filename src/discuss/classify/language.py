"""The language of a text, judged from the text itself: by its letters, and in Latin script by a small trained model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from discuss.classify import letters
from discuss.classify.batch import Batch, Places, Tally
from discuss.classify.editing import Edit
from discuss.classify.letters import SPACE, Flags
from discuss.classify.ngrams import Columns, Kind
from discuss.classify.summing import sums
from discuss.classify.transliteration import respelt

UNDETERMINED = "und"
RESPELT = "ru-Latn"
"""Russian in Latin letters, as a class of the trained model. To everybody else it is `ru`."""

BITS = 15
"""Columns of the model, as a power of two: trigrams need far fewer than whole words do."""

_SHORTEST = 4
_LETTER = letters.WORDLIKE & ~letters.every(str.isnumeric)
_UKRAINIAN = letters.flags("іїєґ")
_RUSSIAN = letters.flags("ыэъ")
# Belarusian, Serbian, Macedonian, Turkic languages, Tajik
_OTHER_CYRILLIC = letters.flags("ўђћљњџјќѓәңөүұқғӣӯҷҳ")

_NOT_BELARUSIAN = letters.flags("ищъ")
_FEW, _FEW_UKRAINIAN = 20, 60
"""One letter in so many, or fewer, does not make a language."""
_NOT_RUSSIAN = _UKRAINIAN | _OTHER_CYRILLIC
_LATIN = Tally.classes(letters.LATIN)
_CLASSES = Tally.classes(_LETTER, letters.CYRILLIC, letters.LATIN)


@dataclass(frozen=True, slots=True)
class Tongues:
    """A multinomial logistic regression over the trigrams of texts in Latin script: `weights[column, class]`."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    def of(self, batch: Batch, trigrams: Kind) -> list[str]:
        """The language of every text: an ISO 639-1 code, `ru-Latn`, or `und` for one that is not known."""
        cyrillic, latin = scripts(batch)
        languages = [UNDETERMINED] * len(batch)
        if cyrillic.any():
            _name_cyrillic(batch, cyrillic, languages)
        if latin.any():
            odds = sums(*trigram_columns(trigrams, batch.prose), self.weights)
            odds /= np.sqrt(trigrams.sizes)[:, np.newaxis]
            odds += self.intercepts
            for place in latin.nonzero()[0].tolist():
                languages[place] = self.names[odds[place].argmax()]
        return languages

    def russian_in_latin(self, batch: Batch, trigrams: Kind, languages: Sequence[str]) -> list[Edit]:
        """The edits that put Russian in Latin letters back into its own: whole texts, and words among Russian ones."""
        if RESPELT not in languages and not ("ru" in languages and letters.LATIN[batch.codes].any()):
            return []
        whole = np.array([language == RESPELT for language in languages])
        partly = np.array([language == "ru" for language in languages])
        words = batch.words()
        text = np.searchsorted(batch.bounds, words.starts, side="right") - 1
        latin = Tally(batch.codes, _LATIN).within(words.starts, words.ends, 1)[0] > 0
        if batch.prose is not None:
            latin &= batch.prose[words.starts]
        chosen = latin & (whole[text] | partly[text])
        doubtful = chosen & ~whole[text]
        chosen[doubtful] = self._sounds_russian(trigrams, words.starts[doubtful], words.ends[doubtful])
        pairs = zip(words.starts[chosen].tolist(), words.ends[chosen].tolist(), strict=True)
        return [edit for start, end in pairs for edit in respelt(batch, start, end)]

    def _sounds_russian(self, trigrams: Kind, starts: Places, ends: Places) -> Flags:
        """For words of more than three letters, whether their trigrams are rather Russian than English."""
        shift = trigrams.bits - BITS
        odds = self.weights[:, self.names.index(RESPELT)] - self.weights[:, self.names.index("en")]
        sums = [
            odds[trigrams.columns[start - 1 : end - 1] >> shift].sum() if end - start >= _SHORTEST else -1.0
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        return np.array(sums) > 0


def _name_cyrillic(batch: Batch, cyrillic: Flags, languages: list[str]) -> None:
    if not _NOT_RUSSIAN[batch.codes].any():
        for place in cyrillic.nonzero()[0].tolist():
            languages[place] = "ru"
        return
    ukrainian, russian, other, common, every = (
        batch.count(table[batch.codes])
        for table in (_UKRAINIAN, _RUSSIAN, _OTHER_CYRILLIC, _NOT_BELARUSIAN, letters.CYRILLIC)
    )
    # A foreign letter or two in a Russian text are a name, or there to deceive.
    foreign = (other > 0) & ((other * _FEW >= every) | (common == 0))
    for place in (cyrillic & ~foreign).nonzero()[0].tolist():
        ukrainian_enough = (
            ukrainian[place] > russian[place] and ukrainian[place] * _FEW_UKRAINIAN >= every[place]
        )
        languages[place] = "uk" if ukrainian_enough else "ru"


def scripts(batch: Batch) -> tuple[Flags, Flags]:
    """For each text, whether most of its letters are Cyrillic, and whether most are Latin."""
    codes = batch.codes if batch.prose is None else np.where(batch.prose, batch.codes, np.uint32(SPACE))
    every, cyrillic, latin = Tally(codes, _CLASSES).within(batch.bounds[:-1], batch.bounds[1:], 3)
    most = (every > 0) & (2 * np.maximum(cyrillic, latin) >= every)
    return most & (cyrillic >= latin), most & (latin > cyrillic)


def trigram_columns(trigrams: Kind, prose: Flags | None) -> tuple[Columns, Places]:
    """The column of each trigram, and where those of each text begin and end. The last column is none."""
    columns = trigrams.columns >> (trigrams.bits - BITS)
    if prose is not None:
        columns[~prose[trigrams.starts]] = 1 << BITS
    return columns, trigrams.bounds


def trigram_rows(trigrams: Kind, prose: Flags | None) -> csr_matrix:
    """How often each trigram stands in each text, over the root of the length."""
    columns, bounds = trigram_columns(trigrams, prose)
    weights = np.repeat((1 / np.sqrt(trigrams.sizes)).astype(np.float32), trigrams.sizes)
    return csr_matrix((weights, columns, bounds), shape=(len(bounds) - 1, (1 << BITS) + 1))
