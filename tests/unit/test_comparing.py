"""What changed from one revision of a comment to the next, word by word."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.queue import Text
from discuss.domain.states import State
from discuss.http.console.aligning import Steps, aligned
from discuss.http.console.comparing import MOST_STEPS, WORD, versions

WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
MANY = 10_000


def text(number: int, source: str) -> Text:
    return Text(UUID(int=number), number, source, "en", State.PUBLISHED, WRITTEN, [])


def parts(sources: Sequence[str], most_steps: int = MOST_STEPS) -> list[Sequence[tuple[str, str]]]:
    texts = [text(n, one) for n, one in enumerate(sources, 1)]
    return [version.parts for version in versions(texts, most_steps)]


def compared(before: str, after: str) -> Sequence[tuple[str, str]]:
    return parts([before, after])[0]


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
    assert parts([]) == []


def test_a_slip_that_is_put_right_at_both_ends_of_a_long_text_is_all_that_is_marked() -> None:
    middle = " ".join(f"word{number}" for number in range(3000))
    assert compared(f"Teh {middle} teh end", f"The {middle} the end") == [
        ("old", "Teh"),
        ("new", "The"),
        ("same", f" {middle} "),
        ("old", "teh"),
        ("new", "the"),
        ("same", " end"),
    ]


def laced(letter: str, length: int = 1500) -> str:
    """Every second word is one that other texts have too; the rest are unique."""
    return " a ".join(f"{letter}{number}" for number in range(length))


def test_of_texts_that_take_too_many_steps_what_is_between_their_ends_is_shown_as_a_whole() -> None:
    assert compared(f"Dear {laced('x')} all", f"Dear {laced('y')} all") == [
        ("same", "Dear "),
        ("old", laced("x")),
        ("new", laced("y")),
        ("same", " all"),
    ]


@pytest.mark.parametrize(
    "sources",
    [
        [laced("x" if number % 2 else "y") for number in range(50)],
        [" ".join(Random(number).choices("abc", k=3000)) for number in range(50)],  # noqa: S311  - made up, not secret
        [f"{number} {'a ' * 3000} {number}" for number in range(50)],
        ["a " * (1500 + number % 2 * 1500) for number in range(50)],
    ],
    ids=["laced", "few words", "one word", "one word more often"],
)
def test_however_texts_were_written_all_take_few_steps(
    sources: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, Steps]] = []

    def counted(left: int) -> Steps:
        given.append((left, Steps(left)))
        return given[-1][1]

    monkeypatch.setattr("discuss.http.console.comparing.Steps", counted)
    assert len(parts(sources)) == 50
    longest = max(len(WORD.findall(source)) for source in sources)
    assert sum(before - after.left for before, after in given) <= MOST_STEPS + 50 * longest


def test_a_revision_that_takes_too_many_steps_leaves_some_for_those_before_it() -> None:
    newest, edited, *_ = parts(["It is so.", "It was so.", laced("x"), laced("y")])[0::2]
    assert [kind for kind, _ in newest] == ["old", "new"]
    assert edited == [("same", "It "), ("old", "is"), ("new", "was"), ("same", " so.")]


LETTERS = st.sampled_from("ab ё!\n")


@given(
    st.text(LETTERS, min_size=1, max_size=20), st.text(LETTERS, max_size=20), st.sampled_from([0, 9, MANY])
)
def test_without_the_old_the_new_text_is_left_and_the_other_way_round(
    before: str, after: str, most_steps: int
) -> None:
    found = parts([before, after], most_steps)[0]
    assert "".join(part for kind, part in found if kind != "old") == after
    assert "".join(part for kind, part in found if kind != "new") == before


WORDS = st.lists(st.sampled_from("abc"), max_size=12)


def common(old: Sequence[str], new: Sequence[str]) -> int:
    """The length of the longest common subsequence of words, by looking at all pairs."""
    row = [0] * (len(new) + 1)
    for word in old:
        before = row
        row = [0]
        for place, other in enumerate(new):
            row.append(before[place] + 1 if word == other else max(before[place + 1], row[place]))
    return row[-1]


@given(WORDS, WORDS)
def test_as_many_words_stay_as_can(old: list[str], new: list[str]) -> None:
    runs = aligned(old, new, Steps(MANY))
    assert sum(run.length for run in runs) == common(old, new)
    for run in runs:
        assert old[run.old : run.old + run.length] == new[run.new : run.new + run.length]
    places = [place for run in runs for place in (run.old, run.old + run.length)]
    others = [place for run in runs for place in (run.new, run.new + run.length)]
    assert (places, others) == (sorted(places), sorted(others))
