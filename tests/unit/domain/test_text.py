"""What may be stored as a comment, a name or a title."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.text import clean_comment, clean_line, name_key, name_look
from discuss.errors import DiscussError, InvalidInput, TextEmpty, TextNotAllowed, TextTooLong


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "\u200b\u200d",
        "\u202e\u2066",
        "\ufeff",
        "\u00ad",
        "\ufe0f",
        "\u3164",
        "\u2800",
        "\u034f",
        "\U000e0100",
        "\u180b\u180f\u2065\ufff0\U000e0080",
    ],
)
def test_a_comment_without_anything_to_see_is_empty(text: str) -> None:
    with pytest.raises(TextEmpty):
        clean_comment(text, 100)


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x85b", "a\ud800b"])
def test_control_characters_and_broken_surrogates_are_refused_by_their_place(text: str) -> None:
    with pytest.raises(TextNotAllowed, match="Character 2"):
        clean_comment(text, 100)


@pytest.mark.parametrize(
    "text",
    ["Привет", "👨‍👩‍👧 family", "שלום \u200f(עולם)", "two\nlines\tand a tab", "é", "❤️", "葛\U000e0100城"],
)
def test_ordinary_text_of_any_script_is_kept(text: str) -> None:
    assert clean_comment(text, 100) == unicodedata.normalize("NFC", text)


def test_a_long_comment_is_refused_with_both_numbers() -> None:
    with pytest.raises(TextTooLong, match="11 characters; at most 10"):
        clean_comment("x" * 11, 10)


def test_a_comment_is_as_long_as_what_is_stored() -> None:
    with pytest.raises(TextTooLong, match="12 characters; at most 10"):
        clean_comment("\ufb2c" * 4, 10)
    assert len(clean_comment("\ufb2c" * 3, 10)) == 9


@pytest.mark.parametrize(
    "name",
    ["", "\u200b", "a\nb", "ab\u202ecd", "a\u200bb", "x" * 61, "a\u200db", "a\x00", "a\u3164", "a\u034fb"],
)
def test_a_name_that_could_deceive_or_break_a_line_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        clean_line(name, "name", 60)


@pytest.mark.parametrize("unseen", ["\U000e0100", "\U000e01ef", "\u180b", "\u2065", "\ufff8", "\U000e0080"])
def test_no_name_looks_like_another_through_what_shows_nothing(unseen: str) -> None:
    with pytest.raises(InvalidInput, match="invisible"):
        clean_line(f"Anna{unseen}", "name", 60)
    assert name_key(f"Anna{unseen}") == name_key("Anna")


@pytest.mark.parametrize("strange", ["\ue000", "\U0010fffd", "\u0378", "\uffff"])
def test_a_name_holds_only_characters_that_have_a_meaning(strange: str) -> None:
    with pytest.raises(InvalidInput, match="meaning"):
        clean_line(f"Anna{strange}", "name", 60)
    assert clean_line(f"News {strange}", "title", 60, joiners=True)


def test_a_name_has_no_heap_of_marks_either() -> None:
    with pytest.raises(InvalidInput, match="marks"):
        clean_line("A" + "\u0301" * 50, "name", 60)
    assert clean_line("Nguyê\u0303n", "name", 60) == "Nguyễn"


def test_a_title_may_choose_the_forms_of_its_letters() -> None:
    for title in ("葛\U000e0100城", "\u182d\u180b\u1820", "🏔️"):
        assert clean_line(title, "title", 60, joiners=True) == title


def test_a_title_may_hold_joiners_and_soft_hyphens() -> None:
    assert clean_line("Bundes\u00adwehr 👨‍✈️", "title", 60, joiners=True) == "Bundes\u00adwehr 👨‍✈️"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        cleaned = clean_comment(text, 10_000)
    except DiscussError:
        return
    assert clean_comment(cleaned, 10_000) == cleaned


def test_a_letter_under_a_heap_of_marks_is_refused_before_it_costs_time() -> None:
    with pytest.raises(TextNotAllowed, match="marks"):
        clean_comment("a" + "\u0315" * 2000 + "\u0323" * 2000, 5000)
    assert clean_comment("e\u0301\u0323", 100)


def test_spaces_of_every_kind_are_one_space_in_a_name() -> None:
    assert clean_line("Anna \u00a0\u2003 K", "name", 60) == "Anna K"


@pytest.mark.parametrize("other", ["ANNA", "\uff21nna", "A\ufe0fnna", "anna"])
def test_names_that_look_the_same_share_a_key(other: str) -> None:
    assert name_key(other) == name_key("Anna")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Oxana", "\u041exana"), ("Max", "Мах"), ("РОМА", "POMA"), ("Илья 0", "Илья O"), ("Ivan", "\u0399van"), ("Illa", "IlIa"), ("Ёж", "Ëж")],
)  # fmt: skip
def test_names_that_people_would_take_for_each_other_share_a_look(one: str, other: str) -> None:
    assert name_look(one) == name_look(other)
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Анна", "Алла"), ("Oleg", "Olga"), ("Пётр", "Петр"), ("Ivan", "Ivana")]
)
def test_other_names_look_different(one: str, other: str) -> None:
    assert name_look(one) != name_look(other)
