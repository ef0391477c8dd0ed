"""The last snapshot of each site on disk, for a process that starts while Redis is away."""

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog

PAUSE = 5.0
"""Seconds between two writes of the same site: the shelf is for bad days and may lag a little."""

log = structlog.get_logger()


class Shelf:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: dict[str, float] = {}

    def keep(self, slug: str, rows: Sequence[bytes]) -> None:
        """Writes atomically, unless it did so a moment ago. A full disk costs a warning, never an answer."""
        now = time.monotonic()
        if now - self._written.get(slug, -PAUSE) < PAUSE:
            return
        self._written[slug] = now
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
                file.write(b"[" + b",".join(rows) + b"]")
            Path(file.name).replace(self._folder / f"{slug}.json")
        except OSError as error:
            log.warning("feed.shelf_unwritable", site=slug, error=str(error))

    def read(self) -> dict[str, list[bytes]]:
        """Rows by slug. A damaged file is passed over: it is as if it had never been written."""
        found: dict[str, list[bytes]] = {}
        for path in self._folder.glob("*.json"):
            with suppress(OSError, ValueError):
                rows = json.loads(path.read_bytes())
                found[path.stem] = [
                    json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() for row in rows
                ]
        return found
