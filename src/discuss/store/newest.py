"""The rows of the latest discussion as PostgreSQL knows them: articles, each with its editions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, or_, select, true, tuple_

from discuss.domain.articles import Article
from discuss.store.among import among
from discuss.store.articles import from_row, query, shown
from discuss.store.database import Tx
from discuss.store.tables import articles


async def rows_below(
    tx: Tx, site_id: UUID, now: datetime, position: tuple[datetime, UUID] | None, limit: int, *, anti_bump: bool,
    language: str | None = None, tag: str | None = None,
) -> Sequence[Article]:  # fmt: skip
    """The visible articles of the first rows after a position, newest activity first; None: from the top.

    A row's position is that of its most recently active edition. This is one statement: between two, a row could fall below
    others that were not read.
    """
    activity = articles.c.bumped_at if anti_bump else articles.c.last_activity_at
    leading = and_(
        articles.c.site_id == site_id,
        shown(articles, now),
        ~_has_newer_edition(now, anti_bump=anti_bump),
        _matches(now, language, tag),
    )
    page = select(articles.c.row_id).where(leading).order_by(activity.desc(), articles.c.row_id.desc())
    if position is not None:
        page = page.where(tuple_(activity, articles.c.row_id) < position)
    rows = page.limit(limit).cte("page")
    members = or_(articles.c.id == rows.c.row_id, articles.c.edition_group == rows.c.row_id)
    found = query(articles.c.site_id == site_id, shown(articles, now)).join_from(articles, rows, members)
    return [from_row(row) for row in await tx.execute(found)]


def _with_editions() -> Select[Any]:
    """A join, because PostgreSQL turns `id IN … OR edition_group IN (SELECT …)` into a scan of all articles."""
    own = articles.alias("own")
    is_member = or_(articles.c.id == own.c.id, articles.c.edition_group == own.c.edition_group)
    return query(among(own.c.id, "articles")).join_from(own, articles, is_member)


# Built once: the worker runs it in every round.
WITH_EDITIONS = _with_editions()


async def with_editions(tx: Tx, article_ids: Sequence[UUID]) -> Sequence[Article]:
    """These articles and all their editions, including hidden ones, with their versions, read in one statement."""
    found = await tx.execute(WITH_EDITIONS, {"articles": list(article_ids)})
    # An edition is found once for each of the given articles that it belongs to.
    return list({row.id: from_row(row) for row in found}.values())


def _edition(name: str, now: datetime) -> tuple[FromClause, ColumnElement[bool]]:
    other = articles.alias(name)
    return other, and_(other.c.edition_group == articles.c.edition_group, shown(other, now))


def _has_newer_edition(now: datetime, *, anti_bump: bool) -> ColumnElement[bool]:
    other, is_edition = _edition("other", now)
    name = "bumped_at" if anti_bump else "last_activity_at"
    newer = tuple_(other.c[name], other.c.id) > tuple_(articles.c[name], articles.c.id)
    return exists().where(is_edition, newer)


def _matches(now: datetime, language: str | None, tag: str | None) -> ColumnElement[bool]:
    """Whether one edition of the row has both the language and the tag."""
    if language is None and tag is None:
        return true()
    other, is_edition = _edition("matching", now)
    return or_(_has(articles, language, tag), exists().where(is_edition, _has(other, language, tag)))


def _has(table: Any, language: str | None, tag: str | None) -> ColumnElement[bool]:
    spoken = [] if language is None else [table.c.language == language]
    tagged = [] if tag is None else [table.c.tags.contains([tag])]
    return and_(*spoken, *tagged)
