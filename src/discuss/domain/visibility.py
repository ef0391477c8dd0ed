"""What readers see of a comment after a revision's state changed, or after it was deleted or restored."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from discuss.domain.states import State


@dataclass(frozen=True, slots=True)
class Showing:
    """`number` is that of the visible revision, or 0 if there is none."""

    comment_id: UUID
    article_id: UUID
    revision_id: UUID | None
    number: int
    first_visible_at: datetime | None
    deleted_at: datetime | None

    @property
    def visible(self) -> bool:
        return self.revision_id is not None and self.deleted_at is None

    def outdates(self, number: int) -> bool:
        """Whether readers see a later text than the one of this number."""
        return self.visible and self.number > number


def after_decision(showing: Showing, revision_id: UUID, number: int, state: State, at: datetime) -> Showing:
    """A published revision replaces an older one; a held or rejected one leaves nothing in its place."""
    if state is State.PUBLISHED and number > showing.number:
        shown = replace(showing, revision_id=revision_id, number=number)
        return replace(shown, first_visible_at=showing.first_visible_at or at) if shown.visible else shown
    if state is not State.PUBLISHED and showing.revision_id == revision_id:
        return replace(showing, revision_id=None, number=0)
    return showing


def after_deletion(showing: Showing, at: datetime) -> Showing:
    return replace(showing, deleted_at=showing.deleted_at or at)


def gain(before: Showing, after: Showing) -> int:
    """How many visible comments the article gains: 1, 0 or -1."""
    return int(after.visible) - int(before.visible)
