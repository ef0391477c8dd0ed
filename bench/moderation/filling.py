"""A site with millions of decided comments: the queues of a large newspaper after some years."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import numpy as np
from sqlalchemy import insert, text
from sqlalchemy.schema import CreateIndex, DropIndex

from bench.moderation.comments import COLUMNS, YEARS, People, Plan, Writer, uuid7
from discuss.store import queue_entries
from discuss.store.database import Database
from discuss.store.tables import queue_entries as entries

Announce = Callable[[str], None]

_SEED, _PATIENCE = 20260101, 3600
_SITE = "INSERT INTO sites VALUES (:id, :slug, 'Bench', 'UTC', '{ru,en}', '{}', '{}', :now)"
_COUNT = """
UPDATE articles SET comment_count = found.number, last_comment_at = found.newest, last_bump_at = found.newest
FROM (SELECT article_id, count(*) AS number, max(first_visible_at) AS newest FROM comments
      WHERE visible_revision_id IS NOT NULL GROUP BY article_id) AS found
WHERE articles.id = found.article_id
"""


async def fill(url: str, plan: Plan, slug: str, announce: Announce) -> None:
    """Fill a database that has our tables: everything that the queues are made from, then their entries, and the indexes last."""
    database, random, now = Database.connect(url, 2), np.random.default_rng(_SEED), datetime.now(UTC)
    site = uuid7(now, random)
    async with database.transaction() as tx:
        await tx.execute(text(_SITE), {"id": site, "slug": slug, "now": now})
    sql = await asyncpg.connect(url)
    await sql.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    people = await _add_people(sql, site, plan, now, random)
    await _add_comments(sql, Writer(people, plan, now, random), announce)
    await sql.execute(_COUNT, timeout=_PATIENCE)
    await sql.execute("ANALYZE", timeout=_PATIENCE)
    await _enter(database, announce)
    await sql.execute("VACUUM ANALYZE", timeout=_PATIENCE)
    await sql.close()
    await database.close()


async def _add_comments(sql: asyncpg.Connection, writer: Writer, announce: Announce) -> None:
    written = 0
    for rows in writer.chunks():
        for table, columns in COLUMNS.items():
            await sql.copy_records_to_table(table, columns=columns, records=rows[table], timeout=_PATIENCE)
        written += len(rows["comments"])
        announce(f"filling: {written:,} comments are there")


async def _enter(database: Database, announce: Announce) -> None:
    """Make the entries as the migration does."""
    async with database.long_transaction() as tx:
        for index in entries.indexes:
            await tx.execute(DropIndex(index))
        began = time.monotonic()
        await tx.execute(insert(entries).from_select(queue_entries.COLUMNS, queue_entries.truth()))
        announce(f"filling: made the entries of the queues in {time.monotonic() - began:.0f} s")
        for index in sorted(entries.indexes, key=lambda index: str(index.name)):
            announce(f"filling: making {index.name}")
            await tx.execute(CreateIndex(index))


async def _add_people(
    sql: asyncpg.Connection, site: UUID, plan: Plan, now: datetime, random: np.random.Generator
) -> People:
    authors = [uuid7(now - YEARS, random) for _ in range(plan.authors)]
    await sql.copy_records_to_table(
        "accounts", columns=("id", "site_id", "name", "name_key", "email", "password_hash", "created_at"),
        records=[(a, site, f"Reader {n}", f"reader {n}", f"r{n}@example.org", "-", now - YEARS) for n, a in enumerate(authors)],
    )  # fmt: skip
    articles = [uuid7(now - YEARS, random) for _ in range(plan.articles)]
    await sql.copy_records_to_table(
        "articles",
        columns=("id", "site_id", "external_id", "url", "title", "language", "tags", "commenting", "published_at",
                 "version", "comment_count", "created_at"),
        records=[
            (a, site, f"story-{n}", f"https://news.example/{n}", f"Story {n}", "ru" if n % 3 else "en", [], "open",
             now - YEARS, 1, 0, now - YEARS)
            for n, a in enumerate(articles)
        ],
    )  # fmt: skip
    return People(articles, authors, site)
