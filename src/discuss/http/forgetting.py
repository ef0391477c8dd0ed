"""The framework remembers a thousand query strings, cookies and forms that it parsed, however long: those are forgotten again."""

from typing import Any

from litestar._parsers import parse_cookie_string, parse_query_string, parse_url_encoded_form_data

LONGEST_KEPT = 4096
"""Bytes; a browser's cookies and all that our own pages ask for are shorter."""

FORM = b"application/x-www-form-urlencoded"


def forget_long(scope: Any) -> None:
    """To be called once the request is done."""
    if len(scope["query_string"]) > LONGEST_KEPT:
        parse_query_string.cache_clear()
    for name, value in scope["headers"]:
        if name == b"cookie" and len(value) > LONGEST_KEPT:
            parse_cookie_string.cache_clear()
        elif name == b"content-type" and value.lower().startswith(FORM):
            parse_url_encoded_form_data.cache_clear()
