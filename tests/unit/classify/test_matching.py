"""Where lists of words fit in a text as its author wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.disguises import KINDS, every_word
from discuss.classify.matching import MOST_LINKS, Legible, links
from discuss.classify.wordlists import WordList
from discuss.domain.detecting import Match

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=100)


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"starred", "transliterated"}))
def test_a_disguised_word_is_marked_from_its_first_letter_to_its_last(kind):
    for seed in range(10):
        before, word = "🔥 Смотри,", every_word("мошенник", kind, seed)
        (text,) = Legible.of([f"{before} {word}, он здесь"])
        (found,) = text.matches(WordList(["мошенник"]))
        marked = text.source[found.start : found.end]
        assert found.start == len(before) + 1
        assert word.startswith(marked)  # of a last letter that was drawn out, the first
        assert len(set(word[len(marked) :])) <= 1


@given(st.lists(anything, max_size=4), st.sampled_from(["ab", "免", "1", "хер*", "🖕"]))
def test_marks_lie_within_the_text(sources, entry):
    listed = WordList([entry])
    for text in Legible.of([*sources, f"{entry.rstrip('*')} "]):
        assert all(0 <= found.start < found.end <= len(text.source) for found in text.matches(listed))


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("see https://www.Casino.example/a?b=c now", ["casino.example"]),
        ("https://user@evil.example:8080/", ["evil.example"]),
        ("http://[broken", []),
        ("no links at all", []),
    ],
)
def test_the_hosts_of_links_are_told_in_small_letters(text, hosts):
    assert [found.entry for found in links(text)] == hosts


@given(anything)
def test_any_text_can_be_asked_for_its_links(text):
    found = links(text + " https://a.example" * (MOST_LINKS + 5))
    assert all(isinstance(one, Match) and one.entry for one in found)
    assert len(found) <= MOST_LINKS
