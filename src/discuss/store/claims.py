"""Soft claims: who has which comment on their desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from discuss.domain.queue import Claim
from discuss.store import forgetting
from discuss.store.database import Tx
from discuss.store.tables import accounts, claims


def is_held_by_another(comment_id: ColumnElement[Any], asker: UUID, now: datetime) -> ColumnElement[bool]:
    return (
        select(claims.c.comment_id)
        .where(claims.c.comment_id == comment_id, claims.c.account_id != asker, claims.c.until > now)
        .exists()
    )


async def take(
    tx: Tx, site_id: UUID, comment_id: UUID, account_id: UUID, now: datetime, until: datetime, *, over: bool
) -> bool:
    """Claims or prolongs. False: somebody else holds the comment, and it is not to be taken `over`."""
    made = insert(claims).values(comment_id=comment_id, site_id=site_id, account_id=account_id, until=until)
    free = or_(claims.c.until <= now, claims.c.account_id == account_id)
    taken = made.on_conflict_do_update(
        index_elements=["comment_id"],
        set_={"account_id": account_id, "until": until},
        where=None if over else free,
    ).returning(claims.c.comment_id)
    return await tx.scalar(taken) is not None


async def of(tx: Tx, comment_id: UUID, now: datetime) -> Claim | None:
    query = (
        select(claims.c.account_id, accounts.c.name, claims.c.until)
        .select_from(claims.join(accounts, accounts.c.id == claims.c.account_id))
        .where(claims.c.comment_id == comment_id, claims.c.until > now)
    )
    row = (await tx.execute(query)).first()
    return None if row is None else Claim(*row)


async def release(tx: Tx, comment_id: UUID, account_id: UUID) -> bool:
    """Whether there was a claim to release: nobody releases somebody else's."""
    own = delete(claims).where(claims.c.comment_id == comment_id, claims.c.account_id == account_id)
    return await tx.scalar(own.returning(claims.c.comment_id)) is not None


async def drop(tx: Tx, comment_ids: Sequence[UUID]) -> None:
    """Ends all claims on these comments: what was decided is on nobody's desk any more."""
    await tx.execute(delete(claims).where(claims.c.comment_id.in_(comment_ids)))


async def forget(tx: Tx, before: datetime) -> int:
    """Deletes claims that ended before this instant: their comments were neither decided nor shown to anybody again."""
    return await forgetting.forget(tx, claims.c.until, before)
