"""Links, e-mail addresses and mentions: parts of a text that are in no language and hide no words."""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from discuss.classify import classes
from discuss.classify.batch import Batch, Places
from discuss.classify.endings import ENDINGS
from discuss.classify.letters import Flags

# Searched for in everything between two spaces. Repetitions are bounded, so that no text can make a search slow; a link in angle brackets ends before the next.
# Not every link of `marks`: a host that neither www nor a slash shows to be one may be two words without a space, and is read.
_ADDRESS = re.compile(
    r"(?<=<)https?://[^<>]+>"
    rf"|(?P<site>https?://)|(?P<whole>^\W{{0,3}}www\.|[a-z0-9-]\.{ENDINGS}/)"
    r"|[a-z\d_.+-]{1,64}@[a-z0-9-]{1,63}\.[a-z][a-z0-9.-]{0,100}"
    # A name with lines before and behind it only may be any word.
    r"|^\W{0,3}@(?=_{0,8}[a-z]{0,32}(?:\d|(?<=[a-z])_{1,8}[a-z\d]))[a-z\d_]{1,64}"
)


def with_prose(batch: Batch) -> Batch:
    """The batch with `prose` filled in. Expects folded letters."""
    www = _www(batch)
    if not (www.size or batch.holds & classes.OF_ADDRESSES):
        return batch
    telling = np.sort(np.concatenate([batch.places(classes.OF_ADDRESSES), www]))
    prose = np.ones(len(batch.codes), dtype=bool)
    for start, end in batch.tokens(telling):
        for first, beyond in _addresses(batch.codes[start:end].tobytes().decode("utf-32-le")):
            prose[start + first : start + beyond] = False
    return replace(batch, prose=prose)


def _addresses(token: str) -> Iterator[tuple[int, int]]:
    """Where they begin and end. A link that is not in angle brackets goes on to the end, and nobody says where a site begins that is not linked by its scheme."""
    for found in _ADDRESS.finditer(token):
        if found.lastgroup:
            yield (found.start() if found.lastgroup == "site" else 0), len(token)
            return
        yield found.span()


def _www(batch: Batch) -> Places:
    """The dots that follow `www`."""
    dots: Places = (batch.codes == ord(".")).nonzero()[0]
    dots = dots[(batch.codes.take(dots - 1) == ord("w")).nonzero()[0]]
    behind: Flags = batch.codes[dots - 2] == ord("w")  # a space precedes every text
    return dots[behind] if dots.size else dots
