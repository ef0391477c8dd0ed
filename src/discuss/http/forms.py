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
"""Bytes from which on reading them takes so long that nobody should have to wait for it."""

READ = "discuss.form"
"""Where a request keeps what was filled in: who asks is told by it too, and so it is wanted more than once."""

Shape = TypeVar("Shape")


async def fields_of(request: Asked) -> Mapping[str, str]:
    """What was filled in. Raises `InvalidInput`."""
    return dict(await _pairs(request))


async def values_of(request: Asked, name: str) -> Sequence[str]:
    """Everything that was ticked under one name. Raises `InvalidInput`."""
    return [value for field, value in await _pairs(request) if field == name]


async def _pairs(request: Asked) -> Sequence[tuple[str, str]]:
    """Raises `InvalidInput`.

    The framework's own parser keeps the last thousand bodies in a cache; those of log-in forms hold passwords.
    """
    scope = cast("dict[str, Any]", request.scope)
    if READ not in scope:
        if request.content_type[0] != URL_ENCODED:
            raise InvalidInput("This page takes HTML forms only.")
        body = await request.body()
        scope[READ] = await asyncio.to_thread(_read, body) if len(body) > LONG else _read(body)
    pairs: Sequence[tuple[str, str]] = scope[READ]
    return pairs


def _read(body: bytes) -> Sequence[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise InvalidInput from error


async def filled_in(request: Asked, shape: type[Shape]) -> Shape:
    """The form as a struct; an empty field counts as left out. Raises `InvalidInput`."""
    given = {name: value for name, value in (await fields_of(request)).items() if value}
    try:
        return msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as error:
        raise wrong_body(error) from error
