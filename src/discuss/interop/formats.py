"""The formats that the latest comments are written in."""

from collections.abc import Callable
from dataclasses import dataclass

from discuss.interop import atom, json_feed, rss
from discuss.interop.entries import Channel


@dataclass(frozen=True, slots=True)
class Format:
    """`extension` ends the address, `name` appears in documentation."""

    extension: str
    name: str
    media_type: str
    write: Callable[[Channel], bytes]


RSS = Format("rss", "RSS 2.0", "application/rss+xml; charset=utf-8", rss.write)
ATOM = Format("atom", "Atom", "application/atom+xml; charset=utf-8", atom.write)
JSON = Format("json", "JSON Feed 1.1", "application/feed+json", json_feed.write)
FORMATS = (RSS, ATOM, JSON)
