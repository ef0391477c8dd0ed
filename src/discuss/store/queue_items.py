"""What moderators are shown of comments in the queues, and how many there are and how long they have waited."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, TextClause, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from discuss.domain.queue import MOST_COUNTED, Claim, Item, Queue
from discuss.domain.states import State
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.tables import accounts, articles, claims, decisions, revisions, signals
from discuss.store.tables import queue_entries as entries
from discuss.store.tables.queue import REPORTED, UNMODERATED, WAITING

HEARD = func.json_build_object(
    "label", signals.c.name, "probability", signals.c.value,
    "spans", func.coalesce(signals.c.detail["spans"], func.jsonb_build_array()),
)  # fmt: skip
FOUND = func.json_build_object(
    "source", signals.c.source, "name", signals.c.name, "value", signals.c.value, "version", signals.c.version,
    "detail", signals.c.detail,
)  # fmt: skip
PLAIN = (
    "revision_id", "comment_id", "number", "language", "state", "created_at", "author_id", "article_id", "decision_id",
    "decided_by", "risk", "uncertainty", "reach", "reports", "report_weight", "waiting_since",
)  # fmt: skip


def _all() -> Select[Any]:
    holder = accounts.alias("holder")
    claimed = (claims.c.comment_id == entries.c.comment_id) & (claims.c.until > bindparam("now"))
    return select(
        *(entries.c[name] for name in PLAIN), revisions.c.source, revisions.c.html,
        accounts.c.name.label("author_name"), articles.c.title.label("article_title"),
        articles.c.url.label("article_url"), decisions.c.reasons, decisions.c.model,
        _signals(HEARD, signals.c.source == "classifier").label("signals"),
        _signals(FOUND, signals.c.source != "classifier").label("hits"),
        claims.c.account_id.label("holder_id"), holder.c.name.label("holder_name"), claims.c.until.label("held_until"),
    ).select_from(
        entries.join(revisions, revisions.c.id == entries.c.revision_id)
        .join(accounts, accounts.c.id == entries.c.author_id)
        .join(articles, articles.c.id == entries.c.article_id)
        .join(decisions, decisions.c.id == entries.c.decision_id)
        .outerjoin(claims, claimed)
        .outerjoin(holder, holder.c.id == claims.c.account_id)
    )  # fmt: skip


def _signals(told: ColumnElement[Any], which: ColumnElement[bool]) -> ColumnElement[Any]:
    """The signals of the revision, highest value first."""
    return (
        select(func.json_agg(aggregate_order_by(told, signals.c.value.desc(), signals.c.name)))
        .where(signals.c.revision_id == entries.c.revision_id, which)
        .scalar_subquery()
    )


# Built once: every page of a queue runs it.
OF_COMMENTS = _all().where(among(entries.c.comment_id, "comments"))


async def items(tx: Tx, comment_ids: Sequence[UUID], now: datetime) -> Sequence[Item]:
    """In the order of the ids; comments that left the queues meanwhile are left out."""
    rows = (await tx.execute(OF_COMMENTS, {"comments": list(comment_ids), "now": now})).mappings()
    found = {row["comment_id"]: _item(row) for row in rows}
    return [found[comment_id] for comment_id in comment_ids if comment_id in found]


async def item(tx: Tx, site_id: UUID, comment_id: UUID, now: datetime) -> Item | None:
    """None: the comment is deleted, not decided yet, or not of this site."""
    given = {"comments": [comment_id], "now": now}
    row = (await tx.execute(OF_COMMENTS.where(entries.c.site_id == site_id), given)).mappings().first()
    return None if row is None else _item(row)


def _item(row: Any) -> Item:
    told = {str(name): value for name, value in row.items()}
    holder = told.pop("holder_id"), told.pop("holder_name"), told.pop("held_until")
    told["claim"] = None if holder[0] is None else Claim(*holder)
    return msgspec.convert(told | {"signals": told["signals"] or (), "hits": told["hits"] or ()}, Item)


IN: Mapping[Queue, Sequence[ColumnElement[bool] | TextClause]] = {
    Queue.HELD: [entries.c.state == State.HELD],
    Queue.REPORTED: [REPORTED],
    Queue.UNMODERATED: [UNMODERATED],
    Queue.REJECTED: [entries.c.state == State.REJECTED],
    Queue.ALL: [],
}


async def counts(tx: Tx, site_id: UUID) -> Mapping[Queue, int]:
    """Counts up to `MOST_COUNTED` + 1, which stands for anything more."""
    some = [
        select(func.count())
        .select_from(
            select(entries.c.site_id)
            .where(entries.c.site_id == site_id, *which)
            .limit(MOST_COUNTED + 1)
            .subquery()
        )
        .scalar_subquery()
        for which in IN.values()
    ]
    row = (await tx.execute(select(*some))).one()
    return dict(zip(IN, row, strict=True))


async def oldest(tx: Tx, site_id: UUID, queue: Queue) -> datetime | None:
    """Since when the longest-waiting comment has been waiting; None: nothing waits."""
    found: datetime | None = await tx.scalar(
        select(func.min(entries.c.waiting_since)).where(entries.c.site_id == site_id, WAITING, *IN[queue])
    )
    return found
