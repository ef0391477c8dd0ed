"""Which parts of a held comment are marked for the moderator."""

from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.queue import Heard, Item
from discuss.domain.states import State
from discuss.http.console.marking import Part, marking

NOBODY = UUID(int=0)


def item(source: str, *signals: Heard) -> Item:
    return Item(
        NOBODY, NOBODY, 1, source, "", "en", State.HELD, datetime(2026, 1, 1, tzinfo=UTC), NOBODY, "Anna", NOBODY,
        "One", "https://example.org/one", NOBODY, None, [], "fake 1", signals,
    )  # fmt: skip


@st.composite
def texts_with_spans(draw):
    text = draw(st.text(min_size=1, max_size=30))
    spans = [
        (start, draw(st.integers(start + 1, len(text))), 1.0)
        for start in draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=8))
    ]
    return text, spans


@given(texts_with_spans())
def test_exactly_the_letters_of_the_spans_are_marked_and_none_is_lost(drawn):
    text, spans = drawn
    parts = marking(item(text, Heard("toxic", 0.9, spans))).parts
    assert "".join(part.text for part in parts) == text
    shown = [part.marked for part in parts for _ in part.text]
    assert shown == [any(start <= at < end for start, end, _ in spans) for at in range(len(text))]


@given(texts_with_spans())
def test_spans_that_overlap_or_touch_are_one_mark(drawn):
    text, spans = drawn
    parts = [part for part in marking(item(text, Heard("toxic", 0.9, spans))).parts if part.text]
    assert all(one.marked != other.marked for one, other in pairwise(parts))


@pytest.mark.parametrize(
    ("signals", "label"),
    [
        ([Heard("toxic", 0.9, [(0, 3, 1.0)]), Heard("insult", 0.8, [(4, 7, 2.0)])], "toxic"),
        ([Heard("toxic", 0.9), Heard("insult", 0.8, [(0, 3, 2.0)])], "insult"),
    ],
)
def test_the_most_probable_label_that_has_parts_is_explained(signals, label):
    marked = marking(item("one two", *signals))
    assert (marked.label, [part.text for part in marked.parts if part.marked]) == (label, ["one"])


def test_a_text_without_an_explanation_has_no_marks():
    marked = marking(item("one two", Heard("toxic", 0.9)))
    assert (marked.label, marked.parts) == (None, [Part("one two", marked=False)])
