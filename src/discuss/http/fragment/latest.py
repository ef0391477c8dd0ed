"""Renders rows of the feed as an ordered list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from discuss.http.fragment.wording import Wording, wording_of
from discuss.http.pages.page import templates

Row = Mapping[str, Any]


def render(rows: Sequence[Row], language: str, zone: str, hreflang: str | None = None) -> bytes:
    """`rows` as in the feed's JSON, `zone` an IANA name. Equal rows give equal bytes. Raises what `ZoneInfo` raises.

    If an article has an edition in `hreflang` (by default, in `language`), that edition's title and address are shown, and
    its count too where editions are counted separately.
    """
    wording = wording_of(language)
    wanted = hreflang or language
    shown = [_shown(_in_language(row, wanted), wording, ZoneInfo(zone)) for row in rows]
    return templates.get_template("fragment/latest.html").render(rows=shown, wording=wording).encode()


def _in_language(row: Row, language: str) -> Row:
    wanted = language.partition("-")[0].lower()
    editions = [row, *(row.get("editions") or ())]
    found = next((edition for edition in editions if _speaks(edition, wanted)), row)
    shown = (
        ("url", "title", "language")
        if row.get("joint", True)
        else ("url", "title", "language", "comment_count")
    )
    return {**row, **{name: found[name] for name in shown}}


def _speaks(edition: Row, language: str) -> bool:
    return str(edition["language"]).partition("-")[0] == language


def _shown(row: Row, wording: Wording, zone: ZoneInfo) -> Row:
    count = row["comment_count"]
    at = datetime.fromisoformat(row["last_activity_at"]).astimezone(zone)
    return {
        **row,
        "link": row["url"] if _is_web(row["url"]) else None,
        "short": f"{at:%d.%m %H:%M}",
        "number": wording.number(count),
        "unit": wording.unit(count),
    }


def _is_web(url: str) -> bool:
    """Whether the row may link there; an address such as `javascript:…` is not made a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
