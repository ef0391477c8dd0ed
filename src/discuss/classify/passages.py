"""A text in passages, of whole sentences where it has some: one insult among much that is civil counts little in the text as a whole."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch, Places, before_each
from discuss.classify.letters import flags
from discuss.classify.ngrams import Ngrams

_DIVIDED = 60
"""Letters from which a text is divided. In a shorter one nothing is lost."""

_SHORTEST = 15
"""Letters below which a sentence is read together with the next one."""

_LONGEST = 90
"""Letters above which a passage is divided evenly, because it has no end of a sentence where it could be."""

_NEAR = np.arange(25)
"""How far behind a point of division a space may stand; passages so divided are longer than that."""

_SPACE, _LETTERS, _BREAK = (np.array(ord(sign), dtype=np.uint32) for sign in " @\n")
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


def passages(batch: Batch, raw: Batch, ngrams: Ngrams) -> Passages:
    """At least one of each text. `raw`: the texts as they were given, which show where lines end."""
    letters, words, texts = batch.bounds, batch.words.bounds, np.arange(len(batch))
    if (batch.sizes >= _DIVIDED).any():
        letters = _sorted(letters, _between_sentences(batch, raw))
        letters = _sorted(letters, _within_passages(batch, letters))
        words = batch.words.starts.searchsorted(letters)
        texts = batch.texts(letters[:-1])
    begun = ngrams.begun(letters[1:] - letters[:-1], words[1:] - words[:-1])
    return Passages(letters, words, texts, np.sqrt(begun, dtype=np.float32))


def _sorted(some: Places, others: Places) -> Places:
    places = np.concatenate([some, others])
    places.sort()
    return places


def _between_sentences(batch: Batch, raw: Batch) -> Places:
    """The spaces behind sentences and lines. Each belongs to the passage behind it, which begins like a text."""
    signs = (batch.codes[:-1] < _LETTERS) & (batch.codes[1:] == _SPACE)
    found = signs.nonzero()[0] + 1
    found = found[_STOPS.take(batch.codes.take(found - 1))]
    found = _sorted(found, _behind_lines(batch, raw))
    texts = batch.texts(found)
    start, end = batch.bounds[texts], batch.bounds[texts + 1]
    apart = (end - start >= _DIVIDED) & (end - found >= _SHORTEST)
    return _far_enough(found[apart], start[apart])


def _behind_lines(batch: Batch, raw: Batch) -> Places:
    """The spaces that stand for line breaks, also if one space stands for several signs."""
    breaks: Places = (raw.codes == _BREAK).nonzero()[0]
    if not len(breaks):
        return breaks
    texts, found = raw.texts(breaks), []
    for text in np.unique(texts).tolist():
        start, end = batch.bounds[text : text + 2].tolist()
        behind = start + batch.origins[start:end].searchsorted(raw.origins[breaks[texts == text]])
        found += [behind[behind < end], behind - 1]
    places = np.concatenate(found)
    ends: Places = places[batch.codes[places] == _SPACE]
    return ends


def _far_enough(places: Places, starts: Places) -> Places:
    """Those of the places that leave `_SHORTEST` letters between them and from where their text starts."""
    if (places - np.maximum(np.append(0, places[:-1]), starts) >= _SHORTEST).all():
        return places
    kept = [0]
    for place, start in zip(places.tolist(), starts.tolist(), strict=True):
        if place - max(kept[-1], start) >= _SHORTEST:
            kept.append(place)
    return np.array(kept[1:], dtype=np.intp)


def _within_passages(batch: Batch, edges: Places) -> Places:
    """Spaces near the points that divide passages evenly which are too long. `edges`: where all passages begin, and where the last one ends."""
    begin, sizes = edges[:-1], edges[1:] - edges[:-1]
    large: Places = (sizes > _LONGEST).nonzero()[0]
    if not len(large):
        return large
    large = large[batch.sizes[batch.texts(begin[large])] >= _DIVIDED]
    parts = -(-sizes[large] // _LONGEST)
    which = np.repeat(np.arange(len(large)), parts - 1)
    number = 1 + np.arange(len(which)) - before_each(parts - 1)[which]
    wanted = begin[large][which] + number * sizes[large][which] // parts[which]
    spaces = batch.codes.take(wanted[:, np.newaxis] + _NEAR, mode="clip") == _SPACE
    found = wanted + spaces.argmax(axis=1)
    within: Places = found[spaces.any(axis=1) & (edges[1:][large][which] - found >= _SHORTEST)]
    return within
