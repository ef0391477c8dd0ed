"""Views: distinct readers of an article by the hour, and their sum on the article."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CTE, Integer, Uuid, column, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from discuss.domain.views import ViewedHour
from discuss.store import articles as article_rows
from discuss.store.database import Tx
from discuss.store.tables import article_views, articles
from discuss.store.tables.metadata import INSTANT


async def record(tx: Tx, site_id: UUID, counted: Mapping[ViewedHour, int]) -> None:
    """Brings hours and articles up to these counts; ids of other sites are ignored.

    A count is of the whole hour, so writing it again, or a smaller one after it, changes nothing. The articles are
    locked first: of two concurrent writers, the second sees what the first one wrote, and adds only the difference.
    """
    await article_rows.lock(tx, [viewed.article_id for viewed in counted])
    written = _written(site_id, counted)
    # All parts of a statement see the same snapshot: these are the rows as they were before it.
    before = article_views.alias("before")
    gained = (
        select(
            written.c.article_id, func.sum(written.c.readers - func.coalesce(before.c.readers, 0)).label("n")
        )
        .select_from(
            written.outerjoin(
                before, (before.c.article_id == written.c.article_id) & (before.c.hour == written.c.hour)
            )
        )
        .group_by(written.c.article_id)
        .cte("gained")
    )
    await tx.execute(
        update(articles)
        .where(articles.c.id == gained.c.article_id, gained.c.n > 0)
        .values(views=articles.c.views + gained.c.n)
    )


def _written(site_id: UUID, counted: Mapping[ViewedHour, int]) -> CTE:
    given = (
        func.unnest(
            literal([viewed.article_id for viewed in counted], ARRAY(Uuid)),
            literal([viewed.hour for viewed in counted], ARRAY(INSTANT)),
            literal(list(counted.values()), ARRAY(Integer)),
        )
        .table_valued(column("article_id", Uuid), column("hour", INSTANT), column("readers", Integer))
        .render_derived(name="given")
    )
    known = (
        select(given.c.article_id, given.c.hour, articles.c.site_id, given.c.readers)
        .select_from(given.join(articles, articles.c.id == given.c.article_id))
        .where(articles.c.site_id == site_id)
    )
    new = insert(article_views).from_select(["article_id", "hour", "site_id", "readers"], known)
    return (
        new.on_conflict_do_update(
            index_elements=["article_id", "hour"],
            set_={"readers": func.greatest(article_views.c.readers, new.excluded.readers)},
        )
        .returning(article_views.c.article_id, article_views.c.hour, article_views.c.readers)
        .cte("written")
    )


async def totals(tx: Tx, site_id: UUID, article_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """The views of these articles, as far as they are of this site."""
    rows = select(articles.c.id, articles.c.views).where(
        articles.c.site_id == site_id, articles.c.id.in_(article_ids)
    )
    return {row.id: row.views for row in await tx.execute(rows)}


async def forget(tx: Tx, before: datetime) -> None:
    """Deletes hours that began before this instant. Their sums stay on the articles."""
    await tx.execute(delete(article_views).where(article_views.c.hour < before))
