"""A comment points at its visible revision, or at none."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain.states import State
from discuss.domain.telling import Told


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of a comment. `source` is what the author typed, `html` what readers are shown."""

    id: UUID
    comment_id: UUID
    number: int
    source: str
    html: str
    language: str | None
    state: State
    decision_id: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as its readers, its author and moderators see it; `revision` is the newest one they may see."""

    id: UUID
    article_id: UUID
    parent_id: UUID | None
    root_id: UUID
    depth: int
    author_id: UUID
    author_name: str
    created_at: datetime
    first_visible_at: datetime | None
    deleted_at: datetime | None
    visible_revision_id: UUID | None
    revision: Revision | None
    told: Told | None = None
    """What its author and the staff are told about its decision."""

    @property
    def visible(self) -> bool:
        return self.visible_revision_id is not None and self.deleted_at is None
