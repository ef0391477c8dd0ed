"""What a syndication feed says, whatever its format. Texts go in as they are; each format writes what it can carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Parent:
    """What an entry answers: a comment, or the article itself. `feed_url`: the feed that contains it, if there is one."""

    id: str
    url: str
    is_article: bool
    feed_url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment. `html` is already sanitised, `replies` counts the direct ones, `about` is the article's title."""

    id: str
    url: str
    title: str
    author: str
    html: str
    published: datetime
    updated: datetime
    parent: Parent
    replies: int
    about: str
    about_feed_url: str


@dataclass(frozen=True, slots=True)
class Total:
    """How many comments there are, of which the feed shows the newest, and when the last one appeared."""

    count: int
    updated: datetime | None


@dataclass(frozen=True, slots=True)
class Channel:
    """`home_url` is the page that the comments belong to, `self_url` where this very document is."""

    id: str
    title: str
    description: str
    language: str
    home_url: str
    self_url: str
    updated: datetime
    entries: Sequence[Entry]
    total: Total | None = None
