"""RSS and Atom carry any text intact, and say which comment answers which."""

from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given

from discuss.interop import atom, rss
from discuss.interop.characters import allowed
from discuss.interop.entries import Channel, Total
from tests.unit.interop.channels import AT, CHANNELS, COMMENT, channel, entry

XML = "{http://www.w3.org/XML/1998/namespace}"
ATOM = "{http://www.w3.org/2005/Atom}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}"


def texts(tag: Any, *names: str) -> list[str]:
    return [found.text or "" for name in names for found in tag.findall(name)]


def cleaned(*values: str) -> list[str]:
    return [allowed(value) for value in values]


@given(CHANNELS)
def test_rss_carries_whatever_xml_can_carry(given_channel: Channel) -> None:
    root = ET.fromstring(rss.write(given_channel))  # noqa: S314 - our own
    [found] = root
    c = given_channel
    told = texts(found, "title", "link", "description", "language")
    assert told == cleaned(c.title, c.home_url, c.description, c.language)
    assert [tag.get("href") for tag in found.findall(f"{ATOM}link")] == cleaned(c.self_url)
    items = found.findall("item")
    assert len(items) == len(c.entries)
    for item, e in zip(items, c.entries, strict=True):
        told = texts(item, "title", "link", "guid", f"{DC}creator", "description", "comments", "source")
        assert told == cleaned(e.title, e.url, e.id, e.author, e.html, e.url, e.about)
        assert texts(item, f"{SLASH}comments") == [str(e.replies)]
        assert [tag.get("url") for tag in item.findall("source")] == cleaned(e.about_feed_url)
        [published] = texts(item, "pubDate")
        assert parsedate_to_datetime(published) == e.published.replace(microsecond=0)


@given(CHANNELS)
def test_atom_carries_whatever_xml_can_carry(given_channel: Channel) -> None:
    root = ET.fromstring(atom.write(given_channel))  # noqa: S314 - our own
    c = given_channel
    told = texts(root, f"{ATOM}id", f"{ATOM}title", f"{ATOM}subtitle", f"{ATOM}updated")
    assert told == [*cleaned(c.id, c.title, c.description), c.updated.isoformat()]
    assert root.get(f"{XML}lang") == allowed(c.language)
    links = {tag.get("rel"): tag.get("href") for tag in root.findall(f"{ATOM}link")}
    assert links["self"] == allowed(c.self_url)
    assert links["alternate"] == allowed(c.home_url)
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(c.entries)
    for found, e in zip(entries, c.entries, strict=True):
        told = texts(found, f"{ATOM}id", f"{ATOM}title", f"{ATOM}author/{ATOM}name", f"{ATOM}content")
        assert told == cleaned(e.id, e.title, e.author, e.html)
        instants = texts(found, f"{ATOM}published", f"{ATOM}updated")
        assert instants == [e.published.isoformat(), e.updated.isoformat()]
        [answered] = found.findall(f"{THREAD}in-reply-to")
        assert [answered.get("ref"), answered.get("href")] == cleaned(e.parent.id, e.parent.url)
        assert answered.get("source") == (e.parent.feed_url and allowed(e.parent.feed_url))


def test_html_is_escaped_and_not_hidden_in_a_section_of_its_own() -> None:
    for write in (rss.write, atom.write):
        body = write(channel(entry(html="<p>a &amp; b</p>")))
        assert b"&lt;p&gt;a &amp;amp; b&lt;/p&gt;" in body
        assert b"CDATA" not in body


def test_a_reply_names_the_comment_that_it_answers_and_any_other_its_article() -> None:
    root = ET.fromstring(atom.write(channel(entry(parent=COMMENT), entry())))  # noqa: S314 - our own
    reply, other = (tag.attrib for tag in root.iter(f"{THREAD}in-reply-to"))
    assert reply == {
        "ref": COMMENT.id, "href": COMMENT.url, "type": "text/html", "source": COMMENT.feed_url,
    }  # fmt: skip
    assert other == {"ref": "urn:article", "href": "https://news.example/bridge", "type": "text/html"}
    assert [tag.text for tag in root.iter(f"{THREAD}total")] == ["2", "2"]


def test_an_article_s_feed_says_how_many_comments_there_are_in_all() -> None:
    root = ET.fromstring(atom.write(channel(total=Total(70, AT))))  # noqa: S314 - our own
    [link] = [tag.attrib for tag in root.iter(f"{ATOM}link") if tag.get("rel") == "replies"]
    assert (link[f"{THREAD}count"], link[f"{THREAD}updated"]) == ("70", AT.isoformat())
    assert b"replies" not in atom.write(channel())


def test_the_guid_of_rss_is_no_address_and_its_author_no_e_mail() -> None:
    [item] = ET.fromstring(rss.write(channel(entry()))).iter("item")  # noqa: S314 - our own
    [guid] = item.iter("guid")
    assert (guid.text, guid.get("isPermaLink")) == ("urn:second", "false")
    assert item.find("author") is None
    assert texts(item, "pubDate", f"{ATOM}updated") == ["Tue, 03 Feb 2026 04:05:06 GMT", AT.isoformat()]
