"""Disguises that get a rude word past a filter: for measuring, never for training.

Training makes its own disguises (`augment.py`). These are kept separate, so that a model is measured on forms it was not
shown. The same text, kind and seed give the same disguise.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

Disguise = Callable[[str, random.Random], str]
Place = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]+")
# What would be of no use if changed, under any ending, in whole: more than what a model takes for a link.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S*@\S+|\S+\.\S+/\S*")
_SHORTEST = 4
_SHORTEST_TOLD = 3

_CYRILLIC, _LATIN = "авеікмнорстухАВЕІКМНОРСТУХ", "abeikmhopctyxABEIKMHOPCTYX"
_TWINS = MappingProxyType(dict(zip(_CYRILLIC + _LATIN, _LATIN + _CYRILLIC, strict=True)))
_SIGNS = MappingProxyType(
    dict(zip("аоезчбтвaoeistbgl", "@0334678@031$7891", strict=True))  # Cyrillic letters first, then Latin
)
_VOWELS = frozenset("аеёиоуыэюяaeiouy")
_UNSEEN = "\u200b\u200c\u200d\u2060\u00ad"
_MARKS = ".-_'*,"
_IN_LATIN = MappingProxyType(
    dict(zip("абвгдезийклмнопрстуфхцыэё", "abvgdezijklmnoprstufhcyeo", strict=True))
    | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)


def lookalikes(word: str, chance: random.Random) -> str:
    """Half of the letters that have a twin in the other alphabet, replaced by it."""
    return _replaced(word, _some(_having(word, _TWINS), chance), lambda letter: _TWINS[letter])


def leet(word: str, chance: random.Random) -> str:
    """Half of the letters that look like a digit or a sign, replaced by it."""
    return _replaced(
        word,
        _some([place for place, letter in enumerate(word) if letter.lower() in _SIGNS], chance),
        lambda letter: _SIGNS[letter.lower()],
    )


def spaced(word: str, _: random.Random) -> str:
    return " ".join(word)


def starred(word: str, chance: random.Random) -> str:
    """A star over one letter inside the word, over a vowel if there is one."""
    inside = range(1, len(word) - 1)
    vowels = [place for place in inside if word[place].lower() in _VOWELS]
    return _replaced(word, [chance.choice(vowels or inside)], lambda _: "*")


def invisible(word: str, chance: random.Random) -> str:
    """Characters that cannot be seen, at two places inside the word."""
    return _replaced(word, _two_inside(word, chance), lambda letter: chance.choice(_UNSEEN) + letter)


def transliterated(word: str, _: random.Random) -> str:
    """Russian letters as they are typed on a Latin keyboard."""
    return "".join(_latin(letter) for letter in word)


def repeated(word: str, chance: random.Random) -> str:
    """Two letters inside the word, drawn out."""
    return _replaced(word, _two_inside(word, chance), lambda letter: letter * chance.randint(3, 6))


def punctuated(word: str, chance: random.Random) -> str:
    """The same mark at two places inside the word."""
    mark = chance.choice(_MARKS)
    return _replaced(word, _two_inside(word, chance), lambda letter: mark + letter)


KINDS: Mapping[str, Disguise] = MappingProxyType(
    {
        "look-alikes": lookalikes,
        "digits and signs": leet,
        "spaced out": spaced,
        "starred": starred,
        "invisible characters": invisible,
        "transliterated": transliterated,
        "drawn out": repeated,
        "punctuated": punctuated,
    }
)


def every_word(text: str, kind: str, seed: int) -> str:
    """The text with each word of four letters or more disguised; links, addresses and mentions stay as they are."""
    return _disguised(text, kind, seed, [(0, len(text))], _SHORTEST)


def words_in(text: str, places: Iterable[Place], kind: str, seed: int) -> str:
    """The text with only those words disguised that overlap one of the places, `text[start:end]`."""
    return _disguised(text, kind, seed, list(places), _SHORTEST_TOLD)


def _disguised(text: str, kind: str, seed: int, places: list[Place], shortest: int) -> str:
    kept = [found.span() for found in _ADDRESS.finditer(text)]
    source = f"{seed} {kind} {text}".encode(errors="surrogatepass")  # some texts hold half a character
    chance = random.Random(source)  # noqa: S311  - repeatable, guards nothing

    def disguise(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < shortest or _overlaps(found.span(), kept) or not _overlaps(found.span(), places):
            return word
        return KINDS[kind](word, chance)

    return _WORD.sub(disguise, text)


def _overlaps(place: Place, others: Iterable[Place]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in others)


def _having(word: str, table: Mapping[str, str]) -> list[int]:
    return [place for place, letter in enumerate(word) if letter in table]


def _some(places: list[int], chance: random.Random) -> list[int]:
    return chance.sample(places, (len(places) + 1) // 2)


def _two_inside(word: str, chance: random.Random) -> list[int]:
    inside = range(1, len(word) - 1)
    return chance.sample(inside, min(2, len(inside)))


def _replaced(word: str, places: Iterable[int], change: Callable[[str], str]) -> str:
    letters = list(word)
    for place in places:
        letters[place] = change(letters[place])
    return "".join(letters)


def _latin(letter: str) -> str:
    small = _IN_LATIN.get(letter.lower(), letter)
    return small.capitalize() if letter.isupper() else small
