"""Numbers, durations and plurals in the words of a page's language."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from discuss.http.pages.languages import Words

MINUTE, HOUR, DAY = 60, 3600, 86_400
TEEN_FROM, TEEN_TO = 11, 14
FEW_FROM, FEW_TO = 2, 4


def plural(forms: Sequence[str], number: int) -> str:
    """With two forms, as in English, or three, as in Russian: 1 день, 2 дня, 5 дней."""
    return forms[_form(number, len(forms))].replace("{n}", grouped(number))


def _form(number: int, forms: int) -> int:
    if forms == FEW_FROM:
        return 0 if number == 1 else 1
    if TEEN_FROM <= number % 100 <= TEEN_TO:
        return 2
    if number % 10 == 1:
        return 0
    return 1 if FEW_FROM <= number % 10 <= FEW_TO else 2


def grouped(number: int) -> str:
    """With narrow spaces between thousands, which read well in both languages."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def lasted(span: timedelta, units: Words) -> str:
    """A duration in a single unit: `12 min`, `3 h`, `2 d`."""
    seconds = max(int(span.total_seconds()), 0)
    unit, size = next(
        (pair for pair in (("d", DAY), ("h", HOUR), ("min", MINUTE)) if seconds >= pair[1]), ("now", 1)
    )
    text: str = units[unit]
    return text.replace("{n}", str(seconds // size))


def filled(text: str, values: Mapping[str, Any]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
