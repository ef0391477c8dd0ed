"""RSS 2.0, with the author's name from Dublin Core: RSS's own `author` wants an e-mail address."""

from email.utils import format_datetime

from discuss.interop.entries import Channel, Entry
from discuss.interop.tags import document, empty, nest, text

MINUTES_TO_LIVE = 1
NAMESPACES = {
    "xmlns_atom": "http://www.w3.org/2005/Atom",
    "xmlns_dc": "http://purl.org/dc/elements/1.1/",
    "xmlns_slash": "http://purl.org/rss/1.0/modules/slash/",
    "xmlns_thr": "http://purl.org/syndication/thread/1.0",
}


def write(channel: Channel) -> bytes:
    channel_tag = nest(
        "channel",
        text("title", channel.title),
        text("link", channel.home_url),
        text("description", channel.description),
        text("language", channel.language),
        text("lastBuildDate", format_datetime(channel.updated, usegmt=True)),
        text("ttl", MINUTES_TO_LIVE),
        text("generator", "Discuss"),
        empty("atom:link", rel="self", type="application/rss+xml", href=channel.self_url),
        *map(_item, channel.entries),
    )
    return document(nest("rss", channel_tag, version="2.0", **NAMESPACES))


def _item(entry: Entry) -> str:
    return nest(
        "item",
        text("title", entry.title),
        text("link", entry.url),
        text("guid", entry.id, isPermaLink="false"),
        text("pubDate", format_datetime(entry.published, usegmt=True)),
        text("atom:updated", entry.updated.isoformat()),
        text("dc:creator", entry.author),
        text("description", entry.html),
        text("comments", entry.url),
        text("slash:comments", entry.replies),
        text("source", entry.about, url=entry.about_feed_url),
        empty("thr:in-reply-to", ref=entry.parent.id, href=entry.parent.url, type="text/html"),
    )
