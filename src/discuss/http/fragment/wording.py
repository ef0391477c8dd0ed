"""Words, plurals and figures of the fragment, as browsers' Intl has them for the same languages."""

from collections.abc import Callable
from dataclasses import dataclass

MANY = range(11, 15)
"""Eleven to fourteen, and so on in every hundred, count as many in Russian."""


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
    """English for every language that has no words here, as in the script."""
    return RUSSIAN if language.partition("-")[0].lower() == "ru" else ENGLISH
