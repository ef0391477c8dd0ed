"""Many texts as one array of code points, with the place of each in its original text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from discuss.classify import classes
from discuss.classify.classes import Classes
from discuss.classify.letters import LENGTHS, Codes, Flags, between, every, flags

HEAD, TAIL = 4000, 1000
LONGEST = HEAD + TAIL + 1

_TURN = 0x202E
_DIRECTIONS = between((0x202A, _TURN), (0x2066, 0x2069))
_SEEN = (LENGTHS > 0) | flags("\u0306\u0308")
"""All but what is dropped when it is read. The two marks may be parts of й, ў and ї."""

_BLANK, _BREAK = every(str.isspace) | flags("\u2800"), flags("\n")
_NEEDLESS = ((_BLANK, _BLANK & ~_BREAK), (_BREAK, _BREAK))
"""Twice, signs and those that show nothing more behind them."""

Places = NDArray[np.intp]
_NOWHERE: Places = np.zeros(0, dtype=np.intp)
_SPACE = np.array(ord(" "), dtype=np.uint32)
_FEW = 100
"""Letters to drop, up to which it is faster to put the pieces between them together."""

Kept = TypeVar("Kept", bound=np.generic)


class Words(NamedTuple):
    """Runs of letters and digits: word k is `codes[starts[k]:ends[k]]`, and `bounds[i]:bounds[i + 1]` are the words of text i.

    `edges` holds starts and ends alternately.
    """

    edges: Places
    bounds: Places

    @property
    def starts(self) -> Places:
        return self.edges[::2]

    @property
    def ends(self) -> Places:
        return self.edges[1::2]

    @property
    def sizes(self) -> Places:
        return self.ends - self.starts

    @property
    def new(self) -> Flags:
        """For each word, whether it is the first of its text."""
        new = np.zeros(len(self.starts) + 1, dtype=bool)
        new[self.bounds[:-1]] = True
        return new[:-1]

    def at(self, places: Places) -> Places:
        """For each place, the word that holds it, or else the last word before it."""
        return self.starts.searchsorted(places, side="right") - 1

    def holding(self, places: Places) -> Flags:
        """For each word, whether one of these places is in it or between it and the next."""
        held = np.zeros(len(self.starts) + 1, dtype=bool)
        held[self.at(places)] = True
        return held[:-1]

    def tally(self, found: Flags, which: Places) -> Places:
        """For each word of `which`, the number of places in it where `found` is true."""
        places = found.nonzero()[0]
        return places.searchsorted(self.ends[which]) - places.searchsorted(self.starts[which])


@dataclass(frozen=True)
class Batch:
    """Text i is `codes[bounds[i]:bounds[i + 1]]`. It begins and ends with a space, whether or not the text itself does.

    `origins` holds, for each code point, its index in the text as it was given. `prose` is false in links, e-mail
    addresses and mentions; None if there are none.
    """

    codes: Codes
    origins: Places
    bounds: Places
    prose: Flags | None = None

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """The texts as they are, except that very long ones lose their middle, and what readers do not see."""
        padded = [f" {bounded(text)} " for text in texts]
        codes = _codes("".join(padded))
        bounds = np.array(list(accumulate(map(len, padded), initial=0)), dtype=np.intp)
        origins = np.arange(-1, len(codes) - 1)
        if len(texts) > 1:
            origins -= np.repeat(bounds[:-1], bounds[1:] - bounds[:-1])
        for place in (place for place, text in enumerate(texts) if len(text) > LONGEST):
            read, end = _shortened(texts[place])[1], len(texts[place])
            origins[bounds[place] + 1 : bounds[place + 1]] = np.append(read, end)
        return cls(codes, origins, bounds)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @cached_property
    def classes(self) -> Classes:
        """The classes of each letter."""
        return classes.TABLE.take(self.codes, mode="clip")

    @cached_property
    def held(self) -> Classes:
        """For each text, the classes of which it holds a letter."""
        return np.bitwise_or.reduceat(self.classes, self.bounds[:-1])

    @cached_property
    def holds(self) -> int:
        """The classes of which any text holds a letter."""
        return int(np.bitwise_or.reduce(self.held))

    @cached_property
    def words(self) -> Words:
        return self.runs(self.having(classes.WORDLIKE))

    def having(self, wanted: int) -> Flags:
        """For each letter, whether it belongs to one of these classes."""
        return (self.classes & classes.bits(wanted)).astype(bool)

    def places(self, wanted: int) -> Places:
        """The places of letters of these classes. Costs little if there are none."""
        return self.having(wanted).nonzero()[0] if self.holds & wanted else _NOWHERE

    def keep(self, kept: Flags) -> "Batch":
        dropped = (~kept).nonzero()[0]
        bounds = self.bounds - dropped.searchsorted(self.bounds)
        prose = None if self.prose is None else _without(self.prose, dropped, kept)
        return Batch(
            _without(self.codes, dropped, kept), _without(self.origins, dropped, kept), bounds, prose
        )

    def only(self, texts: Flags) -> tuple["Batch", Flags]:
        """A batch of these texts only, and which of the letters here it holds."""
        if texts.all():
            return self, np.ones(len(self.codes), dtype=bool)
        kept = np.repeat(texts, self.sizes)
        prose = None if self.prose is None else self.prose[kept]
        return Batch(self.codes[kept], self.origins[kept], before_each(self.sizes[texts]), prose), kept

    def repeated(self, times: NDArray[np.integer]) -> tuple["Batch", Places]:
        """Each code point repeated as often as `times` says, and for each copy how many copies of the same one precede it."""
        before = before_each(times)
        batch = Batch(np.repeat(self.codes, times), np.repeat(self.origins, times), before[self.bounds])
        return batch, np.arange(before[-1]) - np.repeat(before[:-1], times)

    @property
    def sizes(self) -> Places:
        return self.bounds[1:] - self.bounds[:-1]

    def texts(self, places: Places) -> Places:
        """For each place, the text that holds it."""
        return self.bounds.searchsorted(places, side="right") - 1

    def count(self, found: NDArray[Any]) -> Places:
        """For each text, the number of places where `found` is true or not zero."""
        if len(self) == 1:
            return np.array([np.count_nonzero(found)])
        there = found.astype(bool).view(np.uint8)
        return np.add.reduceat(there, self.bounds[:-1], dtype=np.uint32).astype(np.intp)

    def tokens(self, places: Places) -> Iterator[tuple[int, int]]:
        """Begin and end of everything between two spaces that holds one of these places. They are in order, and none is a space."""
        spaces, beyond = (self.codes == _SPACE).tobytes(), 0
        for place in places.tolist():
            if place >= beyond:
                beyond = spaces.find(1, place)
                yield spaces.rfind(1, 0, place) + 1, beyond

    def runs(self, inside: Flags) -> Words:
        """The runs of places that are inside, as words. No text may begin or end inside one."""
        edges = (inside[1:] ^ inside[:-1]).nonzero()[0] + 1
        return Words(edges, edges[::2].searchsorted(self.bounds))

    def strings(self) -> list[str]:
        """The texts without surrounding spaces."""
        whole = self.codes.tobytes().decode("utf-32-le", "surrogatepass")
        edges = self.bounds.tolist()
        return [whole[start:end].strip() for start, end in pairwise(edges)]


def _without(letters: NDArray[Kept], dropped: Places, kept: Flags) -> NDArray[Kept]:
    """What is kept. A few pieces are put together faster than many letters are picked."""
    if len(dropped) > _FEW:
        return letters[kept]
    edges = [-1, *dropped.tolist(), len(letters)]
    return np.concatenate([letters[before + 1 : behind] for before, behind in pairwise(edges)])


def before_each(amounts: NDArray[np.integer] | Flags) -> Places:
    """For each place, the sum of the amounts before it; then the sum of them all."""
    sums = np.zeros(len(amounts) + 1, dtype=np.intp)
    np.cumsum(amounts, out=sums[1:])
    return sums


def bounded(text: str) -> str:
    """The part of a text that is read: its beginning and its end, where a spammer's link tends to stand."""
    return text if len(text) <= LONGEST else _shortened(text)[0]


