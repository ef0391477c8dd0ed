"""Links, e-mail addresses and made-up names: parts of a text that are in no language and hide no words."""

import re
from dataclasses import replace

import numpy as np

from discuss.classify import letters
from discuss.classify.batch import Batch
from discuss.classify.endings import ENDINGS
from discuss.classify.letters import SPACE, Flags

_TELLING = letters.flags("/@")
# Told by the whole of what stands between two spaces. No repetition has anything behind it that could fail.
_ADDRESS = re.compile(
    rf"https?://|[\w.+-]@[a-z0-9-]{{1,63}}\.[a-z]|^\W{{0,3}}(?:www\.|@(?=[a-z]{{0,32}}[_\d])[a-z\d_])|[a-z0-9-]\.{ENDINGS}/"
)


def with_prose(batch: Batch) -> Batch:
    """The same, and what of it is prose. Expects folded letters."""
    telling = _TELLING[batch.codes] | _www(batch)
    if not telling.any():
        return batch
    gaps = (batch.codes == SPACE).nonzero()[0]
    prose = np.ones(len(telling), dtype=bool)
    for gap in np.unique(np.searchsorted(gaps, telling.nonzero()[0])).tolist():
        token = slice(gaps[gap - 1] + 1, gaps[gap])
        if _ADDRESS.search(batch.codes[token].tobytes().decode("utf-32-le")):
            prose[token] = False
    return replace(batch, prose=prose)


def _www(batch: Batch) -> Flags:
    """The dots that follow `www`."""
    codes = batch.codes
    found: Flags = codes == ord(".")
    dots = found.nonzero()[0]
    found[dots] = (codes[dots - 1] == ord("w")) & (
        codes[dots - 2] == ord("w")
    )  # before any text there is a space
    return found
