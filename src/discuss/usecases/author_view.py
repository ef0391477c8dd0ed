"""What authors are shown of their own comments, where that is not what happened to them."""

from dataclasses import replace
from uuid import UUID

from discuss.domain.comments import Comment, State
from discuss.domain.decisions import Reason
from discuss.store import decisions
from discuss.store.database import Tx


async def as_author_sees(tx: Tx, site_id: UUID, comment: Comment) -> Comment:
    """A text that was rejected because of a shadow ban looks published to its author, and to nobody else."""
    revision = comment.revision
    if revision is None or revision.state is not State.REJECTED or revision.decision_id is None:
        return comment
    decision = await decisions.by_id(tx, site_id, revision.decision_id)
    if Reason.SHADOWED not in decision.reasons:
        return comment
    return replace(comment, revision=replace(revision, state=State.PUBLISHED))
