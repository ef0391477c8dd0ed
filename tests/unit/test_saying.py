"""Numbers, durations and plurals as people write them in both languages."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from discuss.http.pages.languages import WORDS
from discuss.http.pages.saying import filled, grouped, lasted, plural

ENGLISH = ["{n} report", "{n} reports"]
RUSSIAN = ["{n} жалоба", "{n} жалобы", "{n} жалоб"]


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 жалоб"), (1, "1 жалоба"), (2, "2 жалобы"), (5, "5 жалоб"), (11, "11 жалоб"), (14, "14 жалоб"), (21, "21 жалоба"), (112, "112 жалоб"), (104, "104 жалобы")],
)  # fmt: skip
def test_russian_has_three_plurals(number: int, said: str) -> None:
    assert plural(RUSSIAN, number) == said


def test_english_has_two() -> None:
    assert [plural(ENGLISH, number) for number in (0, 1, 2, 21)] == [
        "0 reports",
        "1 report",
        "2 reports",
        "21 reports",
    ]


def test_thousands_stand_apart() -> None:
    assert grouped(1_234_567).split("\N{NARROW NO-BREAK SPACE}") == ["1", "234", "567"]


def test_a_duration_is_said_in_its_largest_unit() -> None:
    units = WORDS["ru"]["console"]["units"]
    spans = [timedelta(seconds=-3), timedelta(seconds=59), timedelta(minutes=61), timedelta(days=2, hours=5)]
    assert [lasted(span, units) for span in spans] == ["< 1 мин", "< 1 мин", "1 ч", "2 дн."]


def test_names_take_their_places_in_a_sentence() -> None:
    assert filled("{name} решает: {n}", {"name": "Анна", "n": 3}) == "Анна решает: 3"


def test_a_number_in_a_sentence_of_one_form_has_no_russian_noun_behind_it() -> None:
    """The noun would be right only for some numbers: 5 раз, 22 раза."""

    def sentences(words: Mapping[str, Any]) -> Iterator[str]:
        for value in words.values():
            if isinstance(value, str):
                yield value
            elif isinstance(value, Mapping):
                yield from sentences(value)

    said = list(sentences(WORDS["ru"]))
    behind = {
        found for text in said for found in re.findall(r"\{(?:n|done|hits|seen|total)\} ([а-яё]+)", text)
    }
    assert behind <= {"из", "мин", "ч", "дн"}
