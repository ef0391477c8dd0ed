"""Litestar caches the last thousand paths, query strings, cookies and forms that it parsed; this clears those caches before they grow."""

from typing import Any

from litestar import Litestar
from litestar._asgi.routing_trie.traversal import parse_path_params
from litestar._kwargs.extractors import create_query_default_dict
from litestar._parsers import parse_cookie_string, parse_query_string, parse_url_encoded_form_data
from litestar.datastructures import URL

ROOM = 2 * 1024 * 1024
"""Bytes that a process may hold in those caches, by the estimate made here."""

REQUEST, PART, LETTER = 2000, 400, 8
"""Bytes held for each request, each part of a query or cookie, and each byte of text; estimated on the high side."""

FORM = b"application/x-www-form-urlencoded"


class Forgetting:
    """Estimates what the framework keeps of requests, whose number and length strangers choose."""

    def __init__(self, app: Litestar) -> None:
        self._app = app
        self._weight = 0

    def note(self, scope: Any) -> None:
        """To be called once the request is done: until then it still holds its own entries."""
        self._weight += _weight(scope)
        if self._weight > ROOM:
            self._forget()
        if any(
            name == b"content-type" and value.lower().startswith(FORM) for name, value in scope["headers"]
        ):
            parse_url_encoded_form_data.cache_clear()

    def _forget(self) -> None:
        self._weight = 0
        self._app.asgi_router.handle_routing.cache_clear()
        for remembered in (
            parse_path_params, parse_query_string, create_query_default_dict, parse_cookie_string,
            URL._new, URL.from_components,  # noqa: SLF001  - the framework has no other way to forget
        ):  # fmt: skip
            remembered.cache_clear()


def _weight(scope: Any) -> int:
    weight = REQUEST + LETTER * len(scope["path"]) + _taken_apart(scope["query_string"], b"&")
    for name, value in scope["headers"]:
        if name == b"cookie":
            weight += _taken_apart(value, b";")
        elif name == b"host":
            weight += LETTER * len(value)
    return weight


def _taken_apart(written: bytes, between: bytes) -> int:
    return LETTER * len(written) + PART * (1 + written.count(between))
