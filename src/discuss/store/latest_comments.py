"""The newest visible comments of a site, or of one article, for feed readers.

The newest n comments belong to the n articles commented on last, so only those are searched: the cost depends on n
alone, not on the size of the site or on how rare a language is. If comments became visible at the very same moment,
which of them are among the n is arbitrary.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, Select, case, func, literal_column, select, true

from discuss.domain.latest_comments import LatestComment
from discuss.store.comments import seen
from discuss.store.database import Tx
from discuss.store.tables import accounts, articles, comments, decisions, revisions
from discuss.store.tables.articles import COMMENTED
from discuss.store.tables.comments import VISIBLE


async def of_site(
    tx: Tx, site_id: UUID, language: str | None, now: datetime, limit: int
) -> Sequence[LatestComment]:
    """Newest first; `language` is that of the article. Leaves out articles that are withdrawn or not yet published."""
    busy = select(articles.c.id, articles.c.url, articles.c.title).where(
        articles.c.site_id == site_id, COMMENTED, articles.c.published_at <= now
    )
    if language is not None:
        busy = busy.where(articles.c.language == language)
    order = (articles.c.last_comment_at.desc(), articles.c.id.desc())
    return await _newest(tx, busy.order_by(*order).limit(limit), limit)


async def of_article(tx: Tx, article_id: UUID, limit: int) -> Sequence[LatestComment]:
    """Newest first. The caller checks whether readers may see the article."""
    one = select(articles.c.id, articles.c.url, articles.c.title).where(articles.c.id == article_id)
    return await _newest(tx, one, limit)


async def _newest(tx: Tx, of: Select[Any], limit: int) -> Sequence[LatestComment]:
    found = await tx.execute(_told(_ids(of.subquery("article"), limit).subquery("newest")))
    return [LatestComment(*row) for row in found]


def _ids(article: FromClause, limit: int) -> Select[Any]:
    """The newest comments of each of these articles and, among those, the newest of all."""
    order = [comments.c.first_visible_at.desc(), comments.c.id.desc()]
    under = select(comments).where(comments.c.article_id == article.c.id, VISIBLE).order_by(*order)
    comment = under.limit(limit).lateral("comment")
    return (
        select(comment, article.c.url, article.c.title)
        .select_from(article.join(comment, true()))
        .order_by(comment.c.first_visible_at.desc(), comment.c.id.desc())
        .limit(limit)
    )


def _told(newest: FromClause) -> Select[Any]:
    reply = comments.alias("reply")
    replies = select(func.count()).where(reply.c.parent_id == newest.c.id, seen(reply))
    seen_since = case(
        (
            revisions.c.number > literal_column("1"),
            func.greatest(newest.c.first_visible_at, decisions.c.created_at),
        ),
        else_=newest.c.first_visible_at,
    )
    return (
        select(
            newest.c.id, newest.c.parent_id, accounts.c.name, revisions.c.html, newest.c.first_visible_at, seen_since,
            replies.scalar_subquery(), newest.c.article_id, newest.c.url, newest.c.title,
        )
        .select_from(
            newest.join(revisions, revisions.c.id == newest.c.visible_revision_id)
            .join(accounts, accounts.c.id == newest.c.author_id)
            .outerjoin(decisions, decisions.c.id == revisions.c.decision_id)
        )
        .order_by(newest.c.first_visible_at.desc(), newest.c.id.desc())
    )  # fmt: skip