def unread(text: str) -> slice:
    """The middle of a very long text."""
    places = _visible(_codes(text)) if len(text) > LONGEST else _NOWHERE
    return slice(places[HEAD - 1] + 1, places[-TAIL]) if len(places) > LONGEST else slice(0)


def _shortened(text: str) -> tuple[str, Places]:
    """What is read of a very long text, and where it stands there. What readers do not see pushes nothing into the middle."""
    codes = _codes(text)
    places = _visible(codes)
    long = len(places) > LONGEST
    if long:
        places = np.concatenate([places[:HEAD], places[-TAIL - 1 :]])
    read = codes[places]
    read[HEAD : HEAD + long] = _SPACE
    return read.tobytes().decode("utf-32-le", "surrogatepass"), places


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _visible(codes: Codes) -> Places:
    """The places of what readers see, and no more than one space and one line break in a row. Signs of direction stay if they turn a part around."""
    seen = _SEEN.take(codes, mode="clip")
    if (codes == _TURN).any():
        seen |= _DIRECTIONS.take(codes, mode="clip")
    places: Places = seen.nonzero()[0]
    for before, needless in _NEEDLESS:
        read = codes[places]
        again = before.take(read[:-1], mode="clip") & needless.take(read[1:], mode="clip")
        places = np.delete(places, again.nonzero()[0] + 1)
    return places
