"""What a head is taught if a source tells what its raters thought of a comment as a whole."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from discuss.classify import recipe
from discuss.classify.composed.reading import SETS
from discuss.classify.material import OWN, Item, Material, lesson

NONE = np.empty(0, dtype=np.intp)
LEVELS = st.none() | st.floats(1, 4)


def material(levels):
    items = [
        Item("", "en", "c3_news_en", {"toxic": int((level or 1) >= 2), "insult": 0}, 1, degree=degree(level))
        for level in levels
    ]
    return Material(items, csr_matrix((len(items), 1)), NONE, NONE, {})


def degree(level):
    return recipe.degree("c3_news_en", {} if level is None else {"tox_level": level})


def everything(item):
    del item
    return True


@given(st.lists(LEVELS, min_size=1))
def test_a_row_counts_no_more_for_teaching_both_answers(levels):
    rows = material(levels)
    known = rows.lessons("toxic", "en", everything)
    taught = rows.by_degree("toxic", known)
    weights = Counter()
    for place, weight in zip(taught.places.tolist(), taught.weights.tolist(), strict=True):
        assert weight > 0
        weights[place] += weight
    assert weights == pytest.approx(dict(zip(known.places.tolist(), known.weights.tolist(), strict=True)))


@given(st.floats(1, 4))
def test_the_more_toxic_raters_found_a_row_the_more_it_teaches_that_it_is(level):
    taught = material([level]).by_degree("toxic", material([level]).lessons("toxic", "en", everything))
    toxic = taught.weights[taught.targets == 1].sum() / taught.weights.sum()
    assert toxic == pytest.approx(min((level - 1) / 2, 1))


def test_where_raters_are_of_one_mind_or_only_a_label_is_told_there_is_one_answer():
    rows = material([1.0, 4.0, None])
    taught = rows.by_degree("toxic", rows.lessons("toxic", "en", everything))
    assert dict(zip(taught.places.tolist(), taught.targets.tolist(), strict=True)) == {0: 0, 1: 1, 2: 0}


def test_what_raters_made_of_it_on_the_whole_says_nothing_of_other_labels():
    rows = material([1.5])
    known = rows.lessons("insult", "en", everything)
    assert rows.by_degree("insult", known) is known


@pytest.mark.parametrize(
    ("source", "meta"),
    [("olid_twitter_en", {"tox_level": 3.0}), ("c3_news_en", {}), ("c3_news_en", {"tox_level": "high"})],
)
def test_a_row_without_a_level_that_is_known_has_no_degree(source, meta):
    assert recipe.degree(source, meta) is None


def test_a_sentence_of_our_own_counts_as_the_recipe_says_and_as_many_times_as_it_stands_for():
    sentence = Item("", "en", OWN, {"toxic": 1, "spam": 0}, 1, counts=4.0, set="scorn_en")
    assert lesson(sentence, "toxic") == (1, 4.0 * recipe.OWN["toxic"])
    assert lesson(sentence, "spam") == (0, 4.0 * recipe.OWN["spam"])
    assert lesson(sentence, "threat") is None


@pytest.mark.parametrize(("language", "label"), sorted(recipe.OWN_LEFT_OUT))
def test_a_set_that_is_left_out_teaches_that_label_nothing(language, label):
    for left_out in recipe.OWN_LEFT_OUT[language, label]:
        assert label in SETS[left_out].labels
        sentence = Item("", language, OWN, dict(SETS[left_out].labels), 1, set=left_out)
        assert lesson(sentence, label) is None
        others = [other for other in sentence.labels if (language, other) not in recipe.OWN_LEFT_OUT]
        assert [other for other in others if lesson(sentence, other) is None] == []
