"""One thin ASGI callable in front of the framework: it answers the feed's common polls from memory.

HEAD becomes GET here, for all. Everything else, and every poll it has no bytes for, goes on to Litestar, whose route gives the same answer.
"""

from typing import Any, cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from discuss.feed.snapshots import Snapshot, Snapshots
from discuss.http.caching import matches, public_headers
from discuss.http.patience import patient

PREFIX, SUFFIX = "/api/v1/sites/", "/feed"


class Front:
    """`snapshots` are there once the application has started."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.snapshots: Snapshots | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] == "HEAD":
            scope, send = cast("Scope", {**scope, "method": "GET"}), _without_body(send)
        snapshot = self._snapshot(scope) if scope["type"] == ScopeType.HTTP else None
        if snapshot is None:
            await self.app(scope, receive if scope.get("method") == "GET" else patient(receive), send)
        else:
            await _answer(scope, send, snapshot)

    def _snapshot(self, scope: Any) -> Snapshot | None:
        path: str = scope["path"]
        hot = (
            path.endswith(SUFFIX)
            and path.startswith(PREFIX)
            and scope["method"] == "GET"
            and not scope["query_string"]
        )
        return self.snapshots.get(path[len(PREFIX) : -len(SUFFIX)]) if hot and self.snapshots else None


def _without_body(send: Send) -> Send:
    """HEAD is GET whose body stays here (RFC 9110, 9.3.2), for every address."""

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return send_head


async def _answer(scope: Any, send: Send, snapshot: Snapshot) -> None:
    asked = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
    fresh = matches(asked.decode("latin-1"), snapshot.etag)
    headers = [(name.encode(), value.encode()) for name, value in public_headers(snapshot.etag).items()]
    if not fresh:
        headers += [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(snapshot.body)).encode()),
        ]
    await send({"type": "http.response.start", "status": 304 if fresh else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if fresh else snapshot.body, "more_body": False})
