"""What a use case is given; made once, in `wiring`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from discuss.classify.protocol import Classifier
from discuss.desk.announcing import Announcer
from discuss.desk.streams import Consoles
from discuss.domain.sites import Site
from discuss.feed.counts import Counts
from discuss.feed.listening import Listener
from discuss.feed.projection import Projection
from discuss.feed.reading import Reader
from discuss.feed.searches import Searches
from discuss.feed.snapshots import Snapshots
from discuss.feed.streams import Streams
from discuss.feed.views import Views
from discuss.interop.document import Document
from discuss.known_places import KnownPlaces
from discuss.limiting import Limiter
from discuss.single_flight import SingleFlight
from discuss.store.database import Database
from discuss.usecases.rulebook import Rulebook


class Doorbell(Protocol):
    def ring(self) -> None:
        """Tells a worker that the outbox is not empty. Never waits and never fails: after a lost ring, the next sweep finds the row."""

    def ring_soon(self) -> None:
        """The same for a text that waits to be scored: texts that arrive within a moment are taken up together."""


class Passwords(Protocol):
    async def hash(self, password: str) -> str: ...

    async def matches(self, password: str, hashed: str | None) -> bool:
        """Takes as long for an account that does not exist (`hashed` is None) as for one that does."""


@dataclass(frozen=True, slots=True)
class Services:
    database: Database
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    doorbell: Doorbell
    passwords: Passwords
    limiter: Limiter
    places: KnownPlaces
    projection: Projection
    reader: Reader
    snapshots: Snapshots
    counts: Counts
    streams: Streams
    listener: Listener
    views: Views
    announcer: Announcer
    consoles: Consoles
    searches: Searches
    documents: SingleFlight[Document]
    sites: SingleFlight[Site]
    session_life: timedelta
    shadow_bans: bool
    """Whether the operator lets moderators ban authors without telling them."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What scoring a batch needs besides `Services`.

    The classifier, the same for the whole batch; how many revisions go into one; and the rules that this process remembers.
    """

    classifier: Classifier
    batch: int
    rulebook: Rulebook = field(default_factory=Rulebook)
