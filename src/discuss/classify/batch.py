"""Many texts as one array of code points, each of which knows where in its own text it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from discuss.classify import letters
from discuss.classify.letters import Codes, Flags

HEAD, TAIL = 4000, 1000
LONGEST = HEAD + TAIL + 1

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Words:
    """Runs of letters and digits: word k is `codes[starts[k]:ends[k]]`. `new[k]`: word k is the first of its text."""

    starts: Places
    ends: Places
    new: Flags

    @property
    def sizes(self) -> Places:
        return self.ends - self.starts

    def holding(self, found: Flags) -> Flags:
        """For every word, whether something rare stands in it."""
        places = found.nonzero()[0]
        held = np.zeros(len(self.starts) + 1, dtype=bool)
        held[np.searchsorted(self.starts, places, side="right") - 1] = True
        return held[:-1]


class Tally:
    """How often letters of up to four classes stand in any stretch of a batch.

    The four counts share an integer of 64 bits, so one prefix sum serves them all; no text is long enough for a count to
    run over into the next.
    """

    _BITS = 13

    def __init__(self, codes: Codes, classes: NDArray[np.uint64]) -> None:
        self._before = np.zeros(len(codes) + 1, dtype=np.uint64)
        np.cumsum(classes[codes], out=self._before[1:])

    @classmethod
    def classes(cls, *tables: Flags) -> NDArray[np.uint64]:
        return sum(
            (table.astype(np.uint64) << np.uint64(cls._BITS * place) for place, table in enumerate(tables)),
            start=np.zeros(letters.SIZE, dtype=np.uint64),
        )

    def within(self, starts: Places, ends: Places, classes: int) -> list[Places]:
        """For each class, its letters in each stretch."""
        counts = self._before[ends] - self._before[starts]
        mask = np.uint64((1 << self._BITS) - 1)
        return [
            ((counts >> np.uint64(self._BITS * place)) & mask).astype(np.intp) for place in range(classes)
        ]


@dataclass(frozen=True, slots=True)
class Batch:
    """Text i is `codes[bounds[i]:bounds[i + 1]]`. It begins and ends with a space that the text itself need not have.

    `origins` holds, for each code point, its index in the text as it was given. `prose` is true for what is not part of a
    link, an e-mail address or a mention; None if nothing is.
    """

    codes: Codes
    origins: Places
    bounds: Places
    prose: Flags | None = None

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Texts as they are, but for the middle of very long ones."""
        padded = [f" {bounded(text)} " for text in texts]
        codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        sizes = np.fromiter(map(len, padded), dtype=np.intp, count=len(padded))
        bounds = before_each(sizes)
        origins = np.arange(len(codes)) - np.repeat(bounds[:-1] + 1, sizes)
        if sizes.max(initial=0) > LONGEST + 1:
            for place in (place for place, text in enumerate(texts) if len(text) > LONGEST):
                origins[bounds[place] + 1 + HEAD : bounds[place + 1]] += len(texts[place]) - LONGEST
        return cls(codes, origins, bounds)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def keep(self, kept: Flags) -> "Batch":
        before = before_each(kept)
        prose = None if self.prose is None else self.prose[kept]
        return Batch(self.codes[kept], self.origins[kept], before[self.bounds], prose)

    def repeated(self, times: Places) -> tuple["Batch", Places]:
        """Every code point as often as `times` says, and for each of the copies the number of copies before it."""
        before = before_each(times)
        batch = Batch(np.repeat(self.codes, times), np.repeat(self.origins, times), before[self.bounds])
        return batch, np.arange(before[-1]) - np.repeat(before[:-1], times)

    def like_previous(self) -> Flags:
        """For each code point: whether the one before it in the same text is the same."""
        same = np.zeros(len(self.codes), dtype=bool)
        np.equal(self.codes[1:], self.codes[:-1], out=same[1:])
        same[self.bounds[:-1]] = False
        return same

    @property
    def sizes(self) -> Places:
        return self.bounds[1:] - self.bounds[:-1]

    def count(self, found: NDArray[Any]) -> Places:
        """In how many places of each text something rare was found: is not zero, or true."""
        places = found.nonzero()[0]
        return np.bincount(np.searchsorted(self.bounds, places, side="right") - 1, minlength=len(self))

    def words(self, wordlike: Flags | None = None) -> Words:
        inside = letters.WORDLIKE[self.codes] if wordlike is None else wordlike
        edges = (inside[1:] != inside[:-1]).nonzero()[0] + 1  # a text begins and ends with a space
        starts, ends = edges[::2], edges[1::2]
        new = np.zeros(len(starts) + 1, dtype=bool)
        new[np.searchsorted(starts, self.bounds[:-1])] = True
        return Words(starts, ends, new[:-1])

    def strings(self) -> list[str]:
        """The texts without the spaces around them."""
        whole = self.codes.tobytes().decode("utf-32-le", "surrogatepass")
        edges = self.bounds.tolist()
        return [whole[start:end].strip() for start, end in pairwise(edges)]


def before_each(amounts: Places | Flags) -> Places:
    """The sum of all that comes before each place, and last the sum of all."""
    sums = np.zeros(len(amounts) + 1, dtype=np.intp)
    np.cumsum(amounts, out=sums[1:])
    return sums


def bounded(text: str) -> str:
    """The part of a text that is read: its beginning and its end, where a spammer's link tends to stand."""
    return text if len(text) <= LONGEST else f"{text[:HEAD]} {text[-TAIL:]}"
