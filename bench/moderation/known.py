"""What is in a filled database that a moderator may ask for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

_MANY, _TEXTS, _SHORTEST = 60, 4000, 5
_RARE = 3
"""The most texts of the sample in which a rare word occurs."""
_BY_SHARE = """
SELECT {column} FROM comments WHERE site_id = $1 GROUP BY {column} ORDER BY count(*) DESC LIMIT $2
"""
_BY_CHANCE = "SELECT {column} FROM {table} WHERE site_id = $1 ORDER BY md5({column}::text) LIMIT $2"
_HELD = (
    "SELECT comment_id FROM revisions WHERE site_id = $1 AND state = 'held' ORDER BY md5(id::text) LIMIT $2"
)
_PEOPLE = "SELECT actor_id FROM decisions WHERE site_id = $1 AND actor_id IS NOT NULL LIMIT $2"
_WRITTEN = """
SELECT normalised FROM revisions WHERE site_id = $1 AND language = $2 AND state = 'held' ORDER BY created_at DESC LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that very many comments have, and those that hardly any has."""

    common: Sequence[str]
    rare: Sequence[str]


@dataclass(frozen=True, slots=True)
class Known:
    """`articles` and `authors`: half of them are those with the most comments, the others are drawn from all."""

    articles: Sequence[UUID]
    authors: Sequence[UUID]
    held: Sequence[UUID]
    moderators: Sequence[UUID]
    words: Mapping[str, Words]
    since: datetime
    until: datetime


def words(texts: Iterable[str]) -> Words:
    """Long words only: short ones are often left out of a search, or are the stem of others."""
    counted = Counter(
        word for text in texts for word in set(text.split()) if word.isalpha() and len(word) >= _SHORTEST
    )
    ordered = [word for word, _ in counted.most_common()]
    return Words(ordered[:_MANY], [word for word in reversed(ordered) if counted[word] <= _RARE][:_MANY])


async def look(sql: asyncpg.Connection, site: UUID, now: datetime) -> Known:
    return Known(
        articles=await _both(sql, site, "article_id", "articles"),
        authors=await _both(sql, site, "author_id", "accounts"),
        held=await listed(sql, _HELD, site, _MANY),
        moderators=await listed(sql, _PEOPLE, site, _MANY),
        words={language: words(await listed(sql, _WRITTEN, site, language, _TEXTS)) for language in ("ru", "en")},
        since=now - timedelta(days=30),
        until=now - timedelta(days=7),
    )  # fmt: skip


async def _both(sql: asyncpg.Connection, site: UUID, column: str, table: str) -> list[UUID]:
    most = await listed(sql, _BY_SHARE.format(column=column), site, _MANY // 2)
    return most + await listed(sql, _BY_CHANCE.format(column="id", table=table), site, _MANY // 2)


async def listed(sql: asyncpg.Connection, query: str, *given: object) -> list[Any]:
    """The first column of what was found."""
    return [row[0] for row in await sql.fetch(query, *given, timeout=600)]
