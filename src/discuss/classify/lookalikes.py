"""Letters of one alphabet that stand in for those of another, and digits or signs that stand in for letters."""

import re
from dataclasses import replace

import numpy as np

from discuss.classify import letters
from discuss.classify.batch import Batch, Places, Tally, Words
from discuss.classify.letters import CYRILLIC, DIGIT, GREEK, LATIN, Flags

_TO_CYRILLIC = str.maketrans("abcehikmoptxyurnαβεηικνορτυχ", "авсенікмортхуигпавенікнортух")
_TO_LATIN = str.maketrans("авеікмнорстухјαβεηικνορτυχ", "abeikmhopctyxjabehiknoptux")
_CYRILLIC_SIGNS = str.maketrans("0134678@$", "оизчбтвас")
_LATIN_SIGNS = str.maketrans("01345789@$!", "oieastbgasi")
_SIGNS = letters.flags("@$!")
_LETTER = CYRILLIC | LATIN
_OTHER_SIGNS = GREEK | DIGIT | _SIGNS

# A whole word of these, in a text of the other alphabet, was typed so as to be misread.
_EITHER = frozenset("abcehikmoptxyавеікмнорстух")
_TWINS = letters.flags("".join(_EITHER - {"i", "і"}))
_SHORTEST_TWIN = 3
_PREVAILS = 3
"""So many times as many letters as the other alphabet has outside of such words make an alphabet that of the text."""

# A bit for each class, and which pairs of neighbours hint at a word of mixed origin.
_BITS = CYRILLIC.astype(np.uint8) | LATIN.astype(np.uint8) << 1 | _OTHER_SIGNS.astype(np.uint8) << 2
_HINT = np.array([bits not in (0, 1, 2, 4) for bits in range(8)])
_BOTH = 3
_CLASSES = Tally.classes(CYRILLIC, LATIN, _OTHER_SIGNS, _TWINS)

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_OTHER = re.compile("[a-z\u0370-\u03ff\u0400-\u052f]")
_SIGN = re.compile(r"[\d@$!]")
# Two different digits in a row in a short word, or digits at the end of letters only: a weapon, a unit, a year.
_NAME = re.compile(r".*\d{3}|[^\W\d_]+\d\d$|[^\W\d_]{0,2}(\d)(?!\1)\d[^\W\d_]{0,2}$")
_SIGN_WITHIN = re.compile(r"[^\W\d_][\d@$!]{1,2}[^\W\d_]")
# Between Cyrillic consonants 3 and 4 stand for vowels, elsewhere for the letters they resemble; a 1 behind a Latin vowel
# is an l.
_ELSEWISE = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])[34](?![аеиоуыэюя])|(?<=[aeou])1")
_OTHERWISE = str.maketrans("341", "еаl")
_ENOUGH = 3
"""Letters that a word needs for a sign at its edge to be one of them."""


def repaired(batch: Batch) -> Batch:
    """Every word of mixed origin with the letters of one alphabet. Expects folded letters."""
    bits = _BITS[batch.codes]
    if not _HINT[bits[1:] | bits[:-1]].any() and np.bitwise_or.reduce(bits) & _BOTH != _BOTH:
        return batch
    words = batch.words(letters.WORDLIKE[batch.codes] | _signs_within(batch))
    cyrillic, latin, other, twins = Tally(batch.codes, _CLASSES).within(words.starts, words.ends, 4)
    mixed = ((cyrillic > 0) & (latin > 0)) | ((other > 0) & (cyrillic + latin > 0))
    alike = (twins == words.sizes) & (twins >= _SHORTEST_TWIN)
    into_cyrillic, into_latin = _abroad(words, alike, cyrillic, latin) if alike.any() else (alike, alike)
    suspicious = mixed | into_cyrillic | into_latin
    if batch.prose is not None:
        suspicious &= batch.prose[words.starts]
    suspects = suspicious.nonzero()[0].tolist()
    if not suspects:
        return batch
    codes = batch.codes.copy()
    for word in suspects:
        part = slice(words.starts[word], words.ends[word])
        typed = codes[part].tobytes().decode("utf-32-le")
        if into_cyrillic[word] or into_latin[word]:
            meant = typed.translate(_TO_CYRILLIC if into_cyrillic[word] else _TO_LATIN)
        else:
            meant = _without_signs(_in_one_alphabet(typed))
        codes[part] = np.frombuffer(meant.encode("utf-32-le"), dtype=np.uint32)
    return replace(batch, codes=codes)


def _signs_within(batch: Batch) -> Flags:
    """Signs with a letter on both sides; a dollar may also begin or end a word."""
    within = _SIGNS[batch.codes]
    if not within.any():
        return within
    part, dollar = _LETTER[batch.codes] | within, batch.codes == ord("$")
    within[1:-1] &= (part[2:] | dollar[1:-1]) & (part[:-2] | dollar[1:-1]) & (part[2:] | part[:-2])
    return within


def _abroad(words: Words, alike: Flags, cyrillic: Places, latin: Places) -> tuple[Flags, Flags]:
    """The words that could be read in either alphabet and have letters of the one that their text is not written in.

    First those that belong into Cyrillic, then those that belong into Latin letters.
    """
    text: Places = np.cumsum(words.new, dtype=np.intp)
    in_cyrillic = _prevails(text, cyrillic, latin, alike)
    in_latin = _prevails(text, latin, cyrillic, alike)
    return alike & in_cyrillic & (latin > 0), alike & in_latin & ~in_cyrillic & (cyrillic > 0)


def _prevails(text: Places, mine: Places, other: Places, alike: Flags) -> Flags:
    """For every word: whether its text is written in this alphabet, whatever a few words of it look like."""
    all_mine, all_other = np.bincount(text, mine), np.bincount(text, other)
    proper = np.bincount(text, np.where(alike, 0, other))
    prevailing: Flags = ((all_mine > _PREVAILS * proper) & (all_mine >= all_other))[text]
    return prevailing


def _in_one_alphabet(word: str) -> str:
    """The word in its own alphabet, if every letter of another one is a look-alike.

    Its own is the one whose letters could not be taken for others; failing that, the one of most letters.
    """
    letters_of = {_CYRILLIC: _CYRILLIC.findall(word), _LATIN: _LATIN.findall(word)}
    proper = {which: sum(letter not in _EITHER for letter in found) for which, found in letters_of.items()}
    wins = max((_CYRILLIC, _LATIN), key=lambda which: (proper[which], len(letters_of[which])))
    table = _TO_CYRILLIC if wins is _CYRILLIC else _TO_LATIN
    mended = "".join(letter if wins.match(letter) else letter.translate(table) for letter in word)
    left_over = any(_OTHER.match(letter) and not wins.match(letter) for letter in mended)
    return word if left_over else mended


def _without_signs(word: str) -> str:
    signs = _SIGN.findall(word)
    table = _CYRILLIC_SIGNS if _CYRILLIC.search(word) else _LATIN_SIGNS
    plain = len(word) - len(signs)
    likely = len(signs) <= plain and (plain >= _ENOUGH or _SIGN_WITHIN.search(word))
    if not likely or _NAME.match(word) or any(ord(sign) not in table for sign in signs):
        return word
    return _ELSEWISE.sub(lambda sign: sign[0].translate(_OTHERWISE), word).translate(table)
