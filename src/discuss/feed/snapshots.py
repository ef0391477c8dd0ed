"""The finished bytes of each site's feed, kept in the process and on disk.

A poll is answered from here without a word to Redis or PostgreSQL; a refresh runs once however many ask, and the
old bytes are served until it is done, or for as long as Redis is away.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import structlog
from redis.exceptions import RedisError

from discuss.feed.reading import Page, Reader
from discuss.feed.shelf import Shelf

DEFAULT_ROWS = 15
MOST_ROWS = 50

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A feed of at most so many rows: its bytes, and a strong validator made from them alone."""

    body: bytes
    etag: str


@dataclass(slots=True)
class Held:
    """What this process holds of one site."""

    page: Page
    rendered: dict[int, Snapshot] = field(default_factory=dict)


def render(slug: str, rows: Sequence[bytes]) -> Snapshot:
    body = b'{"site":"' + slug.encode() + b'","articles":[' + b",".join(rows) + b"]}"
    return Snapshot(body, f'"{blake2b(body, digest_size=12).hexdigest()}"')


class Snapshots:
    def __init__(self, reader: Reader, shelf: Shelf) -> None:
        self._reader = reader
        self._shelf = shelf
        self._held: dict[str, Held] = {}
        self._refreshing: dict[str, asyncio.Task[None]] = {}
        self._stale: set[str] = set()
        self._unshelved: set[str] = set()

    def get(self, slug: str, limit: int = DEFAULT_ROWS) -> Snapshot | None:
        """The bytes this process holds; None: nothing was ever read for this site."""
        held = self._held.get(slug)
        if held is None:
            return None
        if limit not in held.rendered:
            held.rendered[limit] = render(slug, held.page.rows[:limit])
        return held.rendered[limit]

    def slugs(self) -> list[str]:
        return list(self._held)

    def recall(self) -> None:
        """Takes up what an earlier process left on disk, for a start while Redis is away."""
        for slug, rows in self._shelf.read().items():
            self._held.setdefault(slug, Held(Page("", rows)))

    def renew(self, slug: str) -> asyncio.Task[None]:
        """Reads a site's feed anew, soon; calls that come while a reading is under way share one more after it."""
        self._stale.add(slug)
        if slug not in self._refreshing:
            self._refreshing[slug] = asyncio.create_task(self._catch_up(slug))
        return self._refreshing[slug]

    async def _catch_up(self, slug: str) -> None:
        try:
            while slug in self._stale:
                self._stale.discard(slug)
                await self._read(slug)
        finally:
            del self._refreshing[slug]

    async def _read(self, slug: str) -> None:
        try:
            page = await self._reader.read(slug, MOST_ROWS)
        except (RedisError, OSError) as error:
            log.warning("feed.unreadable", site=slug, error=type(error).__name__)
            return
        if page is not None:
            self._held[slug] = Held(page)
            self._unshelved.add(slug)

    def shelve(self) -> None:
        """Writes to disk what changed since the last time."""
        while self._unshelved:
            slug = self._unshelved.pop()
            self._shelf.keep(slug, self._held[slug].page.rows)

    async def refresh_changed(self, slugs: Sequence[str]) -> None:
        """Reads again whatever moved on without our hearing of it. Raises `RedisError` while Redis is away."""
        for slug, mark in zip(slugs, await self._reader.marks(slugs), strict=True):
            held = self._held.get(slug)
            if held is None or held.page.mark != mark:
                await asyncio.shield(self.renew(slug))
