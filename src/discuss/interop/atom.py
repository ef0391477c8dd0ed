"""Atom (RFC 4287) with threading (RFC 4685): a reply names the comment it answers, any other comment its article."""

from discuss.interop.entries import Channel, Entry
from discuss.interop.tags import document, empty, nest, text

MEDIA_TYPE = "application/atom+xml"
NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns_thr": "http://purl.org/syndication/thread/1.0"}


def write(channel: Channel) -> bytes:
    children = [
        text("id", channel.id),
        text("title", channel.title),
        text("subtitle", channel.description),
        text("updated", channel.updated.isoformat()),
        text("generator", "Discuss"),
        empty("link", rel="self", type=MEDIA_TYPE, href=channel.self_url),
        empty("link", rel="alternate", type="text/html", href=channel.home_url),
        *_replies(channel),
        *map(_entry, channel.entries),
    ]
    return document(nest("feed", *children, xml_lang=channel.language, **NAMESPACES))


def _replies(channel: Channel) -> list[str]:
    """What an article's feed says about all comments of the article, of which it holds the newest."""
    if channel.total is None:
        return []
    newest = channel.total.updated and channel.total.updated.isoformat()
    counted = {"thr_count": channel.total.count, "thr_updated": newest}
    return [empty("link", rel="replies", type=MEDIA_TYPE, href=channel.self_url, **counted)]


def _entry(entry: Entry) -> str:
    parent = entry.parent
    answered = {"ref": parent.id, "href": parent.url, "type": "text/html", "source": parent.feed_url}
    return nest(
        "entry",
        text("id", entry.id),
        text("title", entry.title),
        nest("author", text("name", entry.author)),
        text("published", entry.published.isoformat()),
        text("updated", entry.updated.isoformat()),
        empty("link", rel="alternate", type="text/html", href=entry.url),
        empty("thr:in-reply-to", **answered),
        text("thr:total", entry.replies),
        text("content", entry.html, type="html"),
    )
