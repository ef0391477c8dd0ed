"""Rude words with signs strewn in or with letters typed twice, which readers read as if nothing were there."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from discuss.classify.batch import Batch, Places
from discuss.classify.classes import CYRILLIC, LATIN, SIGN, SPACE, STAR, WORDLIKE, bits
from discuss.classify.editing import Edit
from discuss.classify.letters import flags
from discuss.classify.lookalikes import in_one_alphabet

_SHORTEST, _LONGEST = 4, 40
_AGAIN, _NEAR = 2, 12
"""Letters typed more often than they should be, from which on a word is not just misspelt or drawn out; and how near to each other."""

_HANDLED = flags(".,'-_&")
"""Signs that often stand alone within a word: other stages know what to make of one, and ordinary words have them too."""

_BRACKETS = {")": "(", "]": "[", "}": "{"}
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1+")


class Strewn:
    """Words that people hide, the likeliest first. What is a word in everyday use as it stands is left alone."""

    def __init__(self, words: Sequence[str], everyday: Collection[str]) -> None:
        self._words = frozenset(words)
        self._known = self._words.union(everyday)
        self._by_runs: dict[str, str] = {}
        for word in words:
            if len(once := _RUN.sub(r"\1", word)) >= _SHORTEST:
                self._by_runs.setdefault(once, word)

    def edits(self, batch: Batch) -> Iterator[Edit]:
        """Those that leave nothing but the letters of such words. Expects folded letters."""
        for start, token in _strewn(batch):
            places = [place for place, letter in enumerate(token) if letter.isalpha()]
            if len(places) >= _SHORTEST and (within := _around(token, places[0], places[-1] + 1)):
                meant = in_one_alphabet("".join(token[place] for place in places))
                if meant in self._words:
                    first, beyond = within
                    yield Edit(start + first, start + beyond, meant, [place - first for place in places])

    def doubled(self, batch: Batch) -> Iterator[Edit]:
        """Those that leave one letter of two in such words. Expects folded letters."""
        for start, end in _doubling(batch):
            typed = batch.codes[start:end].tobytes().decode("utf-32-le")
            if typed in self._known:
                continue
            plain = in_one_alphabet(typed)
            once = _RUN.sub(r"\1", plain)
            meant = once if once in self._known else self._by_runs.get(once)
            if meant in self._words and _longer_runs(plain, meant) >= _AGAIN:
                yield Edit(start, end, meant, _places(plain, meant))


def _around(token: str, first: int, beyond: int) -> tuple[int, int] | None:
    """Where what was strewn into a word begins and ends: with the bracket that closes one in the word. None if nothing was, or digits."""
    typed = token[first:beyond]
    if typed.isalpha() or _DIGIT.search(token, max(first - 1, 0), beyond + 1):
        return None
    bracket = _BRACKETS.get(token[beyond : beyond + 1])
    return first, beyond + (bracket is not None and bracket in typed)


def _strewn(batch: Batch) -> Iterator[tuple[int, str]]:
    """Where it begins, and what stands between two spaces and has signs between its letters that no other stage looks at."""
    read = 0
    for behind, ahead in _likely_gaps(batch):
        if behind < read:
            continue
        first = max(behind - _LONGEST, 0)
        near = batch.codes[first : behind + _LONGEST].tobytes().decode("utf-32-le", "surrogatepass")
        start, end = near.rfind(" ", 0, behind - first) + 1, near.find(" ", behind - first)
        if start > 0 and end >= ahead - first:
            read = first + end
            yield first + start, near[start:end]


def _likely_gaps(batch: Batch) -> Iterable[tuple[int, int]]:
    """Begin and end of such signs. Hardly any of them have a space among them."""
    classes = batch.classes
    signs: Places = (classes & bits(WORDLIKE | SPACE) == 0).nonzero()[0]
    signs = signs[classes.take(signs - 1) & bits(WORDLIKE) != 0]
    signs = signs[classes.take(signs + 1) & bits(SPACE) == 0]
    if not signs.size:  # most often: they end words
        return ()
    handled = _HANDLED.take(batch.codes.take(signs), mode="clip")
    handled |= classes.take(signs) & bits(SIGN | STAR) != 0
    likely = ~handled | (classes.take(signs + 1) & bits(WORDLIKE) == 0)
    if batch.prose is not None:
        likely &= batch.prose.take(signs)
    return _with_next_word(batch, signs[likely]) if likely.any() else ()


def _with_next_word(batch: Batch, behind: Places) -> Iterable[tuple[int, int]]:
    """Each of these places, and where the next word begins, if there is no space in front of it."""
    starts = batch.words.starts
    following = starts.searchsorted(behind)
    behind, following = behind[following < len(starts)], following[following < len(starts)]
    ahead = starts[following]
    within = batch.classes.take(ahead - 1) & bits(SPACE) == 0
    return zip(behind[within].tolist(), ahead[within].tolist(), strict=True)


def _doubling(batch: Batch) -> Iterable[tuple[int, int]]:
    """Begin and end of words in which letters are the same as the one before, in two places or more."""
    again: Places = (batch.codes[1:] == batch.codes[:-1]).nonzero()[0]
    near = (again[1:] - again[:-1] <= _NEAR).nonzero()[0]
    if not near.size:
        return ()
    first, second = again[near], again[near + 1]
    telling = batch.classes.take(first) & batch.classes.take(second) & bits(CYRILLIC | LATIN) != 0
    if batch.prose is not None:
        telling &= batch.prose[first]
    words = batch.words
    first, second = first[telling], second[telling]
    which: Places = words.at(first)
    starts, ends = words.starts[which], words.ends[which]
    return sorted(set(zip(starts[second < ends].tolist(), ends[second < ends].tolist(), strict=True)))


def _longer_runs(typed: str, meant: str) -> int:
    """Expects words that have the same letters, in runs of different lengths."""
    return sum(size > wanted for size, wanted in zip(_sizes(typed), _sizes(meant), strict=True))


def _places(typed: str, meant: str) -> list[int]:
    """For each letter that is meant one that was typed, of the same run."""
    places: list[int] = []
    begin = 0
    for size, wanted in zip(_sizes(typed), _sizes(meant), strict=True):
        places += [begin + min(place, size - 1) for place in range(wanted)]
        begin += size
    return places


def _sizes(word: str) -> list[int]:
    """How long each run of one letter is."""
    return [len(list(run)) for _, run in groupby(word)]
