"""Links, e-mail addresses and mentions: parts of a text that are in no language and hide no words."""

import re
from dataclasses import replace

import numpy as np

from discuss.classify import classes
from discuss.classify.batch import Batch, Places
from discuss.classify.endings import ENDINGS
from discuss.classify.letters import Flags

# Searched for in everything between two spaces. Every repetition is bounded, so that no text can make a search slow.
_ADDRESS = re.compile(
    rf"https?://|[\w.+-]@[a-z0-9-]{{1,63}}\.[a-z]|^\W{{0,3}}(?:www\.|@(?=[a-z]{{0,32}}[_\d])[a-z\d_])|[a-z0-9-]\.{ENDINGS}/"
)


def with_prose(batch: Batch) -> Batch:
    """The batch with `prose` filled in. Expects folded letters."""
    www = _www(batch)
    if not (www.size or batch.holds & classes.OF_ADDRESSES):
        return batch
    telling = np.concatenate([batch.places(classes.OF_ADDRESSES), www])
    gaps = batch.places(classes.SPACE)
    prose = np.ones(len(batch.codes), dtype=bool)
    for gap in np.unique(np.searchsorted(gaps, telling)).tolist():
        start, end = int(gaps[gap - 1]) + 1, int(gaps[gap])
        found = _ADDRESS.search(batch.codes[start:end].tobytes().decode("utf-32-le"))
        if found:
            # Text glued to the front of `https://` is still read. In other addresses it is unclear where the address begins.
            prose[start + (found.start() if found[0].endswith("://") else 0) : end] = False
    return replace(batch, prose=prose)


def _www(batch: Batch) -> Places:
    """The dots that follow `www`."""
    dots: Places = (batch.codes == ord(".")).nonzero()[0]
    dots = dots[(batch.codes.take(dots - 1) == ord("w")).nonzero()[0]]
    behind: Flags = batch.codes[dots - 2] == ord("w")  # a space precedes every text
    return dots[behind] if dots.size else dots
