"""Sends finished bytes as bare ASGI messages, which are made once for each content coding and reused."""

from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from litestar.types import Scope

from discuss.feed.snapshot import IDENTITY, Snapshot
from discuss.http import codings
from discuss.http.caching import matches
from discuss.http.origins import ANY_ORIGIN_RAW

CACHE_CONTROL = b"public, max-age=1, s-maxage=1, stale-while-revalidate=30, stale-if-error=86400"

WORTH_CODING = 256
"""Bytes; a shorter body is sent uncoded, because a coding would save nothing."""


class Medium(NamedTuple):
    """What bytes are, and what those who pass them on may do with them. `coded`: they are compressed for whoever accepts it."""

    content_type: bytes
    cache_control: bytes
    coded: bool


JSON = Medium(b"application/json", CACHE_CONTROL, coded=True)

INSERTED = Medium(b"text/html; charset=utf-8", CACHE_CONTROL + b", no-transform", coded=False)
"""A server-side include passes on what the reader's browser accepts, but inserts the bytes into its page as they are."""

HEAD_ONLY = "discuss.head_only"
"""Scope key of a GET that came as HEAD: an endless answer must stop after its headers."""


@dataclass(frozen=True, slots=True)
class Prepared:
    etag: str
    raw_etag: bytes
    start: Any
    body: Any
    unchanged: Any


NO_BODY: Any = {"type": "http.response.body", "body": b"", "more_body": False}


MOST_WISHES = 64
"""Entries prepared for one answer, after which no further Accept-Encoding header is remembered."""


def prepare(snapshot: Snapshot, accept_encoding: bytes, medium: Medium = JSON) -> Prepared:
    worth = medium.coded and len(snapshot.body) >= WORTH_CODING
    coding = codings.choose(accept_encoding) if worth else IDENTITY
    found = snapshot.prepared.get(coding)
    if found is None:
        found = snapshot.prepared[coding] = _prepare(snapshot, coding, medium)
    if len(snapshot.prepared) < MOST_WISHES and len(accept_encoding) <= codings.LONGEST_KEPT:
        snapshot.prepared[accept_encoding] = found
    return cast("Prepared", found)


def _prepare(snapshot: Snapshot, coding: str, medium: Medium) -> Prepared:
    etag, body = snapshot.etag(coding), snapshot.coded(coding)
    shared = [
        (b"etag", etag.encode()),
        (b"cache-control", medium.cache_control),
        (b"vary", b"accept-encoding"),
        ANY_ORIGIN_RAW,
    ]
    # No Content-Length: the server adds it, because the whole body is in one message.
    full = [*shared, (b"content-type", medium.content_type)]
    if coding:
        full.append((b"content-encoding", coding.encode()))
    return Prepared(
        etag,
        etag.encode(),
        {"type": "http.response.start", "status": 200, "headers": full},
        {"type": "http.response.body", "body": body, "more_body": False},
        {"type": "http.response.start", "status": 304, "headers": shared},
    )


def messages(scope: Scope, snapshot: Snapshot, medium: Medium = JSON) -> tuple[Any, Any]:
    """The two messages to send: the bytes, or 304 for a client that already has them."""
    accepted, held = b"", b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepted = accepted + b"," + value if accepted else value
        elif name == b"if-none-match":
            held = held + b"," + value if held else value
    prepared: Any = snapshot.prepared.get(accepted) or prepare(snapshot, accepted, medium)
    if held and (held == prepared.raw_etag or matches(held.decode("latin-1"), prepared.etag)):
        return prepared.unchanged, NO_BODY
    return prepared.start, prepared.body
