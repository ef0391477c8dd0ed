import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.text import LONGEST, bounded, normalise

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
tricky = st.text(st.sampled_from("aаoоcсtт0346@$ .-_!ы\u200b\u0301\u202eЁİßﬁ１"), max_size=60)


@given(anything | tricky)
def test_normalising_twice_is_normalising_once(text):
    once = normalise(text)
    assert normalise(once) == once


@given(anything)
def test_the_result_can_be_stored(text):
    result = normalise(text)
    assert "\0" not in result
    result.encode()
    assert len(result) <= LONGEST


@given(anything, st.sampled_from("\u200b\u200d\u2060\u00ad\ufeff\u202e\u2066"))
def test_what_cannot_be_seen_makes_no_difference_inside_a_word(text, unseen):
    assert normalise(f"слово{unseen}форма {text}") == normalise(f"словоформа {text}")


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("ТЫ ТУПОЙ", "ты тупой"),
        ("тyпoй", "тупой"),  # Latin y and o
        ("stuріd", "stupid"),  # Cyrillic р and і
        ("т у п о й", "тупой"),
        ("i.d.i.o.t", "idiot"),
        ("туууупой!!!!", "тупой!"),
        ("ид\u200bиот", "идиот"),
        ("ид\u0336иот", "идиот"),
        ("ｉｄｉｏｔ", "idiot"),
        ("Ёлка", "елка"),
        ("ид@от", "идаот"),
        ("st0p", "stop"),
    ],
)
def test_disguises_are_taken_off(disguised, plain):
    assert normalise(disguised) == plain


@pytest.mark.parametrize(
    "name",
    [
        "т-72б3",
        "су-35с",
        "с-300",
        "f-16v",
        "m1a2",
        "himars",
        "мстa-с".replace("a", "а"),
        "тв-1",
        "10:45",
        "editor@site.example",
    ],
)
def test_names_of_weapons_and_addresses_stay_as_they_are(name):
    assert normalise(name) == name


@pytest.mark.parametrize(
    "piece", ["a", "a.", "а ", "aа", "a0", "@", "a@", "\u0301", "a\u0301\u0316", "!", "1 ", "ﷺ", "\ud800"]
)
def test_of_a_megabyte_of_anything_only_the_beginning_and_the_end_are_read(piece):
    text = piece * (1_000_000 // len(piece))
    assert normalise(text) == normalise(bounded(text))
    assert len(bounded(text)) <= LONGEST
