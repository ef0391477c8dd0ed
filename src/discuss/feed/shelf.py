"""The last snapshot of each site on disk, for a process that starts while Redis is away."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog

log = structlog.get_logger()


class Shelf:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, slug: str, rows: Sequence[bytes]) -> None:
        """Writes atomically. A full disk costs a warning, never an answer."""
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
