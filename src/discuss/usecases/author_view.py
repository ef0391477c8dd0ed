"""What authors are shown of their own comments, and staff of all comments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from discuss.domain.comments import Comment
from discuss.domain.telling import told_to_author, told_to_staff
from discuss.store import decisions
from discuss.store.database import Tx


async def as_author_sees(tx: Tx, comments: Sequence[Comment], now: datetime) -> Sequence[Comment]:
    """With the state, the reason and the words that the author is told now. The real state may be a different one."""
    made = await decisions.of_revisions(tx, [c.revision.id for c in comments if c.revision])
    return [_seen(comment, made, now) for comment in comments]


def _seen(comment: Comment, made: decisions.ByRevision, now: datetime) -> Comment:
    if comment.revision is None:
        return comment
    told = told_to_author(made.get(comment.revision.id, ()), now)
    return replace(comment, revision=replace(comment.revision, state=told.state), told=told)


async def as_staff_sees(tx: Tx, comment: Comment) -> Comment:
    """With the reason and the words of the decision that stands."""
    if comment.revision is None or comment.revision.decision_id is None:
        return comment
    (made,) = (await decisions.with_ids(tx, [comment.revision.decision_id])).values()
    return replace(comment, told=told_to_staff(made))
