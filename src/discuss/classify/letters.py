"""What each code point is and what it is folded to, as tables for NumPy to look letters up in.

`unicodedata` is asked only about the ranges that hold letters with several forms, so the tables are built in milliseconds.
"""

import re
import unicodedata
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from discuss.classify.alphabets import SELDOM

SIZE = 0x20000
"""Code points from here on are ideographs, tags and private use, none of which are read, so they are dropped."""

_WITH_FORMS = ((0x0, 0x3400), (0xA640, 0xABFF), (0xF900, 0x10000), (0x1D400, 0x1D800), (0x1F100, 0x1F270))
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"  # controls, halves of surrogate pairs
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"  # zero width, bidirectional, fillers
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # marks on letters
    "]"
)
# Letters with a mark to Unicode, letters of their own to those who write them.
_OWN_LETTERS = frozenset("йїў")
_ALIKE = {
    **dict.fromkeys("«»“”„‟″", '"'),
    **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "№": "#",
    "…": ".",
    "ё": "е",
    **SELDOM,
    **{chr(first + place): chr(0x61 + place) for first in (0x1F150, 0x1F170) for place in range(26)},
}

_LONGEST_FORM = 3
"""Signs that stand for whole words stay one sign, so that a text does not grow much when it is read."""

Codes = NDArray[np.uint32]
Flags = NDArray[np.bool_]


def folded(letter: str) -> str:
    """What replaces this letter in the normalised text: its plain form in lower case, or nothing."""
    if letter.isspace() or letter == "\x85":
        return " "
    if letter in _ALIKE:
        return _ALIKE[letter]
    form = "".join(map(_plain, unicodedata.normalize("NFKC", letter.casefold()).casefold()))
    return form if len(form) <= _LONGEST_FORM else letter


def _plain(letter: str) -> str:
    if _UNSEEN.match(letter):
        return ""
    if letter.isspace():
        return " "
    if letter in _OWN_LETTERS:
        return letter
    apart = unicodedata.normalize("NFD", letter)
    plain = apart[0] if all(map(_UNSEEN.match, apart[1:])) else letter
    return _ALIKE.get(plain, plain)


def _table() -> tuple[NDArray[np.int32], NDArray[np.int8], Codes]:
    """For each code point, where its folded form begins and how long it is; then all forms, one after another."""
    forms = {
        code: form
        for first, beyond in _WITH_FORMS
        for code in range(first, beyond)
        if (form := folded(chr(code))) != chr(code)
    }
    forms |= dict.fromkeys([*range(0xD800, 0xE000), SIZE - 1], "")
    begins, lengths = np.arange(SIZE, dtype=np.int32), np.ones(SIZE, dtype=np.int8)
    letters = list(range(SIZE))  # a code point that does not change is its own form
    for code, form in forms.items():
        begins[code], lengths[code] = len(letters), len(form)
        letters.extend(map(ord, form))
    return begins, lengths, np.array(letters, dtype=np.uint32)


def flags(letters: str) -> Flags:
    """A table that is true for these letters."""
    return np.isin(np.arange(SIZE), [ord(letter) for letter in letters])


def every(holds: Callable[[str], bool]) -> Flags:
    """A table that is true for every letter that passes the test."""
    return np.fromiter((holds(chr(code)) for code in range(SIZE)), dtype=bool, count=SIZE)


def between(*ranges: tuple[int, int]) -> Flags:
    inside = np.zeros(SIZE, dtype=bool)
    for first, last in ranges:
        inside[first : last + 1] = True
    return inside


BEGINS, LENGTHS, LETTERS = _table()
SEVERAL = np.uint32(1 << 31)
OF_MARKS, OF_LINKS = "~`", "]"
"""Signs of Markdown that readers may not see."""

FOLDED: Codes = np.where(LENGTHS == 1, LETTERS.take(BEGINS, mode="clip"), SEVERAL)
FOLDED[list(map(ord, OF_MARKS + OF_LINKS))] = SEVERAL
"""The folded form of each code point that has a form of one letter, and `SEVERAL` for the others and for signs that call for a closer look."""

WORDLIKE = every(str.isalnum)
DIGIT = flags("0123456789")
CYRILLIC = between((0x0400, 0x052F)) & WORDLIKE
LATIN = between((0x61, 0x7A), (0xDF, 0x24F)) & WORDLIKE
GREEK = between((0x0370, 0x03FF)) & WORDLIKE
