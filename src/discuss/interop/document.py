"""A finished document and its validators."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Self


@dataclass(frozen=True, slots=True)
class Document:
    """`since`: when these bytes were first seen here.

    Nothing in the bytes could tell: when a comment is removed, what is left is no newer than before.
    """

    body: bytes
    etag: str
    since: datetime

    @classmethod
    def of(cls, body: bytes, now: datetime, before: Self | None) -> Self:
        etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
        return before if before is not None and before.etag == etag else cls(body, etag, now)
