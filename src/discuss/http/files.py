"""Scripts, styles and pictures: read once when the process starts, served with a validator.

The imports in scripts carry a version mark computed from all the files, so that after an upgrade no browser combines a new
script with an old one from its cache.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from litestar import Response

from discuss.errors import NotFound
from discuss.http.caching import matches
from discuss.http.dependencies import Asked
from discuss.http.origins import ANY_ORIGIN

HTTP = Path(__file__).parent
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
_IMPORT = re.compile(rb'^(import (?:[^"]* from )?"\./[\w-]+\.js)"', re.MULTILINE)
CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"


@dataclass(frozen=True, slots=True)
class File:
    """`mark`: the query string with which scripts of this version import each other."""

    body: bytes
    media_type: str
    etag: str
    mark: bytes


def read_files(*folders: Path) -> Mapping[str, File]:
    """By name. Only files meant for browsers: no templates, no Python modules."""
    bodies = {path: path.read_bytes() for path in _public(folders)}
    mark = _digest(b"".join(bodies.values()))[:8].encode()
    return {path.name: _file(path, body, mark) for path, body in bodies.items()}


def _public(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.iterdir()) if path.suffix in MEDIA_TYPES)


def _file(path: Path, body: bytes, mark: bytes) -> File:
    if path.suffix == ".js":
        body = _IMPORT.sub(rb"\1?" + mark + b'"', body)
    return File(body, MEDIA_TYPES[path.suffix], f'"{_digest(body)[:20]}"', mark)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def serve(request: Asked, files: Mapping[str, File], name: str) -> Response[bytes | None]:
    """Serves a file to pages of any origin. Raises `NotFound`.

    A request with another version's mark, made while machines run different versions, gets an answer that nobody may cache.
    """
    if name not in files:
        raise NotFound
    file = files[name]
    headers = {
        "etag": file.etag,
        "cache-control": CACHE_CONTROL if request.scope["query_string"] in {b"", file.mark} else "no-store",
        **ANY_ORIGIN,
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
    }
    if matches(request.headers.get("if-none-match"), file.etag):
        return Response(None, status_code=304, headers=headers)
    return Response(file.body, media_type=file.media_type, headers=headers)
