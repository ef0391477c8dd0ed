"""All lists of a site at once: they find what each finds alone, and many cost no more than one."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.text import normalise
from discuss.classify.wordbook import MOST_HITS, MOST_WORDS, Wordbook
from discuss.classify.wordlists import WordList
from discuss.domain.rules import MOST_LETTERS, MOST_RULES, letters

SECONDS = 30
"""Processor time for a batch of fifty texts: several times what the worst takes. Without the bound it would be minutes."""

BATCH = 50
LONGEST = 5000

word = st.sampled_from(["спам", "спамер", "казино", "aa", "ab", "免", "1", "к4зино", "ка*ино", "сор"])
phrase = st.lists(word.filter(lambda one: "*" not in one), min_size=1, max_size=4).map(" ".join)
entry = phrase | phrase.map('"{}"'.format) | st.sampled_from(["спа*", "спаме*", "aa ab*", "казино aa*"])


@given(
    st.lists(st.lists(entry, max_size=6), max_size=5),
    st.lists(word | st.sampled_from(["спамеры", "казином", "abba"]), max_size=40),
)
def test_lists_together_find_what_each_of_them_finds_alone(lists, said):
    compiled, text = [WordList(entries) for entries in lists], normalise(" ".join(said))
    assert Wordbook([one.paths for one in compiled]).find(text) == [one.find(text) for one in compiled]


def test_of_each_list_a_few_hits_are_kept_however_many_there_are():
    lists = [WordList(["казино"]), WordList(["казино", "рулетка"]), WordList(["покер"])]
    found = Wordbook([one.paths for one in lists]).find(normalise("казино рулетка " * 300))
    assert [len(hits) for hits in found] == [MOST_HITS, MOST_HITS, 0]


def test_a_list_whose_only_word_stands_at_the_end_is_not_forgotten_for_those_that_fit_everywhere():
    lists = [WordList(["казино"]) for _ in range(MOST_RULES - 1)] + [WordList(["покер"])]
    found = Wordbook([one.paths for one in lists]).find(normalise("казино " * 300 + "покер"))
    assert all(found)


chance = random.Random(7)  # noqa: S311 - repeatable, guards nothing
SLOW = ["аа", "аб", "ааб"]
KNOWN = ["".join(chance.choices("абвгдежзиклмнопрст", k=chance.randint(4, 9))) for _ in range(600)]
SIGNS = "免费免费 аа 免费 а1а 免费免 б*а 免费免费 а3 免费 " * 200
NEARLY = [SIGNS.replace("*", "")[start : start + 31] + " щ" for start in range(40)]


def some(words, most):
    return [" ".join(chance.choices(words, k=most)) for _ in range(MOST_LETTERS // MOST_RULES // (4 * most))]


@pytest.mark.parametrize(
    ("lists", "text"),
    [
        pytest.param([KNOWN] * MOST_RULES, lambda: " ".join(chance.choices(KNOWN, k=800)), id="every word"),
        pytest.param(
            [some(SLOW, MOST_WORDS) for _ in range(MOST_RULES)],
            lambda: " ".join(chance.choices(SLOW, k=1600)),
            id="phrases that nearly fit everywhere",
        ),
        pytest.param(
            [[f"{('аб' * 50)[:size]}в*" for size in range(2, 98)]] * MOST_RULES,
            lambda: "абабаб " * 700,
            id="beginnings of each other",
        ),
        pytest.param(
            [["免费" * length for length in range(1, 11)]] * MOST_RULES,
            lambda: "免费" * 2500,
            id="signs without spaces",
        ),
        pytest.param(
            [[*NEARLY, *map('"{}"'.format, NEARLY)]] * MOST_RULES,
            lambda: SIGNS,
            id="texts that can be read in every way",
        ),
    ],
)
def test_a_hundred_lists_made_to_be_slow_cost_a_batch_of_long_texts_a_bounded_time(lists, text):
    assert sum(map(letters, lists)) <= MOST_LETTERS
    book = Wordbook([WordList(entries).paths for entries in lists])
    texts = [normalise(text()[:LONGEST]) for _ in range(BATCH)]
    begun = process_time()
    for one in texts:
        book.find(one)
    assert process_time() - begun < SECONDS
