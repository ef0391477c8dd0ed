"""What this process knows of each site's feed, and the finished answers made of it.

A poll is answered from here without asking Redis or PostgreSQL. A refresh runs once however many want it, and the
old bytes are served until it is done, or for as long as Redis is away.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog
from redis.exceptions import RedisError

from discuss.feed import window as windows
from discuss.feed.answers import Query, answer
from discuss.feed.reading import Delta, Reader
from discuss.feed.shelf import Shelf
from discuss.feed.snapshot import Snapshot
from discuss.feed.window import Window

MOST_ANSWERS = 512
"""How many different questions about one site, and polls of all sites together, have their answers kept until the next change."""

log = structlog.get_logger()

Poll = tuple[str, bytes]
"""Path and query as they arrived."""

Hearer = Callable[[str, Window, Delta], None]
"""Told of each change: slug, the window after it, and what changed."""


@dataclass(slots=True)
class Held:
    """What this process holds of one site."""

    window: Window
    answers: dict[Query, Snapshot] = field(default_factory=dict)

    def keep(self, query: Query, snapshot: Snapshot) -> None:
        if len(self.answers) >= MOST_ANSWERS:
            self.answers.clear()
        self.answers[query] = snapshot


class Snapshots:
    def __init__(self, reader: Reader, shelf: Shelf) -> None:
        self._reader = reader
        self._shelf = shelf
        self._held: dict[str, Held] = {}
        self._refreshing: dict[str, asyncio.Task[None]] = {}
        self._stale: set[str] = set()
        self._unshelved: set[str] = set()
        self._hearers: list[Hearer] = []
        self.polls: dict[Poll, Snapshot] = {}
        """The answers to polls since the last change of any site, so that the front need not parse the same request again."""

    def find(self, slug: str, query: Query) -> Snapshot | None:
        """The answer this process has, or can make. None: it knows nothing of the site, or does not reach far enough down."""
        held = self._held.get(slug)
        if held is None:
            return None
        found = held.answers.get(query)
        if found is None:
            found = answer(slug, held.window, query)
            if found is not None:
                held.keep(query, found)
            elif query.since is not None:  # the full answer is due, and somebody may have asked for it
                return self.find(slug, query._replace(since=None))
        return found

    def keep(self, slug: str, query: Query, snapshot: Snapshot, point: str) -> None:
        """Keeps an answer from PostgreSQL until the next change, unless there has been one since this point."""
        held = self._held.get(slug)
        if held is not None and held.window.point == point:
            held.keep(query, snapshot)

    def keep_poll(self, poll: Poll, snapshot: Snapshot) -> None:
        """For identical polls before the next change."""
        if len(self.polls) >= MOST_ANSWERS:
            self.polls.clear()
        self.polls[poll] = snapshot

    def window(self, slug: str) -> Window | None:
        return self._held[slug].window if slug in self._held else None

    def slugs(self) -> list[str]:
        return list(self._held)

    def tell(self, hearer: Hearer) -> None:
        """Registers a hearer, to be told of changes from now on."""
        self._hearers.append(hearer)

    def recall(self) -> None:
        """Loads what an earlier process left on disk, for a start while Redis is away. Hearers are told of it as of any change."""
        for slug, kept in self._shelf.read().items():
            if slug not in self._held:
                self._begin(slug, windows.told(kept))

    def renew(self, slug: str) -> asyncio.Future[None]:
        """Reads what changed, soon. Calls that arrive during a reading share one more after it.

        A caller that gives up waiting does not cancel it for others.
        """
        self._stale.add(slug)
        if slug not in self._refreshing:
            self._refreshing[slug] = asyncio.create_task(self._catch_up(slug))
        return asyncio.shield(self._refreshing[slug])

    async def _catch_up(self, slug: str) -> None:
        try:
            while slug in self._stale:
                self._stale.discard(slug)
                await self._read(slug)
        finally:
            del self._refreshing[slug]

    async def _read(self, slug: str) -> None:
        held = self._held.get(slug)
        try:
            delta = await (
                self._reader.read(slug, held.window.epoch, held.window.seq)
                if held
                else self._reader.read(slug)
            )
            if delta is not None:
                self._take(slug, held, delta)
        except (RedisError, OSError) as error:
            log.warning("feed.unreadable", site=slug, error=type(error).__name__)

    def _take(self, slug: str, held: Held | None, delta: Delta) -> None:
        if held is not None and held.window.follows(delta):
            if delta.seq <= held.window.seq:
                return  # an earlier reading had it already
            held.window.advance(delta)
            self._drop_answers(held)
            self._tell(slug, held.window, delta)
        else:
            self._begin(slug, delta)
        self._unshelved.add(slug)

    def _begin(self, slug: str, delta: Delta) -> None:
        held = self._held[slug] = Held(Window(delta))
        self._drop_answers(held)
        self._tell(slug, held.window, delta)

    def _tell(self, slug: str, window: Window, delta: Delta) -> None:
        for hearer in self._hearers:
            hearer(slug, window, delta)

    async def count_views(self, slug: str) -> None:
        """Reads how often the articles were seen. The bytes change, the validators stay. Raises `RedisError`."""
        held = self._held.get(slug)
        if held is not None:
            held.window.count(await self._reader.views(slug))
            self._drop_answers(held)

    def _drop_answers(self, held: Held) -> None:
        held.answers.clear()
        self.polls.clear()

    def shelve(self) -> None:
        """Writes to disk what changed since the last time."""
        while self._unshelved:
            slug = self._unshelved.pop()
            self._shelf.keep(slug, self._held[slug].window.kept())

    async def refresh_changed(self, slugs: Sequence[str]) -> None:
        """Reads again every feed that moved on without our hearing of it. Raises `RedisError` while Redis is away."""
        for slug, (epoch, seq) in zip(slugs, await self._reader.seqs(slugs), strict=True):
            held = self._held.get(slug)
            if held is None or (held.window.epoch, held.window.seq) != (epoch, seq):
                await self.renew(slug)
