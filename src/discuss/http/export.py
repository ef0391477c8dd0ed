"""Exports feeds as files for a web server or a CDN to serve: the same bytes that polls are answered with."""

import asyncio
import time
from pathlib import Path

import structlog

from discuss.ending import end
from discuss.errors import DiscussError
from discuss.feed.answers import Query
from discuss.feed.reading import Delta
from discuss.feed.window import Window
from discuss.http.exported_files import replace
from discuss.http.v1.fragment import as_html
from discuss.usecases.know_manner import know_manner
from discuss.usecases.read_feed import read_feed
from discuss.usecases.services import Services

LOOK = 1.0
"""Seconds between two checks for what is due; a site's files are not written more often than that anyway."""

PAUSE = 5.0
"""Seconds before a failed export is tried again."""

log = structlog.get_logger()


class Export:
    """Listens for changes and writes them in a task of its own; changes that come close together are written once."""

    def __init__(self, folder: Path, services: Services) -> None:
        self._folder = folder
        self._services = services
        self._due: dict[str, float] = {}
        """When each site is next due, by slug, as `time.monotonic()` counts."""
        self._tasks: list[asyncio.Task[None]] = []
        services.snapshots.tell(self._hear)

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._write_due())]

    async def stop(self) -> None:
        await end(self._tasks)

    def _hear(self, slug: str, window: Window, delta: Delta) -> None:
        """A site that is waiting for a retry is not made due sooner."""
        del window, delta
        self._due.setdefault(slug, time.monotonic())

    async def _write_due(self) -> None:
        while True:
            now = time.monotonic()
            for slug in [slug for slug, at in self._due.items() if at <= now]:
                await self._write(slug)
            await asyncio.sleep(LOOK)

    async def _write(self, slug: str) -> None:
        """Whatever goes wrong, the site stays due: the next change that would bring it up again may be hours away."""
        del self._due[slug]
        pause = PAUSE
        try:
            if await self._replace(slug):
                return
            pause = 0.0
        except (OSError, DiscussError) as error:
            log.warning("feed.export_unwritable", site=slug, error=str(error))
        except Exception:  # a defect with one site must not stop the export of all
            log.exception("feed.export_failed", site=slug)
        self._due[slug] = time.monotonic() + pause

    async def _replace(self, slug: str) -> bool:
        window = self._services.snapshots.window(slug)
        if window is None:
            return True
        point = window.point  # taken first, so that the answer is never older
        manner = await know_manner(self._services, slug)
        snapshot = await read_feed(self._services, slug, Query())
        files = {"feed.json": snapshot, "feed.html": as_html(snapshot, *manner)}
        return await asyncio.to_thread(replace, self._folder / slug, files, point)
