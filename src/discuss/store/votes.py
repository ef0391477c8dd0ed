"""Votes, and the rating of an article, which is their sum."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from discuss.domain.votes import Rating, Vote
from discuss.store.database import Tx
from discuss.store.tables import article_votes, articles


async def by(tx: Tx, article_id: UUID, account_id: UUID) -> Vote | None:
    up = await tx.scalar(
        select(article_votes.c.up).where(
            article_votes.c.article_id == article_id, article_votes.c.account_id == account_id
        )
    )
    return None if up is None else Vote.UP if up else Vote.DOWN


async def put(
    tx: Tx, site_id: UUID, article_id: UUID, account_id: UUID, vote: Vote | None, at: datetime
) -> None:
    """None takes the vote back. The article must be locked (`articles.lock`), and `settle` must follow."""
    if vote is None:
        mine = (article_votes.c.article_id == article_id) & (article_votes.c.account_id == account_id)
        await tx.execute(delete(article_votes).where(mine))
        return
    row = {"up": vote is Vote.UP, "voted_at": at}
    statement = insert(article_votes).values(
        article_id=article_id, account_id=account_id, site_id=site_id, **row
    )
    await tx.execute(statement.on_conflict_do_update(index_elements=["article_id", "account_id"], set_=row))


async def settle(tx: Tx, article_id: UUID, gained: Rating) -> None:
    """Brings the rating in line with a vote that changed under the article's lock; the version rises."""
    await tx.execute(
        update(articles)
        .where(articles.c.id == article_id)
        .values(
            rating_up=articles.c.rating_up + gained.up,
            rating_down=articles.c.rating_down + gained.down,
            version=articles.c.version + 1,
        )
    )
