"""Whether PostgreSQL agrees with itself, for `discuss verify`: each check lists the contradictions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from discuss.domain.events import Topic
from discuss.domain.states import State
from discuss.domain.votes import Rating
from discuss.store import queue_entries
from discuss.store.database import Tx
from discuss.store.tables import article_votes, articles, comments, decisions, outbox, revisions
from discuss.store.tables import queue_entries as entries
from discuss.store.tables.comments import VISIBLE

MOST = 50
"""Contradictions listed per check: enough to see the pattern."""

ROUNDING = 1e-9


async def wrong_counters(tx: Tx, site_id: UUID) -> Sequence[tuple[UUID, int, int]]:
    """Articles whose counters differ from their visible comments: (id, counter, visible)."""
    visible = (
        select(
            comments.c.article_id,
            func.count().label("n"),
            func.max(comments.c.first_visible_at).label("newest"),
        )
        .where(comments.c.site_id == site_id, VISIBLE)
        .group_by(comments.c.article_id)
        .subquery()
    )
    counted = func.coalesce(visible.c.n, 0)
    query = (
        select(articles.c.id, articles.c.comment_count, counted)
        .select_from(articles.outerjoin(visible, visible.c.article_id == articles.c.id))
        .where(
            articles.c.site_id == site_id,
            or_(
                articles.c.comment_count != counted,
                articles.c.last_comment_at.is_distinct_from(visible.c.newest),
            ),
        )
        .limit(MOST)
    )
    return [(row[0], row[1], row[2]) for row in await tx.execute(query)]


async def wrong_ratings(tx: Tx, site_id: UUID) -> Sequence[tuple[UUID, Rating, Rating]]:
    """Articles whose rating differs from the votes: (id, rating, votes)."""
    votes = (
        select(
            article_votes.c.article_id,
            func.count().filter(article_votes.c.up).label("up"),
            func.count().filter(~article_votes.c.up).label("down"),
        )
        .where(article_votes.c.site_id == site_id)
        .group_by(article_votes.c.article_id)
        .subquery()
    )
    up, down = func.coalesce(votes.c.up, 0), func.coalesce(votes.c.down, 0)
    query = (
        select(articles.c.id, articles.c.rating_up, articles.c.rating_down, up, down)
        .select_from(articles.outerjoin(votes, votes.c.article_id == articles.c.id))
        .where(articles.c.site_id == site_id, or_(articles.c.rating_up != up, articles.c.rating_down != down))
        .limit(MOST)
    )
    return [(row[0], Rating(row[1], row[2]), Rating(row[3], row[4])) for row in await tx.execute(query)]


async def undecided(tx: Tx, site_id: UUID) -> tuple[int, int]:
    """How many pending revisions wait in the outbox, and how many do not, which must never happen."""
    waiting = exists().where(
        outbox.c.topic == Topic.REVISION_SUBMITTED, outbox.c.subject_id == revisions.c.id
    )
    pending = and_(revisions.c.site_id == site_id, revisions.c.state == State.PENDING)
    in_outbox = await tx.scalar(select(func.count()).select_from(revisions).where(pending, waiting))
    lost = await tx.scalar(select(func.count()).select_from(revisions).where(pending, ~waiting))
    return in_outbox or 0, lost or 0


async def badly_decided(tx: Tx, site_id: UUID) -> Sequence[UUID]:
    """Revisions whose state is not that of their last decision, or that were decided unscored without saying so."""
    heads = decisions.alias("head")
    later = decisions.alias("later")
    is_last = ~exists().where(later.c.revision_id == heads.c.revision_id, later.c.previous_id == heads.c.id)
    unscored = exists().where(
        decisions.c.revision_id == revisions.c.id,
        decisions.c.previous_id.is_(None),
        decisions.c.model.is_(None),
    )
    fine = and_(
        heads.c.revision_id == revisions.c.id,
        heads.c.state == revisions.c.state,
        is_last,
        or_(revisions.c.normalised.is_not(None), unscored),
    )
    query = (
        select(revisions.c.id)
        .select_from(revisions.outerjoin(heads, heads.c.id == revisions.c.decision_id))
        .where(
            revisions.c.site_id == site_id,
            revisions.c.state != State.PENDING,
            func.coalesce(fine, False).is_(False),
        )
        .limit(MOST)
    )
    return list(await tx.scalars(query))


async def wrong_entries(tx: Tx, site_id: UUID) -> Sequence[UUID]:
    """Comments whose entry in the queues is missing, superfluous, or differs from the truth.

    `reach` and `report_weight` may lag behind, and `words` are those of the revision: these are not compared.
    """
    true = queue_entries.truth().where(comments.c.site_id == site_id).subquery("true")
    kept = select(entries).where(entries.c.site_id == site_id).subquery("kept")
    differs = [
        true.c[name].is_distinct_from(kept.c[name])
        for name in queue_entries.COLUMNS
        if name not in {"reach", "report_weight", "words", "risk", "uncertainty"}
    ]
    differs += [func.abs(true.c[name] - kept.c[name]) > ROUNDING for name in ("risk", "uncertainty")]
    query = (
        select(func.coalesce(true.c.comment_id, kept.c.comment_id))
        .select_from(true.outerjoin(kept, true.c.comment_id == kept.c.comment_id, full=True))
        .where(or_(*differs))
        .limit(MOST)
    )
    return list(await tx.scalars(query))


async def existing(tx: Tx, comment_ids: Sequence[UUID]) -> set[UUID]:
    return set(await tx.scalars(select(comments.c.id).where(comments.c.id.in_(comment_ids))))
