"""A piece of news for open consoles, and its Redis channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import msgspec

CHANNEL = "discuss:desk"

MOST_IDS = 100
"""In one piece of news; for more than that, a console reads its whole queue again anyway."""


class Kind(StrEnum):
    """`changed`: something about the comments is new, or they came into a queue."""

    DECIDED = "decided"
    CLAIMED = "claimed"
    RELEASED = "released"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class News:
    """Ids only, no content: a console reads that itself, with its own permissions.

    No ids: too many to name, so that any comment in the site's queues may have changed.
    """

    site_id: UUID
    kind: Kind
    comments: Sequence[UUID]


def encode(news: News) -> bytes:
    return msgspec.json.encode(news)


def decode(data: bytes) -> News | None:
    """None for messages that `encode` did not make: others may use the same Redis."""
    try:
        return msgspec.json.decode(data, type=News)
    except msgspec.DecodeError:
        return None
