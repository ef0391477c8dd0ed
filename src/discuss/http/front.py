"""One thin ASGI callable in front of the framework: it answers the common polls from memory.

HEAD becomes GET here, for all. Everything else, and every poll it has no bytes for, goes on to Litestar, whose route gives the same answer.
"""

from typing import Any, cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from discuss.feed.counts import Counts
from discuss.feed.snapshot import Snapshot
from discuss.feed.snapshots import Snapshots
from discuss.http.patience import patient
from discuss.http.polls import counted_urls, feed_query
from discuss.http.sending import HEAD_ONLY, send_snapshot

PREFIX, FEED, COUNTS = "/api/v1/sites/", "/feed", "/counts"
BEGINS = len(PREFIX)


class Front:
    """`snapshots` and `counts` are there once the application has started."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.snapshots: Snapshots | None = None
        self.counts: Counts | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        if scope["method"] == "HEAD":
            scope, send = cast("HTTPScope", {**scope, "method": "GET", HEAD_ONLY: True}), _without_body(send)
        snapshot = self._find(scope) if scope["method"] == "GET" else None
        if snapshot is not None:
            await send_snapshot(scope, send, snapshot)
        else:
            await self.app(scope, receive if scope["method"] == "GET" else patient(receive), send)

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
    """HEAD is GET whose body stays here (RFC 9110, 9.3.2), for every address."""

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = cast("Message", {**message, "body": b""})
        await send(message)

    return send_head
