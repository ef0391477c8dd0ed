"""A piece of news for open consoles, and the channel it travels on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import msgspec

CHANNEL = "discuss:desk"

MOST_IDS = 100
"""In one piece of news; of more than that a console reads its queue again anyway."""


class Kind(StrEnum):
    """`changed`: something about them is new, or they came into a queue. An empty list of ids: too many to name."""

    DECIDED = "decided"
    CLAIMED = "claimed"
    RELEASED = "released"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class News:
    """Ids and kinds only: what is in the comments is read by those who may."""

    site_id: UUID
    kind: Kind
    comments: Sequence[UUID]


def encode(news: News) -> bytes:
    return msgspec.json.encode(news)


def decode(data: bytes) -> News | None:
    """None for what `encode` did not make: Redis is shared with others."""
    try:
        return msgspec.json.decode(data, type=News)
    except msgspec.DecodeError:
        return None
