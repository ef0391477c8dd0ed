"""A thin ASGI application in front of the framework that answers the common polls from memory.

It turns HEAD into GET for every route. All other requests, and polls whose answer is not in memory, go on to Litestar, whose
routes give the same answers.
"""

import string
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import quote

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import HTTPScope, Message, Receive, Scope, Send

from discuss.feed.counts import Counts
from discuss.feed.snapshot import Snapshot
from discuss.feed.snapshots import Poll, Snapshots
from discuss.http.forgetting import Forgetting
from discuss.http.patience import patient
from discuss.http.polls import counted_urls, feed_query
from discuss.http.refusing import refuse, too_long
from discuss.http.sending import HEAD_ONLY, messages

PREFIX, FEED, COUNTS = "/api/v1/sites/", "/feed", "/counts"
BEGINS = len(PREFIX)

HTTP: Final = ScopeType.HTTP
NO_CONTENT = frozenset({204, 304})
"""Statuses of answers without a body or a Content-Length."""


class Front:
    """Answers polls from what `open` is given once the application has started."""

    __slots__ = ("_counts", "_forgetting", "_polls", "_snapshots", "app")

    def __init__(self, app: Litestar) -> None:
        self.app = app
        self._forgetting = Forgetting(app)
        self._snapshots: Snapshots | None = None
        self._counts: Counts | None = None
        self._polls: Mapping[Poll, Snapshot] = {}

    def open(self, snapshots: Snapshots, counts: Counts) -> None:
        self._snapshots, self._counts, self._polls = snapshots, counts, snapshots.polls

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application. A plain method, because calling one is faster than calling an instance through `__call__`."""
        if scope["type"] != HTTP:
            await self.app(scope, receive, send)
        elif scope["method"] == "GET":
            # Looked up here before `_find`, so that a repeated poll costs no call.
            snapshot = self._polls.get((scope["path"], scope["query_string"])) or self._find(scope)
            if snapshot is None:
                await self._pass_on(scope, receive, send)
                return
            start, body = messages(scope, snapshot)
            await send(start)
            await send(body)
        elif scope["method"] == "HEAD":
            asked = cast("HTTPScope", {**scope, "method": "GET", HEAD_ONLY: True})
            await self.answer(asked, receive, _without_body(send))
        else:
            await self._pass_on(scope, patient(receive), send)

    async def _pass_on(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        if too_long(scope):
            await refuse(send)
            return
        asked = _unquoted(_encoded(scope))
        try:
            await self.app(asked, receive, send)
        finally:
            self._forgetting.note(asked)

    def _find(self, scope: HTTPScope) -> Snapshot | None:
        path, written = scope["path"], scope["query_string"]
        if not path.startswith(PREFIX) or self._snapshots is None or self._counts is None:
            return None
        if path.endswith(FEED):
            query = feed_query(written)
            found = None if query is None else self._snapshots.find(path[BEGINS : -len(FEED)], query)
            if found is not None:
                self._snapshots.keep_poll((path, written), found)
            return found
        if path.endswith(COUNTS):
            urls = counted_urls(written)
            return None if urls is None else self._counts.find(path[BEGINS : -len(COUNTS)], urls)
        return None


def _encoded(scope: HTTPScope) -> HTTPScope:
    """Percent-encodes UTF-8 that a client put into the query unencoded: the framework would take each byte for a character."""
    written = scope["query_string"]
    if written.isascii():
        return scope
    return cast("HTTPScope", {**scope, "query_string": quote(written, safe=string.printable).encode()})


def _unquoted(scope: HTTPScope) -> HTTPScope:
    """Leaves out cookies with a backslash, which none of ours has: older Pythons take time with the square of its length to read one."""
    headers = scope["headers"]
    if not any(name == b"cookie" and b"\\" in value for name, value in headers):
        return scope
    kept = [(name, _plain(value) if name == b"cookie" else value) for name, value in headers]
    return cast("HTTPScope", {**scope, "headers": kept})


def _plain(cookies: bytes) -> bytes:
    return b";".join(one for one in cookies.split(b";") if b"\\" not in one)


def _without_body(send: Send) -> Send:
    """Drops the body, because HEAD is answered like GET without it (RFC 9110, 9.3.2); its length is sent all the same."""
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
    """Adds the Content-Length, which the server takes from the body: for HEAD it is given none."""
    headers = list(start["headers"])
    is_told = start["status"] in NO_CONTENT or any(name.lower() == b"content-length" for name, _ in headers)
    if not is_told and not body.get("more_body", False):
        headers.append((b"content-length", str(len(body.get("body", b""))).encode()))
    return cast("Message", {**start, "headers": headers})
