"""All texts of one comment, with the scores of each."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from discuss.domain.queue import Text
from discuss.store.database import Tx
from discuss.store.tables import revisions, signals

MOST = 50
"""How many texts are read, the newest ones. Edits take time: nobody gets there by hand."""

SCORE = func.json_build_object("label", signals.c.name, "probability", signals.c.value)
SCORES = (
    select(func.json_agg(aggregate_order_by(SCORE, signals.c.value.desc(), signals.c.name)))
    .where(signals.c.revision_id == revisions.c.id, signals.c.source == "classifier")
    .scalar_subquery()
)


async def of_comment(tx: Tx, comment_id: UUID) -> Sequence[Text]:
    """Oldest first."""
    query = (
        select(
            revisions.c.id, revisions.c.number, revisions.c.source, revisions.c.language, revisions.c.state,
            revisions.c.created_at, func.coalesce(SCORES, func.json_build_array()).label("signals"),
        )
        .where(revisions.c.comment_id == comment_id)
        .order_by(revisions.c.number.desc())
        .limit(MOST)
    )  # fmt: skip
    rows = [msgspec.convert(row, Text, from_attributes=True) for row in await tx.execute(query)]
    return rows[::-1]
