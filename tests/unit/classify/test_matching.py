"""Where word lists match in a text as its author wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.disguises import KINDS, every_word
from discuss.classify.matching import Legible, links
from discuss.classify.wordlists import WordList

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=100)


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"starred", "transliterated"}))
def test_a_disguised_word_is_marked_from_its_first_letter_to_its_last(kind):
    for seed in range(10):
        before, word = "🔥 Смотри,", every_word("мошенник", kind, seed)
        (text,) = Legible.of([f"{before} {word}, он здесь"])
        (found,) = text.matches(WordList(["мошенник"]))
        marked = text.source[found.start : found.end]
        assert found.start == len(before) + 1
        assert word.startswith(marked)  # if the last letter is drawn out, only its first occurrence is marked
        assert len(set(word[len(marked) :])) <= 1


@given(st.lists(anything, max_size=4), st.sampled_from(["ab", "免", "1", "хер*", "🖕"]))
def test_marks_lie_within_the_text(sources, entry):
    listed = WordList([entry])
    for text in Legible.of([*sources, f"{entry.rstrip('*')} "]):
        assert all(0 <= found.start < found.end <= len(text.source) for found in text.matches(listed))


def test_a_word_behind_thousands_of_signs_that_show_nothing_is_marked():
    source = "." + "\u200b\n" * 4000 + "мошенник" + "\u200b" * 1000 + "."
    (found,) = Legible.of([source])[0].matches(WordList(["мошенник"]))
    assert source[found.start : found.end] == "мошенник"


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("see https://www.Casino.example/a?b=c now", ["casino.example"]),
        ("https://user@evil.example:8080/", ["evil.example", "user"]),
        ("[a](https://good.example/x)[b](https://evil.example)", ["good.example", "evil.example"]),
        ("http://[broken", []),
        ("no links at all", []),
    ],
)
def test_the_hosts_of_links_are_told_in_small_letters(text, hosts):
    assert [found.entry for found in links(text)] == hosts


@pytest.mark.parametrize(
    "link", ["https://казино.рф", "казино.рф/вход", "xn--80aodfsg.xn--p1ai", "www.казино.рф", "Казино.РФ"]
)
def test_a_name_in_any_alphabet_is_a_link(link):
    assert [found.entry for found in links(f"Заходи: {link}")] == ["казино.рф"]


def test_the_last_of_many_links_is_seen():
    """A spammer puts it after as many harmless ones as fit."""
    text = "https://a.example " * 250 + "https://evil.example"
    assert [found.entry for found in links(text)][-1] == "evil.example"


@given(anything)
def test_any_text_can_be_asked_for_its_links(text):
    found = links(f"{text} https://a.example")
    assert all(one.entry and 0 <= one.start < one.end <= len(text) + 18 for one in found)
    assert found[-1].entry == "a.example"
