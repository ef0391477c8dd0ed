"""Readers and a moderator, each with an open session and the token that proves who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from discuss.domain.accounts import Credential, Role
from discuss.usecases.tokens import digest, new_token
from discuss.wiring import new_id

READERS = 500
_ACCOUNT = ("id", "site_id", "name", "name_key", "email", "password_hash", "created_at")
_SESSION = ("id", "account_id", "credential", "token_hash", "created_at", "expires_at")


@dataclass(frozen=True, slots=True)
class People:
    """`readers` and `tokens` are in the same order."""

    readers: Sequence[UUID]
    tokens: Sequence[str]
    moderator: str


async def add_people(sql: asyncpg.Connection, site: UUID, now: datetime) -> People:
    readers = [new_id() for _ in range(READERS)]
    await _add(sql, [(reader, site, f"Reader {number}") for number, reader in enumerate(readers)], now)
    moderator = await add_moderator(sql, site, now)
    tokens = await open_sessions(sql, [*readers, moderator], now)
    return People(readers, tokens[:-1], tokens[-1])


async def add_moderator(sql: asyncpg.Connection, site: UUID, now: datetime) -> UUID:
    moderator = new_id()
    await _add(sql, [(moderator, None, f"Moderator {moderator}")], now)
    await sql.execute(
        "INSERT INTO grants (account_id, site_id, role) VALUES ($1, $2, $3)",
        moderator,
        site,
        int(Role.MODERATOR),
    )
    return moderator


async def _add(
    sql: asyncpg.Connection, named: Sequence[tuple[UUID, UUID | None, str]], now: datetime
) -> None:
    await sql.copy_records_to_table(
        "accounts", columns=_ACCOUNT,
        records=[
            (one, home, name, name.lower(), f"{one}@example.org", "nobody logs in", now) for one, home, name in named
        ],
    )  # fmt: skip


async def open_sessions(sql: asyncpg.Connection, accounts: Sequence[UUID], now: datetime) -> list[str]:
    tokens = [new_token(Credential.BEARER) for _ in accounts]
    until = now + timedelta(days=30)
    await sql.copy_records_to_table(
        "sessions", columns=_SESSION,
        records=[
            (new_id(), account, str(Credential.BEARER), digest(token), now, until)
            for account, token in zip(accounts, tokens, strict=True)
        ],
    )  # fmt: skip
    return tokens
