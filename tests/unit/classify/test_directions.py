import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.directions import as_seen
from discuss.classify.matching import Legible
from discuss.classify.text import normalise
from discuss.classify.wordlists import WordList

signs = st.text(st.sampled_from("абв \n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), max_size=60)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("\u202eлибед йопут ыТ", "ты тупой дебил"),
        ("Ты \u202eлибед\u202c, да", "ты дебил, да"),
        ("де\u202eлиб\u202c", "дебил"),
        ("\u202eлибед\nконец", "дебил конец"),
        ("\u202elib\u202eed", "debil"),
        ("\u202ef\u202dde\u202cca", "acdef"),
        ("\u202eв\u2066а\u2069б", "бав"),
        ("\u202bслово\u202c и \u2067дело\u2069", "слово и дело"),
    ],
)
def test_what_is_turned_around_is_read_the_way_it_looks(typed, seen):
    assert normalise(typed) == seen


@given(signs)
def test_no_letter_is_lost_or_read_twice(text):
    raw = Batch.of([text, "other"])
    read = as_seen(raw)
    assert sorted(read.origins.tolist()) == sorted(raw.origins.tolist())
    assert all(
        text[place] == chr(code)
        for place, code in zip(read.origins[1 : len(text) + 1], read.codes[1:], strict=False)
    )


@given(signs.filter(lambda text: "\u202e" not in text))
def test_nothing_else_turns_letters_around(text):
    raw = Batch.of([text])
    assert as_seen(raw) is raw


def test_a_word_of_a_list_is_found_where_it_was_typed():
    (legible,) = Legible.of(["Ты \u202eлибед"])
    (found,) = legible.matches(WordList(["дебил"]))
    assert (found.start, found.end) == (4, 9)


def test_the_word_that_raised_a_score_is_marked_where_it_was_typed(classifier):
    text = "Ты \u202eлибед йопут"
    spans = classifier.explain([text])[0]["toxic"]
    assert {text[span.start : span.end] for span in spans} <= {"Ты", "либед", "йопут"}
    assert "либед" in {text[span.start : span.end] for span in spans}
