"""Bytes that no client library would send, to the real server: it refuses them and goes on."""

import socket
from contextlib import suppress

import pytest

from tests.stack import Stack

HOST = b"Host: localhost\r\n"
JSON = b"Content-Type: application/json\r\n"
CLOSE = b"\r\nconnection: close\r\n"


def exchange(stack: Stack, request: bytes, *, and_no_more: bool = True) -> bytes:
    with socket.create_connection(("127.0.0.1", stack.port), timeout=10) as wire:
        answer = b""
        with suppress(ConnectionError):
            wire.sendall(request)
            if and_no_more:
                with suppress(OSError):  # gone already
                    wire.shutdown(socket.SHUT_WR)
            while piece := wire.recv(65536):
                answer += piece
    return answer


def status(answer: bytes) -> int | None:
    """None: the connection was closed without a response, which is a valid answer to noise."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else None


def get(path: bytes, headers: bytes = b"") -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + headers + b"Connection: close\r\n\r\n"


NOISE = [
    get(b"/api/v1/sites/%"),
    get(b"/api/v1/sites/%f"),
    get(b"/api/v1/sites/%zz/feed"),
    get(b"/api/v1/sites/\xff\xfe/feed"),
    get(b"/api/v1/sites/\xd0\xb0/feed"),
    get(b"/api/v1/sites/%ED%A0%80/feed"),
    get(b"/api/v1/sites/a/feed?limit=%"),
    get(b"/api/v1/sites/a/feed?limit=%zz&%ff=%fe&=&&&"),
    get(b"/api/v1/sites/a/feed?limit=\xff"),
    get(b"/api/v1/sites//feed"),
    get(b"//api//v1//sites"),
    get(b"/api/v1/sites/a/../../../../etc/passwd"),
    get(b"http://evil.example/api/v1/sites/a/feed"),
    get(b"*"),
    get(b"/api/v1/sites/a/counts?url=" + b"a" * 70_000),
    get(b"/api/v1/session", b"Authorization: Bearer \x01\r\n"),
    get(b"/api/v1/session", b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"),
    get(b"/api/v1/session", b"Authorization:\r\n"),
    get(b"/api/v1/session", b"Cookie: discuss=\xff;;;=;a\r\n"),
    get(b"/api/v1/session", b"Cookie: " + b"a=b; " * 5000 + b"\r\n"),
    get(b"/api/v1/session", b"X-Forwarded-For: ,,,\xff, not-an-address\r\n"),
    get(b"/api/v1/session", b"Idempotency-Key: \x7f\r\n"),
    get(b"/api/v1/session", b"X" * 100_000 + b": a\r\n"),
    get(b"/api/v1/session", b"bad header\r\n"),
    get(b"/api/v1/session", b"a: b\r\n" * 500),
    b"POST /api/v1/session HTTP/1.1\r\n" + HOST + JSON + b"Content-Length: -1\r\n\r\n{}",
    b"POST /api/v1/session HTTP/1.1\r\n" + HOST + JSON + b"Content-Length: 99999999999999999999\r\n\r\n{}",
    b"POST /api/v1/session HTTP/1.1\r\n"
    + HOST
    + JSON
    + b"Content-Length: 400000\r\nConnection: close\r\n\r\n{}",
    b"POST /api/v1/session HTTP/1.1\r\n" + HOST + JSON + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    b"POST /api/v1/session HTTP/1.1\r\n" + HOST + JSON + b"Content-Length: 50\r\n\r\n{}",
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\0" * 100,
    b"",
]


@pytest.mark.parametrize("request_bytes", NOISE, ids=range(len(NOISE)))
def test_noise_is_refused_and_the_next_request_is_answered(stack, request_bytes):
    answer = exchange(stack, request_bytes)
    assert status(answer) is None or 400 <= status(answer) < 500, answer[:500]
    assert b"Traceback" not in answer
    assert stack.client.get("/health/live").status_code == 200


def post(length: int, body: bytes, headers: bytes = b"") -> bytes:
    told = HOST + JSON + headers + b"Content-Length: %d\r\n\r\n" % length
    return b"POST /api/v1/session HTTP/1.1\r\n" + told + body


def test_who_sends_too_much_is_told_that_the_connection_ends(stack):
    answer = exchange(stack, post(400_000, b"{"), and_no_more=False)
    assert status(answer) == 413
    assert CLOSE in answer.lower()


def test_a_connection_goes_on_after_a_body_that_was_read_and_refused(stack):
    two = post(2, b"{}") + post(2, b"{}", b"Connection: close\r\n")
    _, first, second = exchange(stack, two, and_no_more=False).split(b"HTTP/1.1 422")
    assert CLOSE not in first.lower()
    assert b"invalid-input" in second
