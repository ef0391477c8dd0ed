"""Removals: a moderator rejects the comments of one author all together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from discuss.domain.decisions import Reason
from discuss.domain.instants import in_utc
from discuss.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` up to `until`, which is exclusive. None: from the first comment, or up to the request."""

    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def between(cls, since: datetime | None, until: datetime | None) -> Self:
        """Raises `InvalidInput` for an instant without a zone, or beyond the calendar."""
        return cls(in_utc(since, "since"), in_utc(until, "until"))

    def require_some(self) -> None:
        """Raises `InvalidInput` for an empty span."""
        if self.since is not None and self.until is not None and self.since >= self.until:
            raise InvalidInput("The time range is empty: `since` must be before `until`.")


@dataclass(frozen=True, slots=True)
class Removal:
    """`total` comments were there when the removal was requested; `done` have been dealt with. `place` is the comment dealt with last."""

    id: UUID
    site_id: UUID
    account_id: UUID
    actor_id: UUID
    reason: Reason
    words: str | None
    since: datetime | None
    until: datetime
    total: int
    done: int
    place: UUID | None
    created_at: datetime
    finished_at: datetime | None
