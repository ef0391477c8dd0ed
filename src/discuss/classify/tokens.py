"""Words of a normalised text, as lists of words look at them: as written, by their stems, and in the other alphabet.

A word made only of letters that look the same in both alphabets could be of either. Where nothing else in the text
is of the alphabet that it was typed in, it is read in both.
"""

import re
import sys
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

import snowballstemmer

LONGEST_STEMMED = 40
"""Letters; what is longer is no word that has other forms."""

_SHORTEST_STEMMED = 3


def _ranges(codes: Sequence[int]) -> str:
    """Those code points, as a part of a character class."""
    runs = (list(run) for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


# Scripts without spaces between words, and pictures: each sign is looked at as a word.
_ALONE = (
    "\u0e00-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e80-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u1000-\u102a\u1780-\u17b3\u3041-\u3096\u30a1-\u30fa"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u2600-\u27bf\U0001f300-\U0001faff"
)
_MARKS = _ranges([code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] == "M"])
_WORD = re.compile(f"[{_ALONE}][{_MARKS}]{{0,8}}|(?:[^\\W_{_ALONE}]|(?<=\\w)[{_MARKS}])+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")

_LATIN_TWINS, _CYRILLIC_TWINS = "abcehikmoptxy", "авсенікмортху"
_SWAPPED = str.maketrans(_LATIN_TWINS + _CYRILLIC_TWINS, _CYRILLIC_TWINS + _LATIN_TWINS)
_DOUBTFUL = re.compile(f"(?:[{_LATIN_TWINS}]{{2,}}|[{_CYRILLIC_TWINS}]{{2,}})")
_SURELY_LATIN = re.compile(f"(?![{_LATIN_TWINS}])[a-z]")
_SURELY_CYRILLIC = re.compile(f"(?![{_CYRILLIC_TWINS}])[\u0400-\u052f]")


class _Stemmers(threading.local):
    """A stemmer keeps the word it is at, so each thread has its own."""

    def __init__(self) -> None:
        self.russian = snowballstemmer.stemmer("russian")
        self.english = snowballstemmer.stemmer("english")


_STEMMERS = _Stemmers()


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """What a word has in common with its other forms: Russian for Cyrillic letters, English for Latin ones."""
    if not _SHORTEST_STEMMED <= len(word) <= LONGEST_STEMMED:
        return word
    if _CYRILLIC.match(word):
        found: str = _STEMMERS.russian.stemWord(word)
        return found
    return _STEMMERS.english.stemWord(word) if _LATIN.match(word) else word


@dataclass(frozen=True)
class Words:
    """One way to read a text: word k is `text[starts[k]:ends[k]]`, or the same in the other alphabet."""

    written: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def stems(self) -> Sequence[str]:
        return [stem(word) for word in self.written]


def words(text: str) -> Words:
    found = list(_WORD.finditer(text))
    return Words([f[0] for f in found], [f.start() for f in found], [f.end() for f in found])


def readings(text: str) -> Sequence[Words]:
    """The words of a normalised text, and where some could be of the other alphabet, those words read in it."""
    plain = words(text)
    swapped = [_other(word, text) for word in plain.written] if _in_doubt(text) else plain.written
    return [plain] if swapped == plain.written else [plain, Words(swapped, plain.starts, plain.ends)]


def _in_doubt(text: str) -> bool:
    return not (_SURELY_LATIN.search(text) and _SURELY_CYRILLIC.search(text))


def _other(word: str, text: str) -> str:
    if not _DOUBTFUL.fullmatch(word):
        return word
    sure = _SURELY_CYRILLIC if _CYRILLIC.match(word) else _SURELY_LATIN
    return word if sure.search(text) else word.translate(_SWAPPED)
