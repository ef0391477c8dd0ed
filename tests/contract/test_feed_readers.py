"""What other people's feed readers make of our documents.

Tested with feedparser, which many aggregators are built on, and fastfeedparser, which also reads JSON Feed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import fastfeedparser
import feedparser
import pytest

from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import SiteInUse, Stack

NAME = 'Жанна "Ж" <О’Нил> & Co'
WORDS = "Она сказала: «2 < 3 & 3 > 2» — **правда** 🚲\n\n> ]]>"
HTML = "<p>Она сказала: «2 &lt; 3 &amp; 3 &gt; 2» — <strong>правда</strong> 🚲</p>\n<blockquote>\n<p>]]&gt;</p>\n</blockquote>"


@dataclass
class Spoken:
    site: SiteInUse
    article: str
    comment: str
    reply: str

    def address(self, path: str) -> str:
        return f"{self.site.stack.base_url}{self.site.path}/{path}"


@pytest.fixture(scope="module")
def spoken(stack: Stack) -> Spoken:
    site = stack.site("readers", thresholds=ALL_PUBLISHED)
    article = site.article("bridge", title="Мост & <берег>", language="ru", url="https://news.example/bridge")
    author, other = site.person(name=NAME), site.person()
    comment = site.decided(author, site.comment(author, article, WORDS)["id"])["id"]
    reply = site.decided(other, site.comment(other, article, "И я так думаю.", parent_id=comment)["id"])["id"]
    return Spoken(site, article, str(comment), str(reply))


def parse(spoken: Spoken, path: str, **asked: str) -> Any:
    """Lets the parser fetch the document over a connection of its own, as a feed reader would."""
    found = feedparser.parse(spoken.address(path), **asked)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize(("extension", "version"), [("rss", "rss20"), ("atom", "atom10")])
@pytest.mark.parametrize("whose", ["site", "article"])
def test_a_reader_finds_everything_in_its_place(spoken, extension, version, whose):
    under = f"articles/{spoken.article}/" if whose == "article" else ""
    found = parse(spoken, f"{under}comments.{extension}")
    assert (found.version, found.encoding, found.status) == (version, "utf-8", 200)
    assert [entry.id for entry in found.entries] == [f"urn:uuid:{spoken.reply}", f"urn:uuid:{spoken.comment}"]
    entry = found.entries[1]
    assert entry.author == NAME
    assert entry.title == f"{NAME}: Мост & <берег>"
    assert entry.link == f"https://news.example/bridge#comment-{spoken.comment}"
    text = entry.summary if extension == "rss" else entry.content[0].value
    assert text == HTML
    published = datetime(*entry.published_parsed[:6], tzinfo=UTC)
    assert datetime(*entry.updated_parsed[:6], tzinfo=UTC) == published <= datetime.now(UTC)


def test_a_reader_of_rss_knows_the_site_and_where_to_ask_again(spoken):
    feed = parse(spoken, "comments.rss").feed
    assert (feed.title, feed.link, feed.language) == (spoken.site.slug, "https://news.example/", "en")
    assert feed.ttl == "1"
    own = [link.href for link in feed.links if link.rel == "self"]
    assert own == [spoken.address("comments.rss")]


def test_a_reader_of_rss_is_told_how_many_answered_and_under_which_article(spoken):
    reply, comment = parse(spoken, "comments.rss").entries
    assert (reply.slash_comments, comment.slash_comments) == ("0", "1")
    assert reply.comments == reply.link
    assert reply.source.title == "Мост & <берег>"
    assert reply.source.href == spoken.address(f"articles/{spoken.article}/comments.rss")


def test_a_reader_of_atom_can_put_the_thread_together(spoken):
    found = parse(spoken, f"articles/{spoken.article}/comments.atom")
    reply, comment = found.entries
    assert reply["thr_in-reply-to"]["ref"] == comment.id
    assert reply["thr_in-reply-to"]["href"] == comment.link
    assert comment["thr_in-reply-to"]["ref"] == f"urn:uuid:{spoken.article}"
    assert comment["thr_in-reply-to"]["href"] == "https://news.example/bridge"
    assert (reply.thr_total, comment.thr_total) == ("0", "1")
    [replies] = [link for link in found.feed.links if link.rel == "replies"]
    assert (replies["thr:count"], replies.type) == ("2", "application/atom+xml")


@pytest.mark.parametrize("validator", ["etag", "modified"])
@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_a_reader_that_comes_back_is_told_that_nothing_changed(spoken, extension, validator):
    first = parse(spoken, f"comments.{extension}")
    again = parse(spoken, f"comments.{extension}", **{validator: first[validator]})
    assert (again.status, again.entries) == (304, [])


@pytest.mark.parametrize("extension", ["rss", "atom", "json"])
@pytest.mark.parametrize("whose", ["site", "article"])
def test_another_reader_finds_the_same_in_every_format(spoken, extension, whose):
    under = f"articles/{spoken.article}/" if whose == "article" else ""
    found = fastfeedparser.parse(spoken.address(f"{under}comments.{extension}"))
    title = "Мост & <берег> — " if whose == "article" else ""
    assert found.feed["title"] == f"{title}{spoken.site.slug}"
    assert [entry["id"] for entry in found.entries] == [
        f"urn:uuid:{spoken.reply}", f"urn:uuid:{spoken.comment}",
    ]  # fmt: skip
    entry = found.entries[1]
    assert (entry["author"], entry["title"]) == (NAME, f"{NAME}: Мост & <берег>")
    assert entry["link"] == f"https://news.example/bridge#comment-{spoken.comment}"
    assert entry["content"][0]["value"] == HTML
    instants = [
        datetime.fromisoformat(entry[name]).replace(microsecond=0) for name in ("published", "updated")
    ]
    assert instants[0] == instants[1] <= datetime.now(UTC)
