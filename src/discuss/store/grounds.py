"""All that a new comment stands on, read in one round trip: every new comment asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, and_, bindparam, exists, select

from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.errors import SiteNotFound
from discuss.store import articles as stored_articles
from discuss.store import sites as stored_sites
from discuss.store.comments import seen
from discuss.store.database import Tx
from discuss.store.tables import articles, comments, sanctions, sites


@dataclass(frozen=True, slots=True)
class Parent:
    """The comment that is answered, as far as readers see it."""

    root_id: UUID
    depth: int


@dataclass(frozen=True, slots=True)
class Ground:
    """`article`: None if the site has no such article; `parent`: None if readers see no such comment below it.

    `sanctioned`: whether any sanction of the author was not lifted; it may have ended by itself.
    """

    site: Site
    article: Article | None
    parent: Parent | None
    sanctioned: bool


SITE, ARTICLE = "site_", "article_"
GROUND = (
    select(
        *(column.label(f"{SITE}{column.name}") for column in sites.c),
        *(column.label(f"{ARTICLE}{column.name}") for column in stored_articles.COLUMNS),
        comments.c.root_id, comments.c.depth,
        exists()
        .where(
            sanctions.c.account_id == bindparam("author"),
            sanctions.c.site_id == sites.c.id,
            sanctions.c.lifted_at.is_(None),
        )
        .label("sanctioned"),
    )
    .select_from(
        sites.outerjoin(articles, and_(articles.c.id == bindparam("article"), articles.c.site_id == sites.c.id))
        .outerjoin(comments, and_(comments.c.id == bindparam("parent"), comments.c.article_id == articles.c.id, seen(comments)))
    )
    .where(sites.c.slug == bindparam("given"))
)  # fmt: skip


async def ground(
    tx: Tx, slug: str, author_id: UUID | None, article_id: UUID, parent_id: UUID | None
) -> Ground:
    """Raises `SiteNotFound`."""
    given = {"given": slug, "author": author_id, "article": article_id, "parent": parent_id}
    row = (await tx.execute(GROUND, given)).mappings().first()
    if row is None:
        raise SiteNotFound(f"There is no site {slug}.")
    return Ground(
        site=stored_sites.from_row(_part(row, SITE)),
        article=None if row["article_id"] is None else stored_articles.from_row(_part(row, ARTICLE)),
        parent=None if row["root_id"] is None else Parent(row["root_id"], row["depth"]),
        sanctioned=row["sanctioned"],
    )


def _part(row: RowMapping, prefix: str) -> Mapping[str, Any]:
    return {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}
