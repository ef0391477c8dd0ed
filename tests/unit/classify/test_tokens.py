"""The words of a text as word lists see them."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.tokens import LONGEST_STEMMED, readings, stem, words

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
russian = st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюя"), max_size=LONGEST_STEMMED + 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't stop_me 24/7", ["don", "t", "stop", "me", "24", "7"]),
        ("免费 now", ["免", "费", "now"]),
        ("はい、ใช่", ["は", "い", "ใ", "ช่"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("이것은 한국어", ["이것은", "한국어"]),
        ("иди 🖕🖕", ["иди", "🖕", "🖕"]),
        ("... — !", []),
        ("\u0301 \u0301", []),
    ],
)
def test_a_text_falls_into_words_in_every_script(text, expected):
    assert words(text).written == expected


@given(anything)
def test_every_word_stands_where_it_says_and_none_overlaps_another(text):
    for reading in readings(text):
        places = list(zip(reading.starts, reading.ends, strict=True))
        assert all(start < end for start, end in places)
        assert all(end <= start for (_, end), (start, _) in pairwise(places))
        assert len(reading.written) == len(reading.stems) == len(places)
        assert all(
            1 <= len(word) <= end - start for word, (start, end) in zip(reading.written, places, strict=True)
        )
    first = readings(text)[0]
    assert first.written == [text[start:end] for start, end in zip(first.starts, first.ends, strict=True)]


@pytest.mark.parametrize(
    "forms",
    [
        "дурак дурака дураку дураком дураке дураки дураков дуракам дураками дураках",
        "казино",
        "ставка ставки ставке ставку ставкой ставками",
        "бесплатный бесплатная бесплатное бесплатные бесплатного бесплатными",
        "scam scams scammed scamming",
        "bet bets betting",
    ],
)
def test_forms_of_a_word_share_a_stem(forms):
    assert len({stem(word) for word in forms.split()}) == 1


@given(russian)
def test_a_stem_is_how_the_word_begins(word):
    assert word.startswith(stem(word))


def test_many_threads_find_the_same_stems():
    given_words = [
        f"{start}{end}" for start in ("дурак", "казин", "scamm") for end in ("ами", "ing", "ов", "s")
    ]
    expected = [stem.__wrapped__(word) for word in given_words]
    with ThreadPoolExecutor(8) as threads:
        found = threads.map(lambda _: [stem.__wrapped__(word) for word in given_words], range(200))
    assert all(one == expected for one in found)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("xep", ["хер"]),  # nothing tells which alphabet it is
        ("xep ты", ["хер", "ты"]),  # nothing but the word itself suggests Latin
        ("рот", ["pot"]),
        ("мой рот большой", None),  # plainly Cyrillic
        ("a pot of tea", None),  # plainly Latin
        ("the dog and the pot или рот", None),
        ("1 2 3", None),
        ("a о", None),  # single letters are not words that could be misread
    ],
)
def test_a_word_that_could_be_of_either_alphabet_is_read_in_both_where_nothing_tells(text, others):
    _, *more = readings(text)
    assert [reading.written for reading in more] == ([others] if others else [])
