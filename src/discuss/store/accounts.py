"""Accounts, their grants, and the three kinds of credential: cookie session, bearer session, API key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError

from discuss.domain.accounts import Credential, Grant, Presented, Principal, Role
from discuss.domain.text import name_key, name_look
from discuss.errors import NameTaken
from discuss.store.database import Tx
from discuss.store.forgetting import forget
from discuss.store.tables import accounts, api_keys, grants, sessions
from discuss.store.tables.accounts import look


@dataclass(frozen=True, slots=True)
class Session:
    """Who holds it, and until when."""

    principal: Principal
    expires_at: datetime


async def add(
    tx: Tx, *, account_id: UUID, site_id: UUID | None, name: str, email: str, password_hash: str, at: datetime
) -> None:
    """Raises `NameTaken` if the e-mail address is in use at this site, or a name that looks like this one, at this site or among the staff."""
    row = {"id": account_id, "site_id": site_id, "name": name, "email": email, "password_hash": password_hash}
    here = accounts.c.site_id.is_(None) | (accounts.c.site_id == site_id)
    if (await tx.execute(select(accounts.c.id).where(here, look == name_look(name)))).first() is not None:
        raise NameTaken
    try:
        await tx.execute(insert(accounts).values(**row, name_key=name_key(name), created_at=at))
    except IntegrityError as error:
        raise NameTaken from error


async def grant(tx: Tx, account_id: UUID, role: Role, site_id: UUID | None) -> None:
    values = {"account_id": account_id, "role": int(role), "site_id": site_id}
    statement = upsert(grants).values(values)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["account_id", "site_id"], set_={"role": statement.excluded.role}
        )
    )


async def credentials(tx: Tx, site_id: UUID | None, email: str) -> Any:
    """None, or `id`, `name` and `password_hash` of a reader of this site or, without a site, of staff."""
    query = select(accounts.c.id, accounts.c.name, accounts.c.password_hash).where(
        func.lower(accounts.c.email) == func.lower(email), accounts.c.site_id.is_not_distinct_from(site_id)
    )
    return (await tx.execute(query)).first()


async def lowered(tx: Tx, email: str) -> str:
    """The form in which PostgreSQL compares addresses. Python's differs for `İ` and `Σ`, and for more in a database that knows capitals only of ASCII."""
    form: str = (await tx.execute(select(func.lower(email)))).scalar_one()
    return form


async def has_password(tx: Tx, account_id: UUID, password_hash: str) -> bool:
    """Whether this is the account's password still. If so, nobody can change it until the transaction ends."""
    query = select(accounts.c.id).where(
        accounts.c.id == account_id, accounts.c.password_hash == password_hash
    )
    return await tx.scalar(query.with_for_update(read=True)) is not None


async def open_session(
    tx: Tx,
    *,
    session_id: UUID,
    account_id: UUID,
    credential: Credential,
    token_hash: bytes,
    at: datetime,
    until: datetime,
) -> None:
    row = {"id": session_id, "account_id": account_id, "credential": credential, "token_hash": token_hash}
    await tx.execute(insert(sessions).values(**row, created_at=at, expires_at=until))


async def close_session(tx: Tx, session_id: UUID) -> None:
    await tx.execute(delete(sessions).where(sessions.c.id == session_id))


def _holder() -> Select[Any]:
    pairs = func.json_agg(
        aggregate_order_by(func.json_build_array(grants.c.role, grants.c.site_id), grants.c.role)
    )
    return (
        select(
            sessions.c.id.label("session_id"), sessions.c.expires_at, sessions.c.credential,
            accounts.c.id.label("account_id"), accounts.c.name.label("account_name"), accounts.c.site_id.label("home_id"),
            select(pairs).where(grants.c.account_id == accounts.c.id).scalar_subquery().label("grants"),
        )
        .select_from(sessions.join(accounts))
        .where(sessions.c.token_hash == bindparam("hash"), sessions.c.credential == bindparam("kind"))
    )  # fmt: skip


# Built once: every request of a reader runs it, a new comment together with everything else it needs to know.
HOLDER = _holder()


def holding(presented: Presented | None) -> dict[str, Any]:
    """The parameters of `HOLDER`. With None it finds nobody."""
    if presented is None:
        return {"hash": None, "kind": None}
    return {"hash": presented.digest, "kind": presented.credential}


async def by_session(tx: Tx, presented: Presented) -> Session | None:
    row = (await tx.execute(HOLDER, holding(presented))).mappings().first()
    return None if row is None else session_from(row)


def session_from(row: RowMapping) -> Session:
    """`row` has the columns of `HOLDER`, and perhaps others."""
    held = tuple(Grant(Role(role), UUID(site) if site else None) for role, site in row["grants"] or ())
    principal = Principal(
        Credential(row["credential"]), row["account_id"], row["session_id"], row["account_name"], row["home_id"], held
    )  # fmt: skip
    return Session(principal, row["expires_at"])


async def add_key(tx: Tx, *, key_id: UUID, site_id: UUID, name: str, token_hash: bytes, at: datetime) -> None:
    row = {"id": key_id, "site_id": site_id, "name": name, "token_hash": token_hash, "created_at": at}
    await tx.execute(insert(api_keys).values(row))


async def by_key(tx: Tx, token_hash: bytes) -> Principal | None:
    row = (
        await tx.execute(
            select(api_keys.c.site_id, api_keys.c.name).where(
                api_keys.c.token_hash == token_hash, api_keys.c.revoked_at.is_(None)
            )
        )
    ).first()
    return None if row is None else Principal(Credential.KEY, name=row.name, site_id=row.site_id)


async def set_password(tx: Tx, account_id: UUID, password_hash: str) -> None:
    await tx.execute(update(accounts).where(accounts.c.id == account_id).values(password_hash=password_hash))


async def close_sessions(tx: Tx, account_id: UUID) -> None:
    await tx.execute(delete(sessions).where(sessions.c.account_id == account_id))


async def take_roles(tx: Tx, account_id: UUID) -> None:
    await tx.execute(delete(grants).where(grants.c.account_id == account_id))


async def revoke_keys(tx: Tx, site_id: UUID, name: str, at: datetime) -> int:
    """Revokes the keys of this name. Returns how many were in use until now."""
    named = (api_keys.c.site_id == site_id, api_keys.c.name == name, api_keys.c.revoked_at.is_(None))
    revoked = await tx.execute(update(api_keys).where(*named).values(revoked_at=at).returning(api_keys.c.id))
    return len(revoked.all())


async def open_keys(tx: Tx, site_id: UUID) -> Sequence[tuple[str, datetime]]:
    """Name and creation time of each key that is not revoked."""
    query = select(api_keys.c.name, api_keys.c.created_at).where(
        api_keys.c.site_id == site_id, api_keys.c.revoked_at.is_(None)
    )
    return [(row.name, row.created_at) for row in await tx.execute(query.order_by(api_keys.c.created_at))]


async def forget_ended_sessions(tx: Tx, now: datetime) -> int:
    return await forget(tx, sessions.c.expires_at, now)
