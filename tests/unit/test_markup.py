"""Markdown in, safe HTML out."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.markup import render


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("~~wrong~~ right, w~~ro~~ng", "<p><s>wrong</s> right, w<s>ro</s>ng</p>"),
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


@pytest.mark.parametrize(
    "source",
    [
        "&#1082;&#1072;&#1079;&#1080;&#1085;&#1086;",
        "&amp;lt;",
        "[x](https://ev&#105;l.example)",
        "[x](https&colon;//evil.example)",
        r"[x](https:\/\/evil.example)",
    ],
)
def test_nothing_is_decoded_that_classifier_and_rules_did_not_see(source: str) -> None:
    assert unescape(render(source)) == f"<p>{source.replace(chr(92), '')}</p>"


@pytest.mark.parametrize(
    "address",
    [
        "https:evil.example",
        "https:/evil.example",
        "https://good.example@evil.example",
        "https://ev%69l.example",
        "https://" + "a" * 300 + ".example",
        "//evil.example",
        "ftp://evil.example",
    ],
)
def test_an_address_that_browsers_read_as_another_is_no_link(address: str) -> None:
    assert "<a" not in render(f"[x]({address})") + render(f"<{address}>")


@pytest.mark.parametrize(
    "address",
    [
        "HTTPS://x.example",
        "http://x.example:8080/a(b)?c=1&d=2#e%20f",
        "https://пример.рф",
        r"https://x.example/@a/b_\(c\)",
        "mailto:a@b.example",
    ],
)
def test_other_addresses_are_links(address: str) -> None:
    assert "<a" in render(f"[x]({address})")
    assert "<a" in render(f"<{address}>".replace(chr(92), ""))


@given(st.text(alphabet="<>&\"'/=()[]!*_`#\n scriptonerrimgahef:jav", max_size=200))
def test_no_text_makes_a_tag_that_is_not_on_the_list(source: str) -> None:
    html = render(source).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_a_heap_of_brackets_stays_text() -> None:
    assert render("[" * 200 + "[x](https://x.example)").count("<a") == 0
    assert render("[x](https://x.example)" * 50).count("<a") == 50
    assert render("[x](https://x.example)" * 20 + "a" * 20_000).count("<a") == 20
    assert render("[" * 99 + "*a" * 2450 + "[x](https://x.example)").count("<a") == 0
