"""The one normalisation: what training, serving, rules and stored revisions all see.

A batch of texts is folded and mended by arithmetic over all its letters at once, and every letter of the result knows
which letter of the original it came from. The time is linear in the text, and the result is always safe to store: no
lone surrogates, no control characters.
"""

import numpy as np

from discuss.classify import letters
from discuss.classify.addresses import with_prose
from discuss.classify.batch import Batch
from discuss.classify.directions import as_seen
from discuss.classify.letters import SIZE
from discuss.classify.lookalikes import repaired
from discuss.classify.mending import calmed, joined, unrepeated
from discuss.classify.rendered import as_rendered

# И, У and І with a combining mark, and the letters that they form with it.
_COMPOSED = {(0x438, 0x306): 0x439, (0x418, 0x306): 0x439, (0x456, 0x308): 0x457, (0x406, 0x308): 0x457,
             (0x443, 0x306): 0x45E, (0x423, 0x306): 0x45E}  # fmt: skip
_MARK = letters.flags("\u0306\u0308")


def normalise(text: str) -> str:
    """Fold case, forms and disguises, so that a word looks the same however it was typed."""
    return normalised(Batch.of([text])).strings()[0]


def normalised(raw: Batch) -> Batch:
    return mended(joined(readable(raw)))


def readable(raw: Batch) -> Batch:
    """Folded letters, with no more than one space between two words, and no more than one exclamation mark behind one."""
    return with_prose(calmed(folded(raw)))


def mended(batch: Batch) -> Batch:
    """Every word in the letters of one alphabet, and without runs of letters."""
    return unrepeated(repaired(batch))


def folded(batch: Batch) -> Batch:
    """Small letters in their plain form, without what cannot be seen, in the order that is seen. At most three for one.

    The result is never cut off, because text could then hide behind signs that stand for several letters.
    """
    single = letters.FOLDED.take(batch.codes, mode="clip")
    if single.max(initial=0) < letters.SEVERAL:
        return Batch(single, batch.origins, batch.bounds)
    batch = as_rendered(as_seen(batch))
    codes = _composed(np.minimum(batch.codes, np.uint32(SIZE - 1)))
    lengths, begins = letters.LENGTHS[codes], letters.BEGINS[codes]
    longer, ahead = batch.repeated(lengths)
    return Batch(letters.LETTERS[np.repeat(begins, lengths) + ahead], longer.origins, longer.bounds)


def _composed(codes: letters.Codes) -> letters.Codes:
    """The codes with й, ї and ў as one letter each, so that their marks are not dropped like others."""
    if not _MARK[codes].any():
        return codes
    codes = codes.copy()
    for (base, mark), whole in _COMPOSED.items():
        codes[:-1][(codes[:-1] == base) & (codes[1:] == mark)] = whole
    return codes
