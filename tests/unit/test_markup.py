"""Markdown in, safe HTML out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.markup import render


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](https://x.example)", '<p><a href="https://x.example" rel="nofollow ugc noopener">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("# heading", "<p># heading</p>"),
    ],
)
def test_known_marks_are_rendered_and_everything_else_stays_text(source: str, html: str) -> None:
    assert render(source) == html


@given(st.text(alphabet="<>&\"'/=()[]!*_`#\n scriptonerrimgahef:jav", max_size=200))
def test_no_text_makes_a_tag_that_is_not_on_the_list(source: str) -> None:
    html = render(source).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_a_heap_of_brackets_stays_text() -> None:
    assert render("[" * 200 + "[x](https://x.example)").count("<a") == 0
    assert render("[x](https://x.example)" * 50).count("<a") == 50
