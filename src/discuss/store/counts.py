"""Visible comments by address, for the links on a site's pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from discuss.store.articles import shown
from discuss.store.database import Tx
from discuss.store.tables import articles


@dataclass(frozen=True, slots=True)
class Counted:
    """`articles` are all those whose comments are counted: the article and, where they count together, its editions."""

    articles: Sequence[UUID]
    comment_count: int


async def by_url(
    tx: Tx, site_id: UUID, urls: Sequence[str], now: datetime, *, joint: bool
) -> Mapping[str, Counted]:
    """By address, the count for the newest article there that readers may see. Addresses without one are left out."""
    newest = (
        select(articles.c.url, articles.c.id, articles.c.edition_group)
        .where(articles.c.site_id == site_id, articles.c.url.in_(urls), shown(articles, now))
        .ext(distinct_on(articles.c.url))
        .order_by(articles.c.url, articles.c.id.desc())
        .subquery()
    )
    member = articles.alias("member")
    same = member.c.id == newest.c.id
    if joint:
        same = or_(same, and_(member.c.edition_group == newest.c.edition_group, shown(member, now)))
    query = (
        select(newest.c.url, func.array_agg(member.c.id), func.sum(member.c.comment_count))
        .select_from(newest.join(member, same))
        .group_by(newest.c.url)
    )
    return {row[0]: Counted(row[1], int(row[2])) for row in await tx.execute(query)}
