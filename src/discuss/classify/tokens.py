"""Words of a normalised text, as lists of words see them: as written, by their stems, and as they may have been meant.

Normalising leaves alone what it is not sure of, but a search for certain words can afford to guess. A word made only of
letters that look the same in both alphabets is read in both, unless the text is surely in the one that the word was typed
in. Digits and signs are also read as letters, and words are also read without the stars and dots in them.
"""

import re
import sys
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import groupby

import snowballstemmer

LONGEST_STEMMED = 40
"""In letters. Nothing longer is a word that has other forms."""

_SHORTEST_STEMMED = 3


def _ranges(codes: Sequence[int]) -> str:
    """These code points, as part of a character class."""
    runs = (list(run) for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


# Scripts without spaces between words, and pictures: each sign counts as a word.
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

Table = Mapping[int, int]
# The letters that digits and signs stand for, in Cyrillic and in Latin words. Some can stand for either of two.
_TABLES: Sequence[tuple[Table, Table]] = (
    (str.maketrans("0134678@$", "оизчбтвас"), str.maketrans("013456789@$!", "oieasgtbgasi")),
    (str.maketrans("0134678@$", "оіеабтвас"), str.maketrans("013456789@$!", "oleasgtbqasl")),
)
_SIGN = re.compile(r"[\d@$!]")
_SIGNED = re.compile(r"(?:[^\W_]|[@$]|!(?=[^\W_]))+")
_THING = re.compile(r".*\d{3}|[^\W\d_]+\d\d$")
_STAR = re.compile("[*#%•×`~]")  # including the marks of Markdown, which readers do not see
_STARRED = re.compile(
    f"[{_ALONE}][{_MARKS}]{{0,8}}|[^\\W_{_ALONE}](?:[{_MARKS}]|[*#%•×`~]{{0,3}}[^\\W_{_ALONE}])*"
)


_CHAIN = re.compile(r"[^\W_]\.[^\W_]")
_CHAINED = re.compile(f"[{_ALONE}][{_MARKS}]{{0,8}}|[^\\W_{_ALONE}](?:[{_MARKS}]|\\.?[^\\W_{_ALONE}])*")
_SHORTEST_CHAINED = 4
"""In letters. Shorter ones are initials and abbreviations."""


class _Stemmers(threading.local):
    """A stemmer keeps the word it is working on, so each thread has its own."""

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
    """One way to read a text: word k stands at `text[starts[k]:ends[k]]`, even if it is spelt differently there."""

    written: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def stems(self) -> Sequence[str]:
        return [stem(word) for word in self.written]


def words(text: str, pattern: re.Pattern[str] = _WORD) -> Words:
    found = list(pattern.finditer(text))
    return Words([f[0] for f in found], [f.start() for f in found], [f.end() for f in found])


def readings(text: str) -> Sequence[Words]:
    """The words of a normalised text and, if some of them could be meant for others, the text read in those ways too.

    Places are those in the normalised text in every reading.
    """
    plain = words(text)
    ways = [Words(_swapped(plain.written, text), plain.starts, plain.ends)]
    if _SIGN.search(text):
        ways += [words(_SIGNED.sub(partial(_spelt, tables), text)) for tables in _TABLES]
    if _STAR.search(text):
        starred = words(text, _STARRED)
        ways.append(Words([_STAR.sub("", word) for word in starred.written], starred.starts, starred.ends))
    if _CHAIN.search(text):
        chained = words(text, _CHAINED)
        ways.append(Words([_unchained(word) for word in chained.written], chained.starts, chained.ends))
    return [plain, *(way for way in ways if way.written != plain.written)]


def _swapped(written: Sequence[str], text: str) -> Sequence[str]:
    """The words, with those that could be in the other alphabet put into it, unless the text is surely in their own."""
    latin, cyrillic = _SURELY_LATIN.search(text), _SURELY_CYRILLIC.search(text)
    if latin and cyrillic:
        return written
    return [
        word.translate(_SWAPPED)
        if _DOUBTFUL.fullmatch(word) and not (cyrillic if _CYRILLIC.match(word) else latin)
        else word
        for word in written
    ]


def _unchained(word: str) -> str:
    letters = word.replace(".", "")
    return letters if len(letters) >= _SHORTEST_CHAINED else word


def _spelt(tables: tuple[Table, Table], found: re.Match[str]) -> str:
    """The word with letters for digits and signs, unless it is the name of a thing or has no letter at all."""
    word = found[0]
    if _THING.match(word):
        return word
    if _CYRILLIC.search(word):
        return word.translate(tables[0])
    return word.translate(tables[1]) if _LATIN.search(word) else word
