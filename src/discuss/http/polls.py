"""Parses the query strings of polls without the framework; the routes give the same parameters the same meaning."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl

from discuss.domain.text import composed
from discuss.feed.answers import DEFAULT_ROWS, MOST_ROWS, Query
from discuss.http.patterns import LANGUAGE, POINT, PRINTABLE

LONGEST_TAG = 60
MOST_URLS = 50

LONGEST_KEPT = 8192
"""Bytes; a longer query string is not cached, because long made-up ones would fill the memory."""

LONGEST_FEED_QUERY = 1024
"""Bytes: every valid feed query is shorter, even if each letter of its tag takes twelve, like `%F0%9F%98%80`."""

PLAIN = Query()
"""The query of nearly every poll."""

ROWS = re.compile(r"[1-9][0-9]?")


def feed_query(written: bytes) -> Query | None:
    """None: something in it is left for the route to check, and perhaps refuse."""
    if not written:
        return PLAIN
    return _feed_query(written) if len(written) <= LONGEST_FEED_QUERY else None


def counted_urls(written: bytes) -> tuple[str, ...] | None:
    """The addresses in `url=…&url=…`; None: left for the route to check."""
    return _kept_urls(written) if len(written) <= LONGEST_KEPT else _urls(written)


@lru_cache(maxsize=4096)
def _feed_query(written: bytes) -> Query | None:
    try:
        given = parse_qsl(
            written.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            max_num_fields=4,
            errors="strict",
        )
    except ValueError:
        return None
    named = dict(given)
    if len(named) < len(given) or not named.keys() <= {"limit", "lang", "tag", "since"}:
        return None
    limit, language, tag, since = (named.get(name) for name in ("limit", "lang", "tag", "since"))
    fine = (
        (limit is None or (ROWS.fullmatch(limit) and int(limit) <= MOST_ROWS))
        and (language is None or re.match(LANGUAGE, language))
        and (tag is None or (len(tag) <= LONGEST_TAG and re.match(PRINTABLE, tag)))
        and (since is None or re.match(POINT, since))
    )
    return Query(int(limit or DEFAULT_ROWS), language, tag and composed(tag), since) if fine else None


def _urls(written: bytes) -> tuple[str, ...] | None:
    try:
        given = parse_qsl(
            written.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            max_num_fields=MOST_URLS,
            errors="strict",
        )
    except ValueError:
        return None
    urls = tuple(value for name, value in given if name == "url")
    return urls if len(urls) == len(given) else None


_kept_urls = lru_cache(maxsize=1024)(_urls)
