"""Letters of one alphabet that stand in for those of another, and digits or signs that stand in for letters."""

import re

_TO_CYRILLIC = str.maketrans("abcehikmoptxyurn", "авсенікмортхуигп")
_TO_LATIN = str.maketrans("авсенікмортхуѕјԁԛԝ", "abcehikmoptxysjdqw")
_CYRILLIC_SIGNS = str.maketrans("0346@", "озчба")
_LATIN_SIGNS = str.maketrans("013457$", "oieasts")

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_WORD = re.compile(r"[^\W_]+(?:[@$][^\W_]+)*+")
# Two alphabets side by side, or one digit or sign between two letters. A word with any other digit is left alone:
# it is the name of a weapon or a unit.
_HINT = re.compile("[a-z][\u0400-\u052f]|[\u0400-\u052f][a-z]|[^\\W\\d_][013-7@$][^\\W\\d_]")
_DIGIT = re.compile(r"\d")
_LONE_DIGIT = re.compile(r"(?<=[^\W\d_])\d(?=[^\W\d_])")
_LONE_SIGN = re.compile(r"(?<=[^\W\d_])[013-7@$](?=[^\W\d_])")


def repair(text: str) -> str:
    """Give every word of mixed origin the letters of one alphabet. Expects folded case."""
    return _WORD.sub(_mended, text) if _HINT.search(text) else text


def _mended(found: re.Match[str]) -> str:
    word = found[0]
    if not _HINT.search(word):
        return word
    word = _one_alphabet(word)
    if _DIGIT.sub("", word) != _LONE_DIGIT.sub("", word):
        return word
    signs = _CYRILLIC_SIGNS if _CYRILLIC.search(word) else _LATIN_SIGNS
    return _LONE_SIGN.sub(lambda sign: sign[0].translate(signs), word)


def _one_alphabet(word: str) -> str:
    """The word in the alphabet of most of its letters, if every letter of the other one is a look-alike."""
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not (cyrillic and latin):
        return word
    wins, loses, table = (
        (_CYRILLIC, _LATIN, _TO_CYRILLIC) if cyrillic >= latin else (_LATIN, _CYRILLIC, _TO_LATIN)
    )
    mended = "".join(letter if wins.match(letter) else letter.translate(table) for letter in word)
    return word if loses.search(mended) else mended
