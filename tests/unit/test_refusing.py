"""What is too long to be looked at is refused, and what has just the greatest length allowed is not."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from litestar import Litestar, Request, get
from litestar.params import FromPath

from discuss.http.front import Front
from discuss.http.polls import MOST_URLS
from discuss.http.refusing import LONGEST_HEADERS, LONGEST_PATH, LONGEST_QUERY

FULL = "https://news.example.org/".ljust(LONGEST_QUERY // MOST_URLS - len("&url="), "x")
"""An address as long as each of fifty may be."""


@get(["/", "/{name:str}"])
async def anything(name: FromPath[str] = "") -> str:
    return name


async def ask(
    path: str = "/", query: bytes = b"", method: str = "GET", headers: Sequence[tuple[bytes, bytes]] = ()
) -> tuple[dict[str, Any], bytes]:
    """The start of the answer, and its body."""
    sent: list[Any] = []
    scope: Any = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query, "headers": list(headers),
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "extensions": {},
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await Front(Litestar([anything, cookies], openapi_config=None)).answer(scope, receive, send)
    return sent[0], sent[1]["body"]


TOO_LONG = {
    "a path": ("/" + "x" * LONGEST_PATH, b""),
    "a query": ("/", b"x" * (LONGEST_QUERY + 1)),
    "a query of many parts": ("/", b"&".join([b"a=b"] * 251)),
}


@pytest.mark.parametrize(("path", "query"), TOO_LONG.values(), ids=TOO_LONG)
async def test_what_is_too_long_is_refused_with_a_problem(path: str, query: bytes) -> None:
    start, body = await ask(path, query)
    headers = dict(start["headers"])
    told = json.loads(body)
    assert (start["status"], headers[b"content-type"]) == (414, b"application/problem+json")
    assert (told["code"], told["status"], told["type"]) == ("too-long", 414, "/problems/too-long")
    assert (headers[b"cache-control"], headers[b"access-control-allow-origin"]) == (b"no-store", b"*")
    assert int(headers[b"content-length"]) == len(body)


async def test_headers_that_are_too_long_are_refused() -> None:
    name = b"user-agent"
    for longer, status in ((0, 200), (1, 414)):
        start, _ = await ask(headers=[(name, b"x" * (LONGEST_HEADERS - len(name) + longer))])
        assert start["status"] == status


@get("/cookies")
async def cookies(request: Request[Any, Any, Any]) -> dict[str, str]:
    return request.cookies


async def test_cookies_in_quotes_are_left_out_and_the_others_read() -> None:
    """Python before 3.11.10 needs seconds for one of 30,000 bytes."""
    quoted = b'b="' + b'\\"' * 15_000 + b'"'
    _, body = await ask("/cookies", headers=[(b"cookie", b"a=1; " + quoted + b"; c=3")])
    assert json.loads(body) == {"a": "1", "c": "3"}


async def test_the_refusal_of_a_head_has_no_body() -> None:
    start, body = await ask("/", b"&" * 500, "HEAD")
    assert (start["status"], body) == (414, b"")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/" + "x" * (LONGEST_PATH - 1), b""),
        ("/", urlencode([("url", FULL)] * MOST_URLS, safe=":/").encode()),
        ("/", b"&".join([b"a=b"] * 250)),
    ],
    ids=["a path", "fifty addresses", "a query of many parts"],
)
async def test_what_is_as_long_as_it_may_be_is_answered(path: str, query: bytes) -> None:
    start, _ = await ask(path, query)
    assert start["status"] == 200
