"""Writes the finished feeds into files, for a web server or a CDN to serve: the same bytes that polls are answered with."""

import asyncio
import fcntl
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog

from discuss.errors import DiscussError
from discuss.feed.answers import Query
from discuss.feed.reading import Delta
from discuss.feed.snapshot import Snapshot
from discuss.feed.window import Window
from discuss.http.v1.fragment import as_html
from discuss.usecases.know_site import know_site
from discuss.usecases.read_feed import read_feed
from discuss.usecases.services import Services

SUFFIXES = {"": "", "gzip": ".gz", "br": ".br", "zstd": ".zst"}
POINT = "point"
"""The file that says how far the others are."""

log = structlog.get_logger()


class Export:
    """Hears of changes, and writes what changed in a task of its own; many changes become one writing."""

    def __init__(self, folder: Path, services: Services) -> None:
        self._folder = folder
        self._services = services
        self._changed: set[str] = set()
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        services.snapshots.tell(self._hear)

    def start(self) -> None:
        self._task = asyncio.create_task(self._write_changed())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _hear(self, slug: str, window: Window, delta: Delta) -> None:
        del window, delta
        self._changed.add(slug)
        self._woken.set()

    async def _write_changed(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            while self._changed:
                await self._write(self._changed.pop())

    async def _write(self, slug: str) -> None:
        try:
            site = await know_site(self._services, slug)
            snapshot = await read_feed(self._services, slug, Query())
            window = self._services.snapshots.window(slug)
            html = as_html(snapshot, site.languages[0], site.time_zone)
            if window is not None:
                files = {"feed.json": snapshot, "feed.html": html}
                await asyncio.to_thread(replace, self._folder / slug, files, window.epoch, window.seq)
        except (OSError, DiscussError) as error:
            log.warning("feed.export_unwritable", site=slug, error=str(error))


def replace(folder: Path, files: Mapping[str, Snapshot], epoch: str, seq: int) -> None:
    """Each file as a whole, all under one lock; passed over when another process was here with something newer."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_behind(folder / POINT, epoch, seq):
            return
        for name, snapshot in files.items():
            for coding, suffix in SUFFIXES.items():
                _put(folder / f"{name}{suffix}", snapshot.coded(coding))
        _put(folder / POINT, f"{epoch}.{seq}".encode())


def _is_behind(point: Path, epoch: str, seq: int) -> bool:
    """Two lives of a feed cannot be compared: whoever is in the old one finds the new one within a second."""
    with suppress(OSError, ValueError):
        known_epoch, _, known_seq = point.read_text().rpartition(".")
        return known_epoch == epoch and int(known_seq) > seq
    return False


def _put(path: Path, body: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(body)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
