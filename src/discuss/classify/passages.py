"""A long text in passages of whole sentences: one insult among many civil sentences counts little in the text as a whole."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch, Places
from discuss.classify.letters import flags
from discuss.classify.ngrams import Ngrams

_LONG = 200
"""Letters below which a text is judged as a whole only."""

_SHORTEST = 15
"""Letters below which a sentence is read together with the next one."""

_SPACE, _LETTERS = (np.array(ord(sign), dtype=np.uint32) for sign in " @")
_STOPS = flags(".!?")[: ord("@")]


class Passages(NamedTuple):
    """Passage k has the letters `letters[k]:letters[k + 1]` of a batch and the words `words[k]:words[k + 1]`; it belongs to `texts[k]`.

    `lengths` are the roots of the numbers of n-grams that begin in each.
    """

    letters: Places
    words: Places
    texts: Places
    lengths: NDArray[np.float32]

    def of(self, texts: Places) -> Places:
        """The passages of some texts."""
        if len(texts) == self.texts[-1] + 1:
            return np.arange(len(self.texts))
        wanted = np.zeros(self.texts[-1] + 1, dtype=bool)
        wanted[texts] = True
        return wanted.take(self.texts).nonzero()[0]


def passages(batch: Batch, ngrams: Ngrams) -> Passages:
    """At least one of each text."""
    letters, words, texts = batch.bounds, batch.words.bounds, np.arange(len(batch))
    if (batch.sizes >= _LONG).any():
        letters = np.concatenate([letters, _cuts(batch)])
        letters.sort()
        words = batch.words.starts.searchsorted(letters)
        texts = batch.texts(letters[:-1])
    begun = ngrams.begun(letters[1:] - letters[:-1], words[1:] - words[:-1])
    return Passages(letters, words, texts, np.sqrt(begun, dtype=np.float32))


def _cuts(batch: Batch) -> Places:
    """The spaces behind the sentences of long texts. Each belongs to the passage behind it, which begins like a text."""
    signs = (batch.codes[:-1] < _LETTERS) & (batch.codes[1:] == _SPACE)
    found = signs.nonzero()[0] + 1
    found = found[_STOPS.take(batch.codes.take(found - 1))]
    texts = batch.texts(found)
    start, end = batch.bounds[texts], batch.bounds[texts + 1]
    since = np.maximum(np.append(0, found[:-1]), start)
    apart: Places = found[(end - start >= _LONG) & (end - found >= _SHORTEST) & (found - since >= _SHORTEST)]
    return apart
