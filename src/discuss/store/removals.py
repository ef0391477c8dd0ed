"""Removals: what was requested, how far it is, and what comes next."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, insert, select, tuple_, update

from discuss.domain.removals import Removal
from discuss.domain.states import State
from discuss.errors import RemovalNotFound
from discuss.store.database import Tx
from discuss.store.tables import comments, removals, revisions

MOST = 20
"""How many removals of one author are read: the newest."""

COLUMNS = [removals.c[field.name] for field in fields(Removal)]


async def add(tx: Tx, removal: Removal) -> None:
    await tx.execute(insert(removals).values(asdict(removal)))


async def by_id(tx: Tx, site_id: UUID, account_id: UUID, removal_id: UUID) -> Removal:
    """Raises `RemovalNotFound`."""
    query = select(*COLUMNS).where(
        removals.c.id == removal_id, removals.c.account_id == account_id, removals.c.site_id == site_id
    )
    return _found((await tx.execute(query)).first())


async def asked_for(tx: Tx, removal_id: UUID) -> Removal:
    """For the worker, which holds its outbox row. Raises `RemovalNotFound`."""
    return _found((await tx.execute(select(*COLUMNS).where(removals.c.id == removal_id))).first())


async def of_author(tx: Tx, site_id: UUID, account_id: UUID) -> Sequence[Removal]:
    """The newest first."""
    query = (
        select(*COLUMNS)
        .where(removals.c.account_id == account_id, removals.c.site_id == site_id)
        .order_by(removals.c.created_at.desc(), removals.c.id.desc())
        .limit(MOST)
    )
    return [_found(row) for row in await tx.execute(query)]


async def count(tx: Tx, removal: Removal) -> int:
    """How many comments the removal covers."""
    return await tx.scalar(_meant(removal, func.count())) or 0


async def next_comments(tx: Tx, removal: Removal, limit: int) -> Sequence[UUID]:
    """The comments after the removal's place, newest first: what readers are looking at goes first."""
    query = _meant(removal, comments.c.id)
    if removal.place is not None:
        last = comments.alias("last")
        place = select(last.c.created_at, last.c.id).where(last.c.id == removal.place).scalar_subquery()
        query = query.where(tuple_(comments.c.created_at, comments.c.id) < place)
    order = (comments.c.created_at.desc(), comments.c.id.desc())
    return list(await tx.scalars(query.order_by(*order).limit(limit)))


def _meant(removal: Removal, what: Any) -> Select[Any]:
    query = select(what).where(
        comments.c.author_id == removal.account_id,
        comments.c.site_id == removal.site_id,
        comments.c.created_at < removal.until,
        comments.c.deleted_at.is_(None),
    )
    return query if removal.since is None else query.where(comments.c.created_at >= removal.since)


async def revisions_of(tx: Tx, comment_ids: Sequence[UUID]) -> Sequence[UUID]:
    """Every text of these comments that is not rejected: no earlier one may come back when a later one goes."""
    query = select(revisions.c.id).where(
        revisions.c.comment_id.in_(comment_ids), revisions.c.state != State.REJECTED
    )
    return list(await tx.scalars(query))


async def advance(tx: Tx, removal: Removal, taken: Sequence[UUID], now: datetime, *, over: bool) -> None:
    """Stores how far the removal is; `taken` is in the order of `next_comments`."""
    values: dict[str, Any] = {"done": removals.c.done + len(taken)}
    values |= {"place": taken[-1]} if taken else {}
    values |= {"finished_at": now} if over else {}
    await tx.execute(update(removals).where(removals.c.id == removal.id).values(values))


def _found(row: Any) -> Removal:
    if row is None:
        raise RemovalNotFound
    return msgspec.convert(row, Removal, from_attributes=True)
