"""HTML forms, for pages that work without scripts."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl

import msgspec

from discuss.errors import InvalidInput
from discuss.http.dependencies import Asked
from discuss.http.wording import wrong_body

URL_ENCODED = "application/x-www-form-urlencoded"
MOST_FIELDS = 250
LONG = 100_000
"""Bytes; a longer body is parsed in a thread, so that other requests need not wait for it."""

READ = "discuss.form"
"""Key in the scope for the parsed form: the CSRF check needs it as well as the handler."""

Shape = TypeVar("Shape")


async def fields_of(request: Asked) -> Mapping[str, str]:
    """The last value of each field. Raises `InvalidInput`."""
    return dict(await _pairs(request))


async def values_of(request: Asked, name: str) -> Sequence[str]:
    """All values given under one name. Raises `InvalidInput`."""
    return [value for field, value in await _pairs(request) if field == name]


async def _pairs(request: Asked) -> Sequence[tuple[str, str]]:
    """Not parsed by the framework, which keeps the last thousand bodies in a cache: those of log-in forms hold passwords.

    Raises `InvalidInput`.
    """
    scope = cast("dict[str, Any]", request.scope)
    if READ not in scope:
        if request.content_type[0] != URL_ENCODED:
            raise InvalidInput("This page accepts only HTML forms.")
        body = await request.body()
        scope[READ] = await asyncio.to_thread(_read, body) if len(body) > LONG else _read(body)
    pairs: Sequence[tuple[str, str]] = scope[READ]
    return pairs


def _read(body: bytes) -> Sequence[tuple[str, str]]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise InvalidInput from error
    # Browsers send a line break as two characters, but count it as one where a field has a greatest length.
    return [(name, value.replace("\r\n", "\n")) for name, value in pairs]


async def filled_in(request: Asked, shape: type[Shape]) -> Shape:
    """The form as a struct; empty fields count as left out. Raises `InvalidInput`."""
    given = {name: value for name, value in (await fields_of(request)).items() if value}
    try:
        return msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as error:
        raise wrong_body(error) from error
