"""Near-duplicates as moderators are shown them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Float, Integer, Uuid, select

from discuss.domain.likeness import Alike
from discuss.store.database import Tx
from discuss.store.given import Rows
from discuss.store.tables import accounts, articles, queue_entries, revisions


async def shown(tx: Tx, likenesses: Mapping[UUID, float]) -> Sequence[Alike]:
    """`likenesses` maps comments to their likeness; the result is in its order."""
    given = Rows("given", place=Integer, comment=Uuid, likeness=Float)
    query = (
        select(
            queue_entries.c.comment_id, queue_entries.c.revision_id, revisions.c.source, queue_entries.c.state,
            queue_entries.c.decision_id, queue_entries.c.decided_by, revisions.c.created_at,
            accounts.c.id.label("author_id"), accounts.c.name.label("author_name"),
            articles.c.id.label("article_id"), articles.c.title.label("article_title"),
            articles.c.url.label("article_url"), given.c.likeness,
        )
        .select_from(
            given.table.join(queue_entries, queue_entries.c.comment_id == given.c.comment)
            .join(revisions, revisions.c.id == queue_entries.c.revision_id)
            .join(accounts, accounts.c.id == queue_entries.c.author_id)
            .join(articles, articles.c.id == queue_entries.c.article_id)
        )
        .order_by(given.c.place)
    )  # fmt: skip
    rows = given.given((place, *each) for place, each in enumerate(likenesses.items()))
    return [msgspec.convert(row, Alike, from_attributes=True) for row in await tx.execute(query, rows)]
