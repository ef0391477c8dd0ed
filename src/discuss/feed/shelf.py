"""The last window of each site on disk, for a process that starts while Redis is away."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec
import structlog

from discuss.feed.window import Kept

log = structlog.get_logger()


class Shelf:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, slug: str, kept: Kept) -> None:
        """Writes atomically. A full disk costs a warning, never an answer."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = self._folder / f"{slug}.{os.getpid()}.part"
            part.write_bytes(msgspec.json.encode(kept))
            part.replace(self._folder / f"{slug}.json")
        except OSError as error:
            log.warning("feed.shelf_unwritable", site=slug, error=str(error))

    def read(self) -> dict[str, Kept]:
        """By slug. A damaged file is ignored, as if it had never been written."""
        found: dict[str, Kept] = {}
        for path in self._folder.glob("*.json"):
            with suppress(OSError, msgspec.DecodeError):
                found[path.stem] = msgspec.json.decode(path.read_bytes(), type=Kept)
        return found
