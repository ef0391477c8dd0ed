"""Finished bytes, in every content coding that was asked for."""

import gzip
from collections.abc import Callable
from functools import partial

import brotli
import zstandard

IDENTITY = ""

CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=5),
    # Not a method of one compressor: the export compresses in a thread, and two calls at once would corrupt its memory.
    "zstd": partial(zstandard.compress, level=6),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}
"""In order of preference, if a client accepts several equally."""


class Snapshot:
    """An answer that may be sent to anybody. `digest` identifies its content; each coding of it has a validator of its own.

    `prepared` is for whatever sends it: what is derived from the bytes is thrown away together with them.
    """

    __slots__ = ("_coded", "body", "digest", "prepared")

    def __init__(self, body: bytes, digest: str) -> None:
        self.body = body
        self.digest = digest
        self.prepared: dict[str | bytes, object] = {}
        self._coded = {IDENTITY: body}

    def coded(self, coding: str) -> bytes:
        if coding not in self._coded:
            self._coded[coding] = CODINGS[coding](self.body)
        return self._coded[coding]

    def etag(self, coding: str = IDENTITY) -> str:
        """With a dot: proxies that compress add `-gzip` themselves, and Caddy takes that off what clients send back."""
        return f'"{self.digest}.{coding}"' if coding else f'"{self.digest}"'
