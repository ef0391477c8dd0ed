import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.disguises import KINDS, every_word, words_in

RUSSIAN = "Какой же ты болван, Иванов, это смешно"
ENGLISH = "What a silly fool you were, Johnson"
BESIDE = "Смотри https://site.example/болван и пиши @болванов или bolvan@site.example"

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("kind", "text", "looks"),
    [
        ("look-alikes", "топор", "[тT][оo][пn][оo][рp]"),
        ("digits and signs", "забота", "[з3][а@][б6][о0][т7][а@]"),
        ("spaced out", "болван", "б о л в а н"),
        ("starred", "болван", r"б\*лван|болв\*н"),
        ("invisible characters", "болван", "б[\u200b-\u200d\u2060\u00ad]?о.*н"),
        ("transliterated", "Щука", "Schuka"),
        ("drawn out", "fool", "f(o{3,6}){2}l"),
        ("punctuated", "болван", r"б[-.,_'*]?о[-.,_'*]?л[-.,_'*]?в[-.,_'*]?а[-.,_'*]?н"),
    ],
)
def test_a_word_looks_as_the_kind_says_and_not_as_before(kind, text, looks):
    disguised = every_word(text, kind, seed=1)
    assert disguised != text
    assert re.fullmatch(looks, disguised)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_disguise(kind):
    assert every_word(RUSSIAN, kind, seed=3) == every_word(RUSSIAN, kind, seed=3)


@pytest.mark.parametrize("kind", ["look-alikes", "starred", "drawn out", "punctuated"])
def test_another_seed_gives_another_disguise(kind):
    assert len({every_word(RUSSIAN, kind, seed) for seed in range(5)}) > 1


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"transliterated"}))
@pytest.mark.parametrize("text", [RUSSIAN, ENGLISH])
def test_every_word_of_four_letters_or_more_is_another_one_afterwards(kind, text):
    kept = set(re.findall(r"\w+", every_word(text, kind, seed=2))) & set(re.findall(r"\w{4,}", text))
    assert kept == set()


@pytest.mark.parametrize("kind", KINDS)
def test_links_addresses_and_names_of_people_stay_as_they_are(kind):
    disguised = every_word(BESIDE, kind, seed=2)
    assert all(
        part in disguised for part in ("https://site.example/болван", "@болванов", "bolvan@site.example")
    )
    assert not disguised.startswith("Смотри")


@pytest.mark.parametrize("kind", KINDS)
def test_short_words_stay_as_they_are(kind):
    assert every_word("Он и мы тут, а ты?", kind, seed=2) == "Он и мы тут, а ты?"


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_words_that_were_pointed_at_are_disguised(kind):
    start = RUSSIAN.index("олв")
    disguised = words_in(RUSSIAN, [(start, start + 3)], kind, seed=2)
    assert "болван" not in disguised
    assert disguised.startswith("Какой же ты ")
    assert disguised.endswith(", Иванов, это смешно")


def test_nothing_is_disguised_where_nothing_was_pointed_at():
    assert words_in(RUSSIAN, [], "starred", seed=2) == RUSSIAN


def test_what_is_invisible_leaves_the_text_as_it_was_to_the_eye():
    disguised = every_word(RUSSIAN, "invisible characters", seed=2)
    assert "".join(letter for letter in disguised if unicodedata.category(letter) != "Cf") == RUSSIAN


@given(anything, st.sampled_from(sorted(KINDS)))
def test_any_text_can_be_disguised(text, kind):
    assert len(every_word(text, kind, seed=1)) >= len(text) - text.lower().count("ъ") - text.lower().count(
        "ь"
    )
