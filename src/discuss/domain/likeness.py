"""Near-duplicate texts: what they are looked up by, and what is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from discuss.domain.decisions import Source
from discuss.domain.states import State

LOOKED_BACK = timedelta(days=7)
"""How long a text is remembered for finding others like it."""

NEARLY_THE_SAME = 0.6
"""The likeness from which texts count as near-duplicates: different people writing about one thing stay below it, copies lie above."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What one revision is looked up by. Near-duplicates at one site share some of their `bands`."""

    revision_id: UUID
    comment_id: UUID
    site_id: UUID
    signature: bytes
    bands: Sequence[int]


@dataclass(frozen=True, slots=True)
class Twin:
    """A near-duplicate among the texts of other comments; `likeness` is the share that the two have in common, from 0 to 1."""

    revision_id: UUID
    comment_id: UUID
    article_id: UUID
    author_id: UUID
    created_at: datetime
    likeness: float


@dataclass(frozen=True, slots=True)
class Alike:
    """A near-duplicate as moderators see it."""

    comment_id: UUID
    revision_id: UUID
    source: str
    state: State
    decision_id: UUID
    decided_by: Source
    created_at: datetime
    author_id: UUID
    author_name: str
    article_id: UUID
    article_title: str
    article_url: str
    likeness: float
