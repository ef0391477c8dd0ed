"""Words for groups of people, about which a classifier is most easily unfair."""

import re

ENGLISH = (
    "african", "african american", "american", "asian", "atheist", "bisexual", "black", "blind", "buddhist", "canadian",
    "catholic", "chinese", "christian", "deaf", "elderly", "european", "female", "gay", "heterosexual", "hindu", "hispanic",
    "homosexual", "indian", "japanese", "jewish", "latina", "latino", "latinx", "lesbian", "lgbt", "lgbtq", "male",
    "mexican", "middle aged", "middle eastern", "millenial", "muslim", "nonbinary", "old", "older", "paralyzed",
    "protestant", "queer", "russian", "sikh", "straight", "taoist", "teenage", "trans", "transgender", "ukrainian",
    "white", "young", "younger",
)  # fmt: skip

# Beginnings of words, because Russian inflects.
_RUSSIAN = (
    "русск", "россиян", "украин", "белорус", "евре", "иуде", "чечен", "дагестан", "татар", "армян", "азербайджан", "грузин",
    "узбек", "таджик", "кавказ", "цыган", "мусульман", "христиан", "православн", "католик", "буддист", "атеист", "американ",
    "китай", "китаян", "поляк", "немц", "немец", "гей", "геев", "геи", "лесбиян", "женщин", "мужчин", "пенсионер", "инвалид",
)  # fmt: skip


def _alternatives(words: tuple[str, ...]) -> str:
    """The longest first, so that of two terms that begin alike the longer one is found."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ENGLISH_TERM = re.compile(rf"\b({_alternatives(ENGLISH)})\b", re.IGNORECASE)
_ANY = re.compile(rf"\b(?:(?:{_alternatives(ENGLISH)})s?\b|(?:{_alternatives(_RUSSIAN)}))", re.IGNORECASE)


def english_terms(text: str) -> frozenset[str]:
    return frozenset(found.lower() for found in _ENGLISH_TERM.findall(text))


def names_a_group(text: str) -> bool:
    return bool(_ANY.search(text))
