"""JSON Feed 1.1. It has no notion of threads, so an extension, `_discuss`, says what an item answers."""

from datetime import datetime

import msgspec
from msgspec import Struct

from discuss.interop.characters import allowed
from discuss.interop.entries import Channel, Entry

VERSION = "https://jsonfeed.org/version/1.1"


class Author(Struct):
    name: str


class Threading(Struct):
    """`in_reply_to`: the `id` of the item that is answered; null: the article. `replies`: the direct ones."""

    in_reply_to: str | None
    replies: int


class Item(Struct):
    id: str
    url: str
    title: str
    content_html: str
    date_published: datetime
    date_modified: datetime
    authors: list[Author]
    discuss: Threading = msgspec.field(name="_discuss")


class JsonFeed(Struct):
    version: str
    title: str
    description: str
    language: str
    home_page_url: str
    feed_url: str
    items: list[Item]


def write(channel: Channel) -> bytes:
    feed = JsonFeed(
        version=VERSION,
        title=allowed(channel.title),
        description=allowed(channel.description),
        language=allowed(channel.language),
        home_page_url=allowed(channel.home_url),
        feed_url=allowed(channel.self_url),
        items=[_item(entry) for entry in channel.entries],
    )
    return msgspec.json.encode(feed)


def _item(entry: Entry) -> Item:
    answered = None if entry.parent.is_article else allowed(entry.parent.id)
    return Item(
        id=allowed(entry.id),
        url=allowed(entry.url),
        title=allowed(entry.title),
        content_html=allowed(entry.html),
        date_published=entry.published,
        date_modified=entry.updated,
        authors=[Author(allowed(entry.author))],
        discuss=Threading(answered, entry.replies),
    )
