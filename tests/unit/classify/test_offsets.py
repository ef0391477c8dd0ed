"""Positions in a text as JavaScript counts them."""

from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.offsets import utf16
from discuss.classify.protocol import Span

letters = (
    st.characters() | st.sampled_from("aё\u0301\u200d😀👩🏽\U0010ffff") | st.characters(categories=["Cs"])
)
texts = st.text(letters, max_size=40)


@st.composite
def marked(draw):
    text = draw(texts)
    ends = st.tuples(*[st.integers(0, len(text))] * 2).map(sorted)
    return text, [Span(start, end, 0.5) for start, end in draw(st.lists(ends, max_size=8))]


def sliced(text: str, start: int, end: int) -> str:
    """What `text.slice(start, end)` is in JavaScript."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


@given(marked())
def test_javascript_cuts_out_the_same_part(given_text):
    text, spans = given_text
    for span, shown in zip(spans, utf16(text, spans), strict=True):
        expected = text[span.start : span.end].encode("utf-16-le", "surrogatepass")
        assert sliced(text, shown.start, shown.end).encode("utf-16-le", "surrogatepass") == expected
        assert shown.weight == span.weight


def test_an_emoji_before_a_word_is_two_units():
    assert utf16("😀 fool", [Span(2, 6, 1.25)]) == [Span(3, 7, 1.25)]


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=1))
def test_a_text_without_such_characters_is_counted_alike(text):
    whole = [Span(0, len(text), 1.0)]
    assert utf16(text, whole) == whole
