"""Idempotency keys, written in the same transaction as what the first request created."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from discuss.errors import IdempotencyMismatch
from discuss.store import forgetting
from discuss.store.database import Tx
from discuss.store.tables import idempotency


async def claim(
    tx: Tx,
    *,
    site_id: UUID,
    account_id: UUID,
    route: str,
    key: str,
    fingerprint: bytes,
    subject_id: UUID,
    at: datetime,
) -> UUID | None:
    """None for the first request with this key; otherwise the id of what that one created.

    A second request that comes while the first is running waits here for its commit.
    Raises `IdempotencyMismatch` if the bodies differ.
    """
    scope = {"site_id": site_id, "account_id": account_id, "route": route, "key": key}
    row = {**scope, "fingerprint": fingerprint, "subject_id": subject_id, "created_at": at}
    written = insert(idempotency).values(row).on_conflict_do_nothing().returning(idempotency.c.key)
    if (await tx.execute(written)).first() is not None:
        return None
    made = (
        await tx.execute(select(idempotency.c.fingerprint, idempotency.c.subject_id).filter_by(**scope))
    ).one()
    if made.fingerprint != fingerprint:
        raise IdempotencyMismatch
    first: UUID = made.subject_id
    return first


async def forget(tx: Tx, before: datetime) -> int:
    return await forgetting.forget(tx, idempotency.c.created_at, before)
