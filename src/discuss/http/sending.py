"""Finished bytes on their way out: as bare ASGI messages, made once for each coding and sent any number of times."""

from dataclasses import dataclass
from typing import Any, cast

from litestar.types import Scope

from discuss.feed.snapshot import IDENTITY, Snapshot
from discuss.http import codings
from discuss.http.caching import matches
from discuss.http.origins import ANY_ORIGIN_RAW

CACHE_CONTROL = b"public, max-age=1, s-maxage=1, stale-while-revalidate=30, stale-if-error=86400"

WORTH_CODING = 256
"""Bytes below which a coding saves nothing."""

JSON = b"application/json"

HEAD_ONLY = "discuss.head_only"
"""In the scope of a GET that came as HEAD: what never ends must end here after its headers."""


@dataclass(frozen=True, slots=True)
class Prepared:
    etag: str
    raw_etag: bytes
    start: Any
    body: Any
    unchanged: Any


NO_BODY: Any = {"type": "http.response.body", "body": b"", "more_body": False}


MOST_WISHES = 64
"""Different Accept-Encoding headers for which what is sent of one answer is found at once."""


def prepare(snapshot: Snapshot, accept_encoding: bytes, media_type: bytes = JSON) -> Prepared:
    coding = codings.choose(accept_encoding) if len(snapshot.body) >= WORTH_CODING else IDENTITY
    found = snapshot.prepared.get(coding)
    if found is None:
        found = snapshot.prepared[coding] = _prepare(snapshot, coding, media_type)
    if len(snapshot.prepared) < MOST_WISHES and len(accept_encoding) <= codings.LONGEST_KEPT:
        snapshot.prepared[accept_encoding] = found
    return cast("Prepared", found)


def _prepare(snapshot: Snapshot, coding: str, media_type: bytes) -> Prepared:
    etag, body = snapshot.etag(coding), snapshot.coded(coding)
    shared = [
        (b"etag", etag.encode()),
        (b"cache-control", CACHE_CONTROL),
        (b"vary", b"accept-encoding"),
        ANY_ORIGIN_RAW,
    ]
    # The server counts the bytes: it has the whole body in one message.
    full = [*shared, (b"content-type", media_type)]
    if coding:
        full.append((b"content-encoding", coding.encode()))
    return Prepared(
        etag,
        etag.encode(),
        {"type": "http.response.start", "status": 200, "headers": full},
        {"type": "http.response.body", "body": body, "more_body": False},
        {"type": "http.response.start", "status": 304, "headers": shared},
    )


def messages(scope: Scope, snapshot: Snapshot, media_type: bytes = JSON) -> tuple[Any, Any]:
    """What to send: the bytes, or 304 for a client that has them already."""
    accepted, held = b"", b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepted = accepted + b"," + value if accepted else value
        elif name == b"if-none-match":
            held = held + b"," + value if held else value
    prepared: Any = snapshot.prepared.get(accepted) or prepare(snapshot, accepted, media_type)
    if held and (held == prepared.raw_etag or matches(held.decode("latin-1"), prepared.etag)):
        return prepared.unchanged, NO_BODY
    return prepared.start, prepared.body
