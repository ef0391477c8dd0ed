"""Words for groups of people, to which no head may be partial: they are no features of it at all.

What is said about a group still counts, and so do words of contempt for it; the plain name does not.
"""

import re
import tomllib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from discuss.classify import composed
from discuss.classify.batch import Batch
from discuss.classify.ngrams import Ngrams
from discuss.classify.text import normalised

# Besides those that the sentences of our own speak of.
_ENGLISH = (
    "african asian arab atheist bisexual black blind buddhist canadian catholic chinese christian deaf disabled elderly "
    "european female gay german heterosexual hindu hispanic homosexual immigrant indian japanese jew jewish latina latino "
    "latinx lesbian lgbt lgbtq male mexican migrant millennial muslim nonbinary older paralyzed polish protestant queer "
    "refugee russian sikh straight taoist teenage trans transgender turkish ukrainian white woman women young younger"
)
_RUSSIAN = (
    "русский русская русские россиянин россияне украинец украинка украинцы белорус белорусы еврей еврейка евреи чеченец "
    "чеченцы дагестанец дагестанцы татарин татары армянин армяне азербайджанец азербайджанцы грузин грузины узбек узбеки "
    "таджик таджики казах казахи кавказец кавказцы цыган цыгане мусульманин мусульмане христианин христиане православный "
    "православные католик католики буддист атеист американец американцы немец немцы поляк поляки китаец китайцы араб арабы "
    "турок турки мигрант мигранты беженец беженцы гей геи лесбиянка трансгендер женщина женщины мужчина мужчины старик "
    "старики пенсионер пенсионеры подросток подростки инвалид инвалиды"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_GROUP = frozenset(["and", "the", "people", "users"])
_TELLING = 4
"""Shorter n-grams stand in many other words; those of a word of so many letters are taken all the same."""


def words() -> frozenset[str]:
    fillers = [
        filler
        for path in sorted((Path(composed.__file__).parent / "slots").glob("groups_*.toml"))
        for slot in tomllib.loads(path.read_text(encoding="utf-8")).values()
        for filler in slot
    ]
    named = " ".join([*fillers, _ENGLISH, _RUSSIAN]).lower()
    singular = set(_WORD.findall(named)) - _NO_GROUP
    return frozenset(singular | {f"{word}s" for word in singular if word.isascii()})


def columns(ngrams: Ngrams) -> NDArray[np.intp]:
    """The columns of n-grams that lie within such a word, but for those that are too short to tell it."""
    batch = normalised(Batch.of(sorted(words())))
    found = []
    for kind in ngrams.of(batch):
        sizes = kind.ends - kind.starts
        text = np.searchsorted(batch.bounds, kind.starts, side="right") - 1
        short_word = batch.sizes[np.minimum(text, len(batch) - 1)] - 2 <= _TELLING
        telling = (kind.columns < ngrams.nothing) & ((sizes >= _TELLING) | short_word)
        found.append(kind.columns[telling])
    return np.unique(np.concatenate(found)).astype(np.intp)
