"""The moderators' queue: the newest revision of each comment that stands in a given state."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import aggregate_order_by

from discuss.domain.comments import State
from discuss.domain.queue import Item
from discuss.store.database import Tx
from discuss.store.tables import accounts, articles, comments, decisions, revisions, signals

HEARD = func.json_build_object(
    "label", signals.c.name, "probability", signals.c.value,
    "spans", func.coalesce(signals.c.detail["spans"], func.jsonb_build_array()),
)  # fmt: skip


async def page(
    tx: Tx, site_id: UUID, state: State, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Item]:
    """Oldest first."""
    newer = revisions.alias("newer")
    is_newest = (
        ~select(newer.c.id)
        .where(newer.c.comment_id == revisions.c.comment_id, newer.c.number > revisions.c.number)
        .exists()
    )
    heard = (
        select(func.json_agg(aggregate_order_by(HEARD, signals.c.value.desc(), signals.c.name)))
        .where(signals.c.revision_id == revisions.c.id, signals.c.source == "classifier")
        .scalar_subquery()
    )
    query: Any = (
        select(
            revisions.c.id, revisions.c.comment_id, revisions.c.number, revisions.c.source, revisions.c.html,
            revisions.c.language, revisions.c.state, revisions.c.created_at, accounts.c.id, accounts.c.name,
            articles.c.id, articles.c.title, articles.c.url, decisions.c.id, decisions.c.source, decisions.c.reasons,
            decisions.c.model, heard,
        )
        .select_from(
            revisions.join(comments, revisions.c.comment_id == comments.c.id)
            .join(accounts, comments.c.author_id == accounts.c.id)
            .join(articles, comments.c.article_id == articles.c.id)
            .outerjoin(decisions, decisions.c.id == revisions.c.decision_id)
        )
        .where(revisions.c.site_id == site_id, revisions.c.state == state, comments.c.deleted_at.is_(None), is_newest)
        .order_by(revisions.c.created_at, revisions.c.id)
        .limit(limit)
    )  # fmt: skip
    if after is not None:
        query = query.where(tuple_(revisions.c.created_at, revisions.c.id) > after)
    return [_item(row) for row in await tx.execute(query)]


def _item(row: Any) -> Item:
    names = [field.name for field in fields(Item)]
    item = dict(zip(names, row, strict=True))
    return msgspec.convert(item | {"reasons": item["reasons"] or (), "signals": item["signals"] or ()}, Item)
