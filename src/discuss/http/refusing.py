"""Refuses what is too long for any route before the framework parses it: a thousand fields grow to a hundred times their length."""

from typing import Any

import msgspec
from litestar.types import HTTPScope, Send

from discuss.errors import TooLong
from discuss.http.forms import MOST_FIELDS
from discuss.http.origins import ANY_ORIGIN_RAW
from discuss.http.problem import CONTENT_TYPE, STATUS, body

LONGEST_PATH = 2048
"""Characters; no route needs even three hundred."""

LONGEST_QUERY = 64_000
"""Bytes: for each of fifty addresses to be counted, 1,280. The server refuses 65,535 in path and query without saying why."""

LONGEST_HEADERS = 32_000
"""Bytes of names and values; browsers send two thousand, and a log-in is one of a few cookies."""


def too_long(scope: HTTPScope) -> bool:
    query = scope["query_string"]
    return (
        len(scope["path"]) > LONGEST_PATH
        or len(query) > LONGEST_QUERY
        or query.count(b"&") >= MOST_FIELDS
        or sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS
    )


def _refusal() -> tuple[Any, Any]:
    status, title = STATUS[TooLong]
    told = msgspec.json.encode(body(status, TooLong.code, title, TooLong.default))
    headers = [
        (b"content-type", CONTENT_TYPE.encode()),
        (b"content-length", str(len(told)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),  # there may be a body, which would be taken for the next request
        ANY_ORIGIN_RAW,  # the route is not known yet, and the answer holds nothing private
    ]
    start = {"type": "http.response.start", "status": int(status), "headers": headers}
    return start, {"type": "http.response.body", "body": told, "more_body": False}


REFUSAL = _refusal()


async def refuse(send: Send) -> None:
    for message in REFUSAL:
        await send(message)
