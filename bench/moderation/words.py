"""Made-up words and texts: as many different words as a language has, used as unevenly as people use them."""

from collections.abc import Iterator
from typing import Any

import numpy as np

CYRILLIC = (
    "бвгджзклмнпрстфхцчш",
    "аеиоуыя",
    ("", "а", "у", "ом", "е", "ы", "ов", "ами", "ать", "ает", "ный", "ного"),
)
LATIN = ("bcdfghjklmnprstvwz", "aeiou", ("", "s", "ed", "ing", "er", "ly"))
_SHORT = 600
"""How many of the most used words have one, two or three syllables."""

MARKS = (". ", ", ", " ", " ", " ", " ", " ", " ", " ", " ")


def vocabulary(
    number: int, alphabet: tuple[str, str, tuple[str, ...]], random: np.random.Generator
) -> list[str]:
    """The most used words first: short ones are used more."""
    consonants, vowels, endings = alphabet
    found: dict[str, None] = {}
    while len(found) < number:
        syllables = 1 + len(found) // 200 if len(found) < _SHORT else int(random.integers(3, 5))
        stem = "".join(
            consonants[random.integers(len(consonants))] + vowels[random.integers(len(vowels))]
            for _ in range(syllables)
        )
        found[stem + consonants[random.integers(len(consonants))] + str(random.choice(endings))] = None
    return list(found)


def uneven(choices: int, number: int, random: np.random.Generator) -> np.ndarray[Any, Any]:
    """Numbers below `choices`, the lowest most often: n comes up in proportion to 1 / (n + 3)."""
    shares = 1 / (np.arange(choices) + 3.0)
    return np.searchsorted(np.cumsum(shares / shares.sum()), random.random(number)).clip(0, choices - 1)


def texts(number: int, words: list[str], random: np.random.Generator) -> Iterator[str]:
    """Texts of 4 to 150 words, 24 in the median; the word of rank r comes up in proportion to 1 / (r + 3)."""
    lengths = np.clip(random.lognormal(3.2, 0.7, number), 4, 150).astype(int)
    ranks = uneven(len(words), int(lengths.sum()), random)
    marks = random.integers(len(MARKS), size=int(lengths.sum()))
    place = 0
    for length in lengths:
        here = slice(place, place + length)
        yield "".join(words[r] + MARKS[m] for r, m in zip(ranks[here], marks[here], strict=True)).strip()
        place += length
