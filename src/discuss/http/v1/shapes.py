"""How the API shows a comment."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason
from discuss.domain.states import State
from discuss.domain.telling import Told
from discuss.http.v1.accounts import Account


class CommentShape(Struct):
    """`state`, `text`, `revision_id`, `reason` and `words` are shown to the author and to moderators only.

    `reason`: why it is held or rejected. `words`: what the moderator says to the author. The author learns of a moderator's
    decision ten seconds after it was made, if it still stands then; until then `state` stays as it was.

    A comment that its author deleted or a moderator removed, and that has replies, is left as a tombstone: `deleted`, no
    author, no text.
    """

    id: UUID
    article_id: UUID
    parent_id: UUID | None
    root_id: UUID
    depth: int
    author: Account | None
    html: str | None
    created_at: datetime
    edited: bool
    deleted: bool
    state: State | UnsetType = UNSET
    text: str | UnsetType = UNSET
    revision_id: UUID | UnsetType = UNSET
    reason: Reason | UnsetType | None = UNSET
    words: str | UnsetType | None = UNSET


class Thread(Struct):
    comments: list[CommentShape]
    comment_count: int
    next_cursor: str | None


def shape(comment: Comment, *, inside: bool = False) -> CommentShape:
    """A comment as readers see it; with `inside`, as its author and moderators do."""
    revision, gone = comment.revision, comment.deleted_at is not None if inside else not comment.visible
    shown = CommentShape(
        comment.id, comment.article_id, comment.parent_id, comment.root_id, comment.depth,
        None if gone else Account(comment.author_id, comment.author_name),
        None if gone or revision is None else revision.html,
        comment.created_at, revision is not None and revision.number > 1, gone,
    )  # fmt: skip
    if inside and revision is not None:
        shown.state, shown.text, shown.revision_id = revision.state, revision.source, revision.id
        told = comment.told or Told(revision.state)
        shown.reason, shown.words = told.reason, told.words
    return shown
