"""Markdown in, safe HTML out."""

import asyncio
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discuss import markup
from discuss.classify.matching import links
from discuss.domain.hosts import host_form
from discuss.markup import TAGS, render, rendered

NODE = Path(markup.__file__).parent / "http" / "embed" / "node.js"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("~~wrong~~ right, w~~ro~~ng", "<p><s>wrong</s> right, w<s>ro</s>ng</p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("1945. Год победы", '<ol start="1945">\n<li>Год победы</li>\n</ol>'),
        ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
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
        "https://x!.evil.example",
        "https://a,.evil.example",
        "https://(x).evil.example",
        "https://\u2474.evil.example",
        "https://x\uff0c.evil.example",
        "https://$.evil.example",
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


HOSTS = st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=12)


@given(
    HOSTS,
    st.sampled_from(
        ["[x](http://{}.evil.example/)", "[x](<https://{}evil.example>)", "<http://{}.evil.example>"]
    ),
)
@example("evil\u3002example/", "[x](http://{}/)")
@example("evil\uff61example/", "<http://{}>")
@example("0>[", "[x](<https://{}evil.example>)")
@example("evil.example)x@", "[x](http://{}good)")
def test_rules_see_where_every_link_leads(name: str, written: str) -> None:
    source = written.format(name)
    told = {one.entry for one in links(source)}
    for address in re.findall(r'href="(http[^"]*)"', render(source)):
        assert host_form(urlsplit(unescape(address)).hostname or "") in told


def test_the_thread_shows_every_element_that_a_comment_can_have() -> None:
    listed = re.search(r"ALLOWED = new Set\(\[([^]]+)\]\)", NODE.read_text(encoding="utf-8"))
    assert listed is not None
    assert {name.lower() for name in re.findall(r'"(\w+)"', listed[1])} == TAGS


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


@pytest.mark.parametrize(
    "source",
    [
        (">" * 98 + "a\n" * 2500)[:5000],
        ">" * 11 + " said",
        "> - " * 20 + "said",
        "- " * 60 + "said",
        "".join("\t" * depth + "-\tsaid\n" for depth in range(60)),
        ">\n\n" * 1600 + "said",
        "*\n-\n" * 1200 + "said",
    ],
)
def test_quotes_and_lists_that_would_cost_much_stay_text(source: str) -> None:
    html = render(source)
    assert not re.search("<(blockquote|ul|ol|li)", html)
    assert sorted(unescape(re.sub("<[^>]*>", "", html)).split()) == sorted(source.split())
    assert len(html) < 6 * len(source) + 100


def test_a_conversation_quoted_again_and_again_is_shown_as_one() -> None:
    assert render(">" * 10 + " said").count("<blockquote>") == 10
    assert render("> said\n\nno\n\n" * 200).count("<blockquote>") == 200
    assert render("- a\n  - b\n    - c\n      - d\n        - e").count("<ul>") == 5


def test_links_stay_links_where_quotes_stay_text() -> None:
    assert "<a" in render(">" * 40 + " [x](https://x.example)")


async def test_a_long_text_keeps_nobody_waiting() -> None:
    rendering, turns = asyncio.create_task(rendered("*\n- a\n" * 500)), 0
    while not rendering.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 2
    assert rendering.result() == render("*\n- a\n" * 500)
