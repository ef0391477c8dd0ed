"""Everything that a new comment depends on, read in one round trip: every new comment needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, and_, bindparam, exists, func, literal, select, true

from discuss.domain.accounts import Asker, Presented
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.store import accounts as stored_accounts
from discuss.store import articles as stored_articles
from discuss.store import sites as stored_sites
from discuss.store.accounts import Session
from discuss.store.comments import seen
from discuss.store.database import Tx
from discuss.store.tables import articles, comments, sanctions, sites


@dataclass(frozen=True, slots=True)
class Parent:
    """The comment being answered, if readers see it."""

    root_id: UUID
    depth: int


@dataclass(frozen=True, slots=True)
class Ground:
    """`article`: None if the site has no such article; `parent`: None if readers see no such comment under it.

    `sanctioned`: whether the author has a sanction that was not lifted; it may have ended by itself.
    """

    site: Site
    article: Article | None
    parent: Parent | None
    sanctioned: bool


SITE, ARTICLE = "site_", "article_"
ONE = select(literal(1).label("one")).subquery("asked")
"""The row that everything is joined to: the asker's session is returned even if there is no such site."""

HOLDER = stored_accounts.HOLDER.subquery("holder")
AUTHOR = func.coalesce(bindparam("author", type_=HOLDER.c.account_id.type), HOLDER.c.account_id)
GROUND = (
    select(
        HOLDER,
        *(column.label(f"{SITE}{column.name}") for column in sites.c),
        *(column.label(f"{ARTICLE}{column.name}") for column in stored_articles.COLUMNS),
        comments.c.root_id, comments.c.depth,
        exists()
        .where(
            sanctions.c.account_id == AUTHOR,
            sanctions.c.site_id == sites.c.id,
            sanctions.c.lifted_at.is_(None),
        )
        .label("sanctioned"),
    )
    .select_from(
        ONE.outerjoin(HOLDER, true())
        .outerjoin(sites, sites.c.slug == bindparam("given"))
        .outerjoin(articles, and_(articles.c.id == bindparam("article"), articles.c.site_id == sites.c.id))
        .outerjoin(comments, and_(comments.c.id == bindparam("parent"), comments.c.article_id == articles.c.id, seen(comments)))
    )
)  # fmt: skip


async def ground(
    tx: Tx, slug: str, asker: Asker, article_id: UUID, parent_id: UUID | None
) -> tuple[Session | None, Ground | None]:
    """The presented session, if the token opens one, and the ground, if there is such a site."""
    token, author_id = (asker, None) if isinstance(asker, Presented) else (None, asker.account_id)
    given = {"given": slug, "author": author_id, "article": article_id, "parent": parent_id}
    row = (await tx.execute(GROUND, stored_accounts.holding(token) | given)).mappings().one()
    session = None if row["session_id"] is None else stored_accounts.session_from(row)
    return session, None if row["site_id"] is None else _ground(row)


def _ground(row: RowMapping) -> Ground:
    return Ground(
        site=stored_sites.from_row(_part(row, SITE)),
        article=None if row["article_id"] is None else stored_articles.from_row(_part(row, ARTICLE)),
        parent=None if row["root_id"] is None else Parent(row["root_id"], row["depth"]),
        sanctioned=row["sanctioned"],
    )


def _part(row: RowMapping, prefix: str) -> Mapping[str, Any]:
    return {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}
