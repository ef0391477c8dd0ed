"""What changed from one revision of a comment to the next, word by word."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.queue import Text
from discuss.domain.states import State
from discuss.http.console.comparing import MOST_WORDS, compared, versions

WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def text(number: int, source: str) -> Text:
    return Text(UUID(int=number), number, source, "en", State.PUBLISHED, WRITTEN, [])


def parts(sources: Sequence[str]) -> list[Sequence[tuple[str, str]]]:
    return [version.parts for version in versions([text(n, one) for n, one in enumerate(sources, 1)])]


def test_words_are_compared_and_not_letters() -> None:
    assert compared("a quiet remark.", "a loud remark.") == [
        ("same", "a "),
        ("old", "quiet"),
        ("new", "loud"),
        ("same", " remark."),
    ]


def test_versions_begin_with_the_newest_and_the_first_is_shown_as_it_is() -> None:
    assert parts(["One", "One two", "two"]) == [
        [("old", "One "), ("same", "two")],
        [("same", "One"), ("new", " two")],
        [("same", "One")],
    ]


def test_texts_too_long_to_compare_are_shown_as_they_are() -> None:
    long = "word " * MOST_WORDS
    assert compared("word", long) == [("same", long)]


LETTERS = st.sampled_from("ab ё!\n")


@given(st.text(LETTERS, min_size=1, max_size=20), st.text(LETTERS, max_size=20))
def test_without_the_old_the_new_text_is_left_and_the_other_way_round(before: str, after: str) -> None:
    found = compared(before, after)
    assert "".join(part for kind, part in found if kind != "old") == after
    if {kind for kind, _ in found} != {"same"}:
        assert "".join(part for kind, part in found if kind != "new") == before
