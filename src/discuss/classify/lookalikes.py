"""Letters of one alphabet that stand in for those of another, and digits or signs that stand in for letters."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch, Places, Words
from discuss.classify.classes import CYRILLIC, DIGIT, GREEK, LATIN, SIGN, TWIN, UKRAINIAN, WORDLIKE, bits
from discuss.classify.letters import Codes, Flags

_TO_CYRILLIC = str.maketrans("abcehikmoptxyurnαβγδεηικλνοπρστυφχ", "авсеникмортхуигпавгдениклнопрстуфх")
_TO_UKRAINIAN = _TO_CYRILLIC | str.maketrans("iι", "іі")
_TO_LATIN = str.maketrans("авеікмнорстухјαβεηικνορτυχ", "abeikmhopctyxjabehiknoptux")
_CYRILLIC_SIGNS = str.maketrans("0134678@$", "оизчбтвас")
_LATIN_SIGNS = str.maketrans("01345789@$", "oieastbgas")  # not "!", which mostly ends a sentence: Yes!No

# A word of nothing but these, in a text of the other alphabet, was typed to be misread.
_EITHER = frozenset("abcehikmoptxyавеікмнорстух")
_SHORTEST_TWIN = 3
_PREVAILS = 3
"""A text is in the alphabet that has more than this many times the letters that the other one has outside such words."""

_BOTH = CYRILLIC | LATIN
_ALPHABETS = CYRILLIC | LATIN | GREEK
_OTHER_SIGNS = GREEK | DIGIT | SIGN

_IN_CYRILLIC = re.compile("[\u0400-\u052f]")
_IN_LATIN = re.compile("[a-z]")
_OTHER = re.compile("[a-z\u0370-\u03ff\u0400-\u052f]")
_UNMIXED = re.compile("[a-z]*|[\u0400-\u052f]*")
_SIGN = re.compile(r"[\d@$!]")
# Digits that make a weapon, a unit or a year (БМП3, 10млн, A5s, M1A1): three in a row, only before or only after the letters,
# between single letters, or two different ones in a row in a short word. Words that are hidden in this way are found among
# the words that people hide.
_NAME = re.compile(
    r".*\d{3}|[^\W\d_]+\d\d?$|\d+[^\W\d_]+$|[^\W\d_]\d[^\W\d_]\d?$|[^\W\d_]{0,2}(\d)(?!\1)\d[^\W\d_]{0,2}$"
)
_SIGN_WITHIN = re.compile(r"[^\W\d_][\d@$!]{1,2}[^\W\d_]")
# After a Cyrillic consonant and not before a vowel, 3 and 4 stand for vowels, elsewhere for the letters they resemble. After
# a Latin vowel, 1 is an l.
_ELSEWISE = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])[34](?![аеиоуыэюя])|(?<=[aeou])1")
_OTHERWISE = str.maketrans("341", "еаl")
_ENOUGH = 3
"""Letters that a word needs for a sign at its edge to be read as a letter."""


def repaired(batch: Batch) -> Batch:
    """The batch with every word of mixed letters put into one alphabet. Expects folded letters."""
    doubtful = _in_doubt(batch)
    if not np.count_nonzero(doubtful):
        return batch
    part, chosen = batch.only(doubtful)
    codes = batch.codes.copy()
    codes[chosen] = _mended(part)
    return replace(batch, codes=codes)


def _in_doubt(batch: Batch) -> Flags:
    """For each text, whether it has letters of both alphabets, or a digit, a sign or a Greek letter next to one of them."""
    doubtful: Flags = batch.held & _BOTH == _BOTH
    strange = batch.places(GREEK | DIGIT)
    if strange.size:
        beside = (batch.classes[strange - 1] | batch.classes[strange + 1]) & bits(_BOTH)
        doubtful[batch.texts(strange[beside.astype(bool)])] = True
    signs = _signs_within(batch)
    if signs.size:
        doubtful[batch.texts(signs)] = True
    return doubtful


def _signs_within(batch: Batch) -> Places:
    """Signs with a letter on both sides; a dollar may also begin or end a word."""
    signs = batch.places(SIGN)
    if not signs.size:
        return signs
    part = batch.having(_BOTH | SIGN)
    before, after = part[signs - 1], part[signs + 1]
    dollar = batch.codes[signs] == ord("$")
    within: Flags = (before & after) | (dollar & (before | after))
    return signs[within]


def _mended(batch: Batch) -> Codes:
    words = _words_with_signs(batch)
    any_of, all_of = (
        merge.reduceat(batch.classes, words.edges)[::2] for merge in (np.bitwise_or, np.bitwise_and)
    )
    cyrillic, latin = any_of & CYRILLIC != 0, any_of & LATIN != 0
    mixed = (cyrillic & latin) | ((any_of & _OTHER_SIGNS != 0) & (cyrillic | latin))
    alike = (all_of & TWIN != 0) & (words.sizes >= _SHORTEST_TWIN)
    into_cyrillic, into_latin = _abroad(batch, words, alike) if alike.any() else (alike, alike)
    suspicious = mixed | into_cyrillic | into_latin
    if batch.prose is not None:
        suspicious &= batch.prose[words.starts]
    # An i among Russian letters is an и, unless the text has Ukrainian letters.
    ukrainian = (batch.held & UKRAINIAN != 0)[batch.texts(words.starts)]
    codes = batch.codes.copy()
    for word in suspicious.nonzero()[0].tolist():
        part = slice(words.starts[word], words.ends[word])
        typed = codes[part].tobytes().decode("utf-32-le")
        if into_cyrillic[word] or into_latin[word]:
            meant = typed.translate(_TO_CYRILLIC if into_cyrillic[word] else _TO_LATIN)
        else:
            alphabets = any_of[word] & _ALPHABETS
            cyrillic_table = _TO_UKRAINIAN if ukrainian[word] else _TO_CYRILLIC
            meant = _without_signs(
                _in_one_alphabet(typed, cyrillic_table) if alphabets & (alphabets - 1) else typed
            )
        codes[part] = np.frombuffer(meant.encode("utf-32-le"), dtype=np.uint32)
    return codes


def _words_with_signs(batch: Batch) -> Words:
    signs = _signs_within(batch)
    if not signs.size:
        return batch.words
    inside = batch.having(WORDLIKE)
    inside[signs] = True
    return batch.runs(inside)


def _abroad(batch: Batch, words: Words, alike: Flags) -> tuple[Flags, Flags]:
    """The words that could be read in either alphabet and have letters of the one that their text is not written in.

    First those to be put into Cyrillic letters, then those to be put into Latin ones.
    """
    which = alike.nonzero()[0]
    text = batch.texts(words.starts[which])
    alphabets = [batch.having(CYRILLIC), batch.having(LATIN)]
    cyrillic, latin = (words.tally(letters, which) for letters in alphabets)
    all_cyrillic, all_latin = map(batch.count, alphabets)
    in_cyrillic = _prevails(all_cyrillic, all_latin, all_latin - np.bincount(text, latin, len(batch)))[text]
    in_latin = _prevails(all_latin, all_cyrillic, all_cyrillic - np.bincount(text, cyrillic, len(batch)))[
        text
    ]
    into_cyrillic, into_latin = np.zeros_like(alike), np.zeros_like(alike)
    into_cyrillic[which] = in_cyrillic & (latin > 0)
    into_latin[which] = in_latin & ~in_cyrillic & (cyrillic > 0)
    return into_cyrillic, into_latin


def _prevails(mine: Places, other: Places, proper: NDArray[Any]) -> Flags:
    """For each text, whether it is written in this alphabet, even if a few of its words look otherwise.

    `proper` counts the letters of the other alphabet outside such words.
    """
    prevailing: Flags = (mine > _PREVAILS * proper) & (mine >= other)
    return prevailing


def _in_one_alphabet(word: str, to_cyrillic: Mapping[int, int]) -> str:
    """The word in its own alphabet, if every letter of another one is a look-alike.

    Its own is the one with most letters that could not be taken for others; failing that, the one with most letters.
    """
    letters_of = {_IN_CYRILLIC: _IN_CYRILLIC.findall(word), _IN_LATIN: _IN_LATIN.findall(word)}
    proper = {which: sum(letter not in _EITHER for letter in found) for which, found in letters_of.items()}
    wins = max((_IN_CYRILLIC, _IN_LATIN), key=lambda which: (proper[which], len(letters_of[which])))
    table = to_cyrillic if wins is _IN_CYRILLIC else _TO_LATIN
    mended = "".join(letter if wins.match(letter) else letter.translate(table) for letter in word)
    left_over = any(_OTHER.match(letter) and not wins.match(letter) for letter in mended)
    return word if left_over else mended


def in_one_alphabet(word: str) -> str:
    """The same for a word of which no text says more."""
    return word if _UNMIXED.fullmatch(word) else _in_one_alphabet(word, _TO_CYRILLIC)


def _without_signs(word: str) -> str:
    signs = _SIGN.findall(word)
    table = _CYRILLIC_SIGNS if _IN_CYRILLIC.search(word) else _LATIN_SIGNS
    plain = len(word) - len(signs)
    likely = len(signs) <= plain and (plain >= _ENOUGH or _SIGN_WITHIN.search(word))
    if not likely or _NAME.match(word) or any(ord(sign) not in table for sign in signs):
        return word
    return _ELSEWISE.sub(lambda sign: sign[0].translate(_OTHERWISE), word).translate(table)
