"""One thin ASGI callable in front of the framework: it answers the common polls from memory.

HEAD becomes GET here, for all. Everything else, and every poll it has no bytes for, goes on to Litestar, whose route gives the same answer.
"""

from typing import Any, Final, cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from discuss.feed.counts import Counts
from discuss.feed.snapshot import Snapshot
from discuss.feed.snapshots import Snapshots
from discuss.http.forgetting import forget_long
from discuss.http.patience import patient
from discuss.http.polls import counted_urls, feed_query
from discuss.http.sending import HEAD_ONLY, messages

PREFIX, FEED, COUNTS = "/api/v1/sites/", "/feed", "/counts"
BEGINS = len(PREFIX)

HTTP: Final = ScopeType.HTTP
NO_CONTENT = frozenset({204, 304})
"""Statuses whose answers have no body, and tell of none."""


class Front:
    """`snapshots` and `counts` are there once the application has started."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.snapshots: Snapshots | None = None
        self.counts: Counts | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != HTTP:
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope, send = cast("HTTPScope", {**scope, "method": "GET", HEAD_ONLY: True}), _without_body(send)
        snapshot = self._find(scope) if scope["method"] == "GET" else None
        if snapshot is None:
            try:
                await self.app(scope, receive if scope["method"] == "GET" else patient(receive), send)
            finally:
                forget_long(scope)
            return
        start, body = messages(scope, snapshot)
        await send(start)
        await send(body)

    def _find(self, scope: Any) -> Snapshot | None:
        path: str = scope["path"]
        if not path.startswith(PREFIX) or self.snapshots is None or self.counts is None:
            return None
        if path.endswith(FEED):
            query = feed_query(scope["query_string"])
            return None if query is None else self.snapshots.find(path[BEGINS : -len(FEED)], query)
        if path.endswith(COUNTS):
            urls = counted_urls(scope["query_string"])
            return None if urls is None else self.counts.find(path[BEGINS : -len(COUNTS)], urls)
        return None


def _without_body(send: Send) -> Send:
    """HEAD is GET whose body stays here (RFC 9110, 9.3.2), for every address: its length is told all the same."""
    start: Any = None

    async def send_head(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
        elif message["type"] == "http.response.body":
            if start is not None:
                await send(_with_length(start, message))
                start = None
            await send(cast("Message", {**message, "body": b""}))
        else:
            await send(message)

    return send_head


def _with_length(start: Any, body: Any) -> Message:
    """The server counts the bytes that it is given, and of HEAD it is given none."""
    headers = list(start["headers"])
    is_told = start["status"] in NO_CONTENT or any(name.lower() == b"content-length" for name, _ in headers)
    if not is_told and not body.get("more_body", False):
        headers.append((b"content-length", str(len(body.get("body", b""))).encode()))
    return cast("Message", {**start, "headers": headers})
