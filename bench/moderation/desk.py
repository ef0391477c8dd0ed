"""A filled site with all its processes, and a moderator in front of it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx

from bench.feed import children
from bench.feed.filling import SLUG
from bench.feed.people import add_moderator, open_sessions
from bench.feed.stack import Api, Stack, stores
from bench.feed.writers import Writers
from bench.moderation.comments import Plan
from bench.moderation.filling import Announce, fill
from bench.moderation.known import Known, listed, look
from bench.processes import Failed
from discuss import settings
from discuss.settings import Settings

_WRITERS, _ARTICLES, _TEXTS = 3000, 200, 1000
_PATIENCE = 60
_WRITTEN = """
SELECT source FROM revisions WHERE site_id = $1 AND created_at > (SELECT max(created_at) FROM revisions) - interval '30 days'
ORDER BY md5(id::text) LIMIT $2
"""
"""Readers go on writing with the words that are already there, so that a search finds new comments as it finds old ones."""

_FOUND = "SELECT id FROM {} WHERE site_id = $1 ORDER BY created_at DESC, id LIMIT $2"


@dataclass(frozen=True, slots=True)
class Desk:
    """`api` answers the questions; the writers have another."""

    stack: Stack
    api: Api
    token: str
    known: Known
    writers: Writers

    @property
    def settings(self) -> Settings:
        return settings.load(
            home=self.stack.home, database_url=self.stack.postgres.url, redis_url=self.stack.valkey.url
        )

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        headers = {"authorization": f"Bearer {self.token}"}
        with httpx.Client(base_url=self.api.base, headers=headers, timeout=_PATIENCE) as client:
            yield client


@dataclass(frozen=True, slots=True)
class _Guests:
    token: str
    tokens: list[str]
    articles: list[UUID]
    texts: list[str]
    known: Known


@contextmanager
def desk(plan: Plan, kept: Path | None, announce: Announce) -> Iterator[Desk]:
    """`kept`: a folder that is filled unless it already is, and that is kept."""
    with stores(kept) as stack:
        _filled(stack, plan, announce)
        guests = stack.sql(_guests)
        with stack.worker(), stack.api(children.free_port()) as api, stack.api(children.free_port()) as other:
            writers = Writers(stack, other.base, guests.tokens, guests.articles, texts=guests.texts)
            yield Desk(stack, api, guests.token, guests.known, writers)


def _filled(stack: Stack, plan: Plan, announce: Announce) -> None:
    """Raises `Failed` for a folder that was filled by another plan. One that was left half filled cannot be used."""
    said, wanted = stack.home / "filled", repr(plan)
    if said.exists():
        if said.read_text(encoding="utf-8") != wanted:
            raise Failed(f"{stack.home} is filled otherwise: choose another folder")
        announce("filling: the folder is filled already")
        return
    asyncio.run(fill(stack.postgres.url, plan, SLUG, announce))
    said.write_text(wanted, encoding="utf-8")


async def _guests(sql: asyncpg.Connection) -> _Guests:
    now = datetime.now(UTC)
    site = await sql.fetchval("SELECT id FROM sites WHERE slug = $1", SLUG)
    readers = await listed(sql, _FOUND.format("accounts"), site, _WRITERS)
    articles = await listed(sql, _FOUND.format("articles"), site, _ARTICLES)
    known = await look(sql, site, now)
    texts = await listed(sql, _WRITTEN, site, _TEXTS)
    moderator = await add_moderator(sql, site, now)
    *tokens, token = await open_sessions(sql, [*readers, moderator], now)
    return _Guests(token, tokens, articles, texts, known)
