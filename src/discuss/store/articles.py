"""Articles: what the site registers, and the counters that every change of visibility settles."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, and_, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from discuss.domain.articles import Article
from discuss.errors import ArticleNotFound
from discuss.store import bumps
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.tables import articles

FIELDS = [field.name for field in fields(Article)]
COLUMNS = [articles.c[name] for name in FIELDS]


def from_row(row: Any) -> Article:
    return msgspec.convert(row, Article, from_attributes=True)


def query(*where: Any) -> Select[Any]:
    return select(*COLUMNS).where(*where)


def shown(table: Any, now: datetime) -> ColumnElement[bool]:
    """Whether readers may see an article: `Article.shown_at` in SQL."""
    return and_(table.c.withdrawn_at.is_(None), table.c.published_at <= now)


# Built once: every new comment runs the first, every batch of the worker the others.
BY_ID = query(articles.c.id == bindparam("article"), articles.c.site_id == bindparam("site"))
LOCK = (
    select(articles.c.id)
    .where(among(articles.c.id, "articles"))
    .order_by(articles.c.id)
    .with_for_update(key_share=True)
)
SETTLE = (
    update(articles)
    .where(articles.c.id == bindparam("article"))
    .values(
        comment_count=articles.c.comment_count + bindparam("gain"),
        last_comment_at=bumps.newest_at(),
        last_bump_at=bumps.bumped_at(),
        version=articles.c.version + 1,
    )
)


async def add(tx: Tx, article: Article, at: datetime) -> bool:
    """Whether it was added; False: somebody registered the same external id in the meantime."""
    values = {name: getattr(article, name) for name in FIELDS}
    statement = insert(articles).values(**values, created_at=at).on_conflict_do_nothing()
    return (await tx.execute(statement.returning(articles.c.id))).first() is not None


async def change(tx: Tx, article: Article) -> None:
    """Writes what the site may change about its article, and raises the version. Call it under the row's lock."""
    names = ("url", "title", "language", "tags", "commenting", "published_at", "withdrawn_at")
    values = {name: getattr(article, name) for name in names}
    await tx.execute(
        update(articles).where(articles.c.id == article.id).values(**values, version=articles.c.version + 1)
    )


async def by_id(tx: Tx, site_id: UUID, article_id: UUID) -> Article:
    """Raises `ArticleNotFound`, also for an article of another site."""
    return _found(await tx.execute(BY_ID, {"article": article_id, "site": site_id}))


async def by_external_id(tx: Tx, site_id: UUID, external_id: str, *, lock: bool = False) -> Article | None:
    found = query(articles.c.external_id == external_id, articles.c.site_id == site_id)
    row = (await tx.execute(found.with_for_update(key_share=True) if lock else found)).first()
    return None if row is None else from_row(row)


async def by_url(tx: Tx, site_id: UUID, url: str) -> Article:
    """The newest article at this address. Raises `ArticleNotFound`."""
    newest = (
        query(articles.c.url == url, articles.c.site_id == site_id).order_by(articles.c.id.desc()).limit(1)
    )
    return _found(await tx.execute(newest))


def _found(result: Any) -> Article:
    row = result.first()
    if row is None:
        raise ArticleNotFound
    return from_row(row)


async def lock(tx: Tx, article_ids: Sequence[UUID]) -> None:
    """Locks the rows in the order of their ids, so that two transactions can never deadlock.

    Call it before any change of visibility: the next statement then sees what the previous holder committed,
    and `settle` counts correctly. `key_share` lets new comments on these articles be added meanwhile.
    """
    await tx.execute(LOCK, {"articles": list(article_ids)})


async def settle(tx: Tx, gained: Mapping[UUID, int]) -> None:
    """Brings counters in line after visibility changed under `lock`: article → visible comments gained or lost."""
    await tx.execute(SETTLE, [{"article": article, "gain": gain} for article, gain in gained.items()])


async def with_ids(tx: Tx, article_ids: Sequence[UUID]) -> Sequence[Article]:
    """The current facts of these articles, version and all, in one statement."""
    return [from_row(row) for row in (await tx.execute(query(articles.c.id.in_(article_ids))))]
