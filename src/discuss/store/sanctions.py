"""Sanctions of authors: those that stand, and those of the past."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Uuid, any_, bindparam, insert, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from discuss.domain.sanctions import Sanction, Sanctioned, Standing, standing_of
from discuss.errors import SanctionNotFound
from discuss.store.database import Tx
from discuss.store.tables import sanctions

MOST = 200
"""How many sanctions of one author are read: the newest."""

COLUMNS = [sanctions.c[field.name] for field in fields(Sanctioned)]

# Built once: every new comment runs it.
UNLIFTED = select(*COLUMNS).where(
    sanctions.c.account_id == any_(bindparam("accounts", type_=ARRAY(Uuid))),
    sanctions.c.site_id == any_(bindparam("sites", type_=ARRAY(Uuid))),
    sanctions.c.lifted_at.is_(None),
)


async def standing(tx: Tx, site_id: UUID, account_id: UUID, now: datetime) -> Standing:
    """What counts for this account at this site now."""
    return (await standings(tx, {(site_id, account_id)}, now))[site_id, account_id]


async def standings(
    tx: Tx, asked: Collection[tuple[UUID, UUID]], now: datetime
) -> Mapping[tuple[UUID, UUID], Standing]:
    """The same for many, by site and account, in one statement."""
    given = {"sites": list({site for site, _ in asked}), "accounts": list({account for _, account in asked})}
    laid: dict[tuple[UUID, UUID], list[Sanctioned]] = {pair: [] for pair in asked}
    for row in await tx.execute(UNLIFTED, given):
        laid.get((row.site_id, row.account_id), []).append(_sanctioned(row))
    return {pair: standing_of(sanctions, now) for pair, sanctions in laid.items()}


async def of_author(tx: Tx, site_id: UUID, account_id: UUID) -> Sequence[Sanctioned]:
    """Newest first, including those that are over; at most `MOST`."""
    query = (
        select(*COLUMNS)
        .where(sanctions.c.account_id == account_id, sanctions.c.site_id == site_id)
        .order_by(sanctions.c.created_at.desc(), sanctions.c.id.desc())
        .limit(MOST)
    )
    return [_sanctioned(row) for row in await tx.execute(query)]


async def add(tx: Tx, sanctioned: Sanctioned) -> None:
    await tx.execute(insert(sanctions).values(asdict(sanctioned)))


async def lift_kinds(
    tx: Tx, site_id: UUID, account_id: UUID, kinds: Collection[Sanction], by: UUID, now: datetime
) -> None:
    """Lifts sanctions of these kinds that stand; those already over keep the end they had."""
    laid = (sanctions.c.account_id == account_id, sanctions.c.site_id == site_id, sanctions.c.kind.in_(kinds))
    await tx.execute(update(sanctions).where(*laid, *_stands(now)).values(lifted_at=now, lifted_by=by))


async def lift(
    tx: Tx, site_id: UUID, account_id: UUID, sanction_id: UUID, by: UUID, now: datetime
) -> Sanctioned:
    """Raises `SanctionNotFound`, also for a sanction that is already over."""
    statement = (
        update(sanctions)
        .where(
            sanctions.c.id == sanction_id,
            sanctions.c.account_id == account_id,
            sanctions.c.site_id == site_id,
            *_stands(now),
        )
        .values(lifted_at=now, lifted_by=by)
        .returning(*COLUMNS)
    )
    row = (await tx.execute(statement)).first()
    if row is None:
        raise SanctionNotFound
    return _sanctioned(row)


def _stands(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """`Sanctioned.stands_at` in SQL."""
    return sanctions.c.lifted_at.is_(None), or_(sanctions.c.until.is_(None), sanctions.c.until > now)


def _sanctioned(row: Any) -> Sanctioned:
    return msgspec.convert(row, Sanctioned, from_attributes=True)
