"""The classes of each letter, as bits: one lookup for a batch answers the questions of every stage."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from discuss.classify import letters
from discuss.classify.alphabets import FOREIGN_LETTERS
from discuss.classify.letters import Flags

Classes = NDArray[np.uint16]

_TABLES: tuple[Flags, ...] = (
    letters.WORDLIKE,
    letters.CYRILLIC,
    letters.LATIN,
    letters.GREEK,
    letters.WORDLIKE & ~letters.every(str.isnumeric) & ~letters.CYRILLIC & ~letters.LATIN,
    letters.DIGIT,
    letters.flags("@$!"),
    letters.flags(".,'_-~^|"),  # not the star, which stands for a letter
    letters.flags("*#%•×"),
    letters.flags("/@"),
    letters.flags("abcehkmoptxyавекмнорстух"),
    letters.flags("іїєґ"),
    letters.flags(FOREIGN_LETTERS),
    letters.flags("ыэъ"),
    letters.flags("ищъ"),
    letters.flags(" "),
)
(
    WORDLIKE, CYRILLIC, LATIN, GREEK, OTHER_LETTER, DIGIT, SIGN, SEPARATOR, STAR, OF_ADDRESSES, TWIN,
    UKRAINIAN, FOREIGN, RUSSIAN, NOT_BELARUSIAN, SPACE,
) = (1 << bit for bit in range(len(_TABLES)))  # fmt: skip
"""`TWIN`: a letter that looks the same in both alphabets. `SIGN`: one that stands for a letter within a word. `FOREIGN`: one of languages that are not scored, or of flags."""


@cache
def bits(wanted: int) -> Classes:
    """The number as a zero-dimensional array, which NumPy combines with another array in half the time that a number takes."""
    return np.array(wanted, dtype=np.uint16)


TABLE: Classes = sum(
    (table.astype(np.uint16) << np.uint16(bit) for bit, table in enumerate(_TABLES)),
    start=np.zeros(letters.SIZE, dtype=np.uint16),
)
