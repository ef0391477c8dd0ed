"""Words, plurals and number formats of the fragment, the same as those of browsers' Intl."""

from collections.abc import Callable
from dataclasses import dataclass

MANY = range(11, 15)
"""In Russian, 11 to 14 take the plural for "many", in every hundred."""


def _english(count: int) -> str:
    return "comment" if count == 1 else "comments"


def _russian(count: int) -> str:
    if count % 100 in MANY:
        return "комментариев"
    return {1: "комментарий", 2: "комментария", 3: "комментария", 4: "комментария"}.get(
        count % 10, "комментариев"
    )


@dataclass(frozen=True, slots=True)
class Wording:
    language: str
    empty: str
    between_thousands: str
    unit: Callable[[int], str]

    def number(self, count: int) -> str:
        return f"{count:,}".replace(",", self.between_thousands)


ENGLISH = Wording("en", "Nobody has written anything yet.", ",", _english)
RUSSIAN = Wording("ru", "Пока никто ничего не написал.", "\N{NO-BREAK SPACE}", _russian)


def wording_of(language: str) -> Wording:
    """English for languages that have no words here, as in `embed/latest.js`."""
    return RUSSIAN if language.partition("-")[0].lower() == "ru" else ENGLISH
