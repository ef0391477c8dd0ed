"""Which articles are translations of each other."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from discuss.domain.articles import Article
from discuss.store import articles as article_rows
from discuss.store.database import Tx
from discuss.store.tables import articles


async def lock(tx: Tx, site_id: UUID) -> None:
    """Until the transaction ends, nobody else links or unlinks at this site: groups can be read and then changed."""
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"editions:{site_id}", 0))))


async def ids(tx: Tx, site_id: UUID, external_ids: Sequence[str]) -> Mapping[str, UUID]:
    """Our ids, by external id, of the articles that exist."""
    rows = select(articles.c.external_id, articles.c.id).where(
        articles.c.site_id == site_id, articles.c.external_id.in_(external_ids)
    )
    return {row.external_id: row.id for row in await tx.execute(rows)}


async def around(tx: Tx, article_ids: Sequence[UUID]) -> Sequence[UUID]:
    """All members of the groups that these articles are in, including themselves."""
    groups = select(articles.c.edition_group).where(
        articles.c.id.in_(article_ids), articles.c.edition_group.is_not(None)
    )
    return list(await tx.scalars(select(articles.c.id).where(articles.c.edition_group.in_(groups))))


async def regroup(tx: Tx, groups: Mapping[UUID, UUID | None]) -> None:
    """Call it under the articles' locks. The version of each article rises."""
    statement = (
        update(articles)
        .where(articles.c.id == bindparam("article"))
        .values(edition_group=bindparam("group"), version=articles.c.version + 1)
    )
    await tx.execute(statement, [{"article": article, "group": group} for article, group in groups.items()])


async def of_group(tx: Tx, group: UUID) -> Sequence[Article]:
    """In the order of their languages."""
    members = select(articles.c.id).where(articles.c.edition_group == group)
    found = await article_rows.with_ids(tx, list(await tx.scalars(members)))
    return sorted(found, key=lambda article: (article.language, article.id))
