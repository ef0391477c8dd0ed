from collections import Counter
from itertools import islice
from random import Random

import pytest

from discuss.classify.composed import compose
from discuss.classify.composed.expanding import bare_sentences
from discuss.classify.composed.reading import SETS, SLOT, InvalidSet, parse

LANGUAGES = ("ru", "en")
SUBJECTS = (
    "war", "groups_neutral", "groups_hostile", "threats", "threats_near",
    "spam", "ham_near", "adverts", "adverts_near", "lures", "lures_near", "rude", "civil", "figurative", "literal",
    "scorn", "scorn_near", "contempt", "contempt_near", "calls", "calls_near",
)  # fmt: skip
RUSSIAN_ONLY = ("offers", "offers_near", "bulletins")
ENGLISH_ONLY = ("plain_near", "promises", "groups_short")
RIGHT = """
language = "en"
labels = {toxic = 0}
templates = ["One {fruit}", "{fruit} or {fruit}?"]
[slots]
fruit = ["apple", "pear", "plum"]
"""


@pytest.fixture(scope="module")
def composed():
    return list(compose(seed=1))


def of_set(composed, name):
    return [sentence for sentence in composed if sentence.set == name]


def drawn_from(text):
    chance = Random(1)  # noqa: S311 - variety, not secrecy
    return bare_sentences(parse(text, {}), chance, 100)


def test_there_is_a_set_for_every_subject_in_every_language_where_it_is_taught():
    in_both = {f"{subject}_{language}" for subject in SUBJECTS for language in LANGUAGES}
    assert set(SETS) == in_both | {f"{subject}_ru" for subject in RUSSIAN_ONLY} | {
        f"{subject}_en" for subject in ENGLISH_ONLY
    }
    assert [name for name, source in SETS.items() if not name.endswith(source.language)] == []


def test_the_same_seed_gives_the_same_sentences_and_another_seed_others(composed):
    assert list(compose(seed=1)) == composed
    assert [sentence.text for sentence in compose(seed=2)] != [sentence.text for sentence in composed]


@pytest.mark.parametrize("name", sorted(SETS))
def test_every_set_gives_hundreds_of_distinct_sentences_from_many_templates(composed, name):
    told = of_set(composed, name)
    assert 300 <= len(told) <= 1500
    assert 70 <= len(SETS[name].templates) <= 270
    assert len({sentence.text.casefold().rstrip(".!?") for sentence in told}) == len(told)


def test_no_text_stands_in_two_sets_that_differ_in_a_label(composed):
    told = {}
    for sentence in composed:
        before = told.setdefault(sentence.text.casefold(), sentence)
        assert all(before.labels.get(name, value) == value for name, value in sentence.labels.items())


def test_every_sentence_has_a_name_of_its_own(composed):
    assert len({sentence.id for sentence in composed}) == len(composed)


def test_a_name_means_the_same_fillers_whatever_the_seed(composed):
    names = {sentence.id: sentence.text.casefold().rstrip(".!?") for sentence in composed}
    again = [sentence for sentence in compose(seed=2) if sentence.id in names]
    assert again
    assert [s.text for s in again if names[s.id] != s.text.casefold().rstrip(".!?")] == []


@pytest.mark.parametrize("name", sorted(SETS))
def test_no_template_gives_more_than_twice_its_share(composed, name):
    templates = Counter(sentence.template for sentence in of_set(composed, name))
    assert max(templates.values()) <= 2 * -(-1500 // len(SETS[name].templates))


def test_no_slot_stays_unfilled(composed):
    assert [sentence.text for sentence in composed if set("{}") & set(sentence.text)] == []


def test_no_sentence_has_spaces_too_many(composed):
    assert [s.text for s in composed if s.text != " ".join(s.text.split())] == []


def test_as_many_sentences_are_made_as_asked_for_and_no_template_is_left_out():
    counted = Counter(sentence.set for sentence in compose(seed=1, most=90))
    assert set(counted.values()) == {90}
    source = SETS["war_ru"]
    templates = {s.id.split("-")[1] for s in compose(seed=1, most=len(source.templates)) if s.set == "war_ru"}
    assert len(templates) >= 0.9 * len(source.templates)


@pytest.mark.parametrize("name", sorted(SETS))
def test_capitals_and_full_stops_come_and_go(composed, name):
    told = of_set(composed, name)
    assert {sentence.text[0].isupper() for sentence in told if sentence.text[0].isalpha()} == {True, False}
    assert {sentence.text.endswith(".") for sentence in told} == {True, False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_and_neutral_sentences_speak_of_the_same_groups(language):
    neutral, hostile = SETS[f"groups_neutral_{language}"], SETS[f"groups_hostile_{language}"]
    assert neutral.shared == hostile.shared == f"groups_{language}"
    assert neutral.slots == hostile.slots
    assert neutral.labels["toxic"] == neutral.labels["identity_hate"] == 0
    assert hostile.labels["toxic"] == hostile.labels["identity_hate"] == 1
    for source in (neutral, hostile):
        without = [template for template in source.templates if not SLOT.search(template)]
        assert without == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_speak_of_all_that_is_advertised(language):
    adverts, readers = SETS[f"adverts_{language}"], SETS[f"adverts_near_{language}"]
    assert adverts.shared == readers.shared == f"wares_{language}"
    assert adverts.slots["ware"] == readers.slots["ware"]
    assert (adverts.labels["spam"], readers.labels["spam"]) == (1, 0)


def test_a_template_never_fills_two_slots_with_the_same_word():
    told = [sentence.text for sentence in drawn_from(RIGHT)]
    assert len(told) == 3 + 6
    assert "pear or pear?" not in told


def test_a_filler_that_begins_a_sentence_has_a_capital():
    text = RIGHT.replace("One {fruit}", "One {fruit}. {fruit}, so, {fruit}")
    told = {sentence.text for sentence in drawn_from(text)}
    assert "One pear. Apple, so, plum" in told
    assert not any("One pear. apple" in sentence for sentence in told)


def test_templates_take_turns():
    first = [sentence.template for sentence in islice(drawn_from(RIGHT), 4)]
    assert sorted(first[:2]) == sorted(first[2:]) == [0, 1]


@pytest.mark.parametrize(
    ("found", "put", "told"),
    [
        ("One {fruit}", "One {vegetable}", "unknown slots: vegetable"),
        ("[slots]", '[slots]\ncolour = ["red"]', "unused slots: colour"),
        ("toxic = 0", "rude = 0", "rude"),
        ("toxic = 0", "toxic = 2", "2"),
        ("One {fruit}", "One {", "braces"),
        ('"pear"', '"apple"', "twice in the slot fruit"),
        ('"One {fruit}"', '"{fruit} or {fruit}?"', "twice in templates"),
        ('"apple", "pear", "plum"', "", "nothing stands in the slot fruit"),
        ('language = "en"', 'language = "tlh"', "tlh"),
        ('language = "en"', 'language = "en"\nshared = "trees"', "trees"),
        ('language = "en"', 'language = "en"\ncolour = "red"', "colour"),
    ],
)
def test_a_set_that_contradicts_itself_is_refused(found, put, told):
    assert parse(RIGHT, {})
    assert found in RIGHT
    with pytest.raises(InvalidSet, match=told):
        parse(RIGHT.replace(found, put), {})
