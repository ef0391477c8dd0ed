"""The sidebar as a fragment of HTML, and the size of the script that takes over from it."""

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from discuss.feed.snapshot import Snapshot
from discuss.http import embed
from discuss.http.fragment.latest import render
from discuss.http.sending import messages
from discuss.http.v1.fragment import MOST_FORMS, as_html

MOST_BYTES = 6_144 - 32
"""Compressors differ by a few bytes: the script has to stay under 6 KB with any of them."""
ROW = {
    "id": "0199c0de-0000-7000-8000-000000000001",
    "url": "https://news.example.org/a/1",
    "title": "Мост собрали за ночь / A bridge in one night",
    "language": "ru",
    "comment_count": 12,
    "last_activity_at": "2026-01-30T04:24:00.123456Z",
}


class Outline(HTMLParser):
    """The fragment as a browser would parse it: elements with their attributes and text."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html.decode())
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        self.words += text.split("\n")

    def every(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self):
        return " ".join(filter(None, (word.strip(" ") for word in self.words)))


def shown(language="ru", zone="Europe/Moscow", **changes):
    return Outline(render([ROW | changes], language, zone))


def test_a_row_has_its_time_its_count_and_its_title():
    outline = shown()
    assert outline.text == "30.01 07:24 12 комментариев Мост собрали за ночь / A bridge in one night"
    assert outline.open == []
    assert outline.every("ol") == [{"class": "discuss-latest", "lang": "ru"}]
    assert outline.every("li") == [{"data-article": ROW["id"]}]
    assert outline.every("time") == [{"datetime": ROW["last_activity_at"]}]
    assert outline.every("data") == [{"value": "12"}]
    link = {"href": ROW["url"], "lang": "ru", "hreflang": "ru", "dir": "auto"}
    assert outline.every("a") == [link]


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("ru", 0, "0 комментариев"), ("ru", 1, "1 комментарий"), ("ru", 3, "3 комментария"), ("ru", 11, "11 комментариев"),
        ("ru", 14, "14 комментариев"), ("ru", 21, "21 комментарий"), ("ru", 112, "112 комментариев"),
        ("ru", 13_883, "13\N{NO-BREAK SPACE}883 комментария"), ("ru-RU", 1024, "1\N{NO-BREAK SPACE}024 комментария"),
        ("en", 0, "0 comments"), ("en", 1, "1 comment"), ("en-GB", 13_883, "13,883 comments"), ("de", 2, "2 comments"),
    ],
)  # fmt: skip
def test_counts_are_grouped_and_their_words_agree_with_them(language, count, words):
    assert f" {words} " in shown(language, comment_count=count).text


@pytest.mark.parametrize(
    ("zone", "time"),
    [("UTC", "30.01 04:24"), ("Asia/Vladivostok", "30.01 14:24"), ("America/New_York", "29.01 23:24")],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_times_have_one_form_in_both_languages_and_follow_the_zone(language, zone, time):
    assert shown(language, zone).text.startswith(time)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", " javascript:alert(1)", "//news.example.org/a",
        "/a/1", "https:news", "http://[broken", "",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_becomes_no_link(url):
    outline = shown(url=url)
    assert "href" not in outline.every("a")[0]
    assert outline.text.endswith(ROW["title"])


def test_html_in_what_a_site_registered_stays_text():
    nasty = '<img src=x onerror="alert(1)">&\'"'
    row = ROW | {"title": nasty, "url": f'https://news.example.org/?q="><script>{nasty}', "language": '"><b>'}
    outline = Outline(render([row], "en", "UTC"))
    assert {tag for tag, _ in outline.elements} == {"ol", "li", "time", "data", "span", "a"}
    assert nasty in outline.text
    assert outline.every("a")[0]["lang"] == '"><b>'


def test_the_edition_in_the_language_of_the_page_is_shown():
    edition = {"id": "other", "url": "https://news.example.org/en/a/1", "title": "A bridge", "language": "en"}
    english = shown("en", editions=[edition | {"comment_count": 3}])
    assert english.text == "30.01 07:24 12 comments A bridge"
    assert english.every("a")[0]["href"] == edition["url"]
    assert english.every("li")[0]["data-article"] == ROW["id"]
    assert shown("ru", editions=[edition]).text.endswith(ROW["title"])
    chosen = Outline(render([ROW | {"editions": [edition]}], "ru", "Europe/Moscow", hreflang="en"))
    assert chosen.text == "30.01 07:24 12 комментариев A bridge"
    assert shown("de", editions=[edition | {"language": "fr"}]).text.endswith(ROW["title"])


def test_an_edition_that_is_counted_apart_has_a_count_of_its_own():
    own = {"id": ROW["id"], "url": ROW["url"], "title": ROW["title"], "language": "ru", "comment_count": 12}
    other = {
        "id": "other",
        "url": "https://news.example.org/en/a/1",
        "title": "A bridge",
        "language": "en",
        "comment_count": 3,
    }
    apart = {"editions": [own, other], "joint": False}
    assert shown("en", **apart).text == "30.01 07:24 3 comments A bridge"
    assert "12 комментариев" in shown("ru", **apart).text
    assert "12 comments" in shown("en", **apart | {"joint": True}).text


def test_rows_stand_in_the_order_of_the_feed():
    rows = [ROW | {"id": str(number), "title": f"Title {number}"} for number in (3, 1, 2)]
    assert [li["data-article"] for li in Outline(render(rows, "en", "UTC")).every("li")] == ["3", "1", "2"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "Пока никто ничего не написал."), ("en", "Nobody has written anything yet.")],
)
def test_an_empty_feed_says_so(language, words):
    assert Outline(render([], language, "UTC")).text == words


def test_neither_style_nor_script_stands_in_the_markup_and_equal_rows_are_equal_bytes():
    html = render([ROW], "ru", "Europe/Moscow")
    assert html == render([dict(ROW)], "ru", "Europe/Moscow")
    assert b"style" not in html
    assert b"script" not in html


def test_the_script_stays_small_and_makes_no_html_of_strings():
    script = (Path(embed.__file__).parent / "latest.js").read_bytes()
    assert len(gzip.compress(script, 9)) < MOST_BYTES
    assert b"import " not in script  # otherwise this would not be the whole script
    assert not re.search(
        rb"innerHTML|outerHTML|insertAdjacentHTML|setHTML|DOMParser|eval\(|document\.write", script
    )


def test_of_an_answer_few_forms_are_kept_and_what_polls_are_sent_stays():
    answer = Snapshot(json.dumps({"articles": [ROW]}).encode(), "digest")
    messages({"headers": [(b"accept-encoding", b"br")]}, answer)
    sent = dict(answer.prepared)
    zones = [f"Etc/GMT-{hours}" for hours in range(1, 13)]
    for zone in zones:
        assert as_html(answer, "ru", zone) is as_html(answer, "ru", zone)
    forms = answer.prepared.keys() - sent.keys()
    assert forms == {f"html ru {zone} None" for zone in zones[-MOST_FORMS:]}
    assert sent.items() <= answer.prepared.items()
