"""The composition root: settings in, services out. Everything real is made here and closed here."""

import asyncio
import os
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import uuid_utils.compat
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.low_level import ARGON2_VERSION
from redis.asyncio import Redis

from discuss import redis_client
from discuss.desk.announcing import Announcer
from discuss.desk.streams import Consoles
from discuss.errors import Unavailable
from discuss.feed.counts import Counts
from discuss.feed.listening import Listener
from discuss.feed.projection import Projection
from discuss.feed.reading import Reader
from discuss.feed.searches import Searches
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.feed.streams import Streams
from discuss.feed.views import Views
from discuss.interop.document import Document
from discuss.known_places import KnownPlaces
from discuss.limiting import Limiter
from discuss.settings import Settings
from discuss.single_flight import SingleFlight
from discuss.store.database import Database
from discuss.usecases import know_site
from discuss.usecases.services import Doorbell, Services

Answer = TypeVar("Answer")

AT_ONCE, LONGEST_LINE = 2, 64
"""How many passwords one process hashes at the same time, and how many may be hashed or waiting at once."""

REDIS_PATIENCE = 2.0
"""Seconds a Redis command may take before we go on without it."""

LIMITS_PATIENCE = 0.25
"""The same where a reader is waiting and each process can count for itself."""

DOCUMENTS_FRESH, DOCUMENTS_ROOM = 5.0, 32 * 1024 * 1024
"""Seconds for which finished documents are given out again, and how many bytes of them are kept."""


class Silence:
    """A doorbell that nobody hears: for command-line verbs, whose work the sweep finds soon enough."""

    def ring(self) -> None:
        return None

    def ring_soon(self) -> None:
        return None


class Argon2:
    """Hashes off the event loop, and takes as long for an unknown account as for a known one."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._nobody = _matches_nothing(self._hasher)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        return await self._in_turn(self._hasher.hash, password)

    async def matches(self, password: str, hashed: str | None) -> bool:
        return await self._in_turn(self._verify, password, hashed)

    async def _in_turn(self, work: Callable[..., Answer], *arguments: object) -> Answer:
        """Each hash takes 64 MiB and a core for a while, so a flood of log-ins waits in a line. Raises `Unavailable` if the line is full."""
        if self._waiting >= LONGEST_LINE:
            raise Unavailable("Too many people are logging in right now. Please try again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        finally:
            self._waiting -= 1

    def _verify(self, password: str, hashed: str | None) -> bool:
        try:
            return self._hasher.verify(hashed or self._nobody, password) and hashed is not None
        except (Argon2Error, InvalidHashError):
            return False


def _matches_nothing(hasher: PasswordHasher) -> str:
    """Reads as a hash by this hasher and takes as long to compare, but cost nothing to make and matches no password."""
    salt, digest = (
        b64encode(os.urandom(n)).rstrip(b"=").decode() for n in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2{hasher.type.name.lower()}$v={ARGON2_VERSION}${costs}${salt}${digest}"


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> UUID:
    """Version 7: ids made later sort later, which keeps indexes compact."""
    return uuid_utils.compat.uuid7()


def connect_redis(url: str) -> Redis:
    return redis_client.connect(url, REDIS_PATIENCE, Redis)


def _weight(document: Document) -> int:
    return len(document.body)


@asynccontextmanager
async def services(
    settings: Settings, doorbell: Doorbell | None = None, *, plan_once: bool = False
) -> AsyncIterator[Services]:
    """Everything a use case needs, closed on leaving. Connects lazily: a store that is away is no error here.

    `plan_once`: see `Database.connect`.
    """
    database = Database.connect(settings.database_url, settings.database_pool, plan_once=plan_once)
    redis = connect_redis(settings.redis_url)
    limits = redis_client.connect(settings.redis_url, LIMITS_PATIENCE, Redis)
    reader = Reader(redis)
    snapshots, counts = Snapshots(reader, Shelf(settings.home / "snapshots")), Counts()
    streams, announcer = Streams(settings.streams_per_address), Announcer(redis)
    snapshots.tell(counts.hear)
    snapshots.tell(streams.hear)
    try:
        yield Services(
            database=database,
            clock=now,
            new_id=new_id,
            doorbell=doorbell or Silence(),
            passwords=Argon2(),
            limiter=Limiter(limits),
            places=KnownPlaces(limits),
            projection=Projection(redis),
            reader=reader,
            snapshots=snapshots,
            counts=counts,
            streams=streams,
            listener=Listener(redis, snapshots),
            views=Views(redis),
            announcer=announcer,
            consoles=Consoles(redis),
            sites=SingleFlight(know_site.FRESH, know_site.MOST, lambda _: 1),
            searches=Searches(),
            documents=SingleFlight(DOCUMENTS_FRESH, DOCUMENTS_ROOM, _weight),
            session_life=timedelta(days=settings.session_days),
            shadow_bans=settings.shadow_bans,
        )
    finally:
        await announcer.stop()
        await redis.aclose()
        await limits.aclose()
        await database.close()
