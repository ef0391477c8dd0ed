"""What a moderator is shown of a comment that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.domain.comments import State
from discuss.domain.decisions import Reason, Source


@dataclass(frozen=True, slots=True)
class Item:
    revision_id: UUID
    comment_id: UUID
    number: int
    source: str
    html: str
    language: str | None
    state: State
    created_at: datetime
    author_id: UUID
    author_name: str
    article_id: UUID
    article_title: str
    article_url: str
    decision_id: UUID | None
    decided_by: Source | None
    reasons: Sequence[Reason]
    model: str | None
    scores: dict[str, float]
