"""Back-tests, how far they are, and the comments they look at."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, select, tuple_, update

from discuss.domain.backtests import THRESHOLD, Backtest, Example, Progress, ThresholdSpec
from discuss.domain.rules import Action, Kind
from discuss.domain.states import State
from discuss.errors import BacktestNotFound
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.rules import spec_from
from discuss.store.tables import accounts, articles, backtests, queue_entries, revisions, signals


def _backtest(row: Any) -> Backtest:
    spec = (
        msgspec.convert(row.spec, ThresholdSpec)
        if row.kind == THRESHOLD
        else spec_from(Kind(row.kind), row.spec)
    )
    return Backtest(
        row.id, row.site_id, row.kind, Action(row.action), spec, row.days, Progress(row.state), row.total, row.seen,
        row.hits, row.examples, (row.place_at, row.place) if row.place else None, row.actor_id, row.created_at,
        row.finished_at,
    )  # fmt: skip


async def add(tx: Tx, asked: Backtest) -> None:
    await tx.execute(
        insert(backtests).values(
            id=asked.id, site_id=asked.site_id, kind=asked.kind, action=asked.action,
            spec=msgspec.to_builtins(asked.spec), days=asked.days, state=asked.state, actor_id=asked.actor_id,
            created_at=asked.created_at,
        )
    )  # fmt: skip


async def by_id(tx: Tx, site_id: UUID, backtest_id: UUID, *, lock: bool = False) -> Backtest:
    """Raises `BacktestNotFound`, also for one of another site."""
    query = select(backtests).where(backtests.c.id == backtest_id, backtests.c.site_id == site_id)
    row = (await tx.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise BacktestNotFound
    return _backtest(row)


async def under_way(tx: Tx, site_id: UUID) -> int:
    query = select(func.count()).where(
        backtests.c.site_id == site_id, backtests.c.state.in_([Progress.WAITING, Progress.RUNNING])
    )
    return await tx.scalar(query) or 0


async def keep(tx: Tx, made: Backtest) -> None:
    """Stores how far the back-test is."""
    at, place = made.place or (None, None)
    await tx.execute(
        update(backtests)
        .where(backtests.c.id == made.id)
        .values(
            state=made.state, total=made.total, seen=made.seen, hits=made.hits, examples=list(made.examples),
            place=place, place_at=at, finished_at=made.finished_at,
        )
    )  # fmt: skip


def _published(asked: Backtest) -> tuple[Any, ...]:
    entry = queue_entries.c
    since = asked.created_at - timedelta(days=asked.days)
    return (
        entry.site_id == asked.site_id, entry.state == State.PUBLISHED,
        entry.created_at >= since, entry.created_at < asked.created_at,
    )  # fmt: skip


async def total(tx: Tx, asked: Backtest) -> int:
    return await tx.scalar(select(func.count()).select_from(queue_entries).where(*_published(asked))) or 0


async def next_comments(tx: Tx, asked: Backtest, limit: int) -> Sequence[tuple[datetime, UUID, UUID]]:
    """The comments after its place, newest first, each as (written at, comment, revision)."""
    entry = queue_entries.c
    query = select(entry.created_at, entry.comment_id, entry.revision_id).where(*_published(asked))
    if asked.place is not None:
        query = query.where(tuple_(entry.created_at, entry.comment_id) < asked.place)
    order = (entry.created_at.desc(), entry.comment_id.desc())
    return [(row[0], row[1], row[2]) for row in await tx.execute(query.order_by(*order).limit(limit))]


async def scores(tx: Tx, revision_ids: Sequence[UUID], label: str) -> Mapping[UUID, float]:
    """By revision, what the classifier said about a label when it last looked."""
    query = (
        select(signals.c.revision_id, signals.c.value)
        .where(
            among(signals.c.revision_id, "revisions"),
            signals.c.source == "classifier",
            signals.c.name == label,
        )
        .order_by(signals.c.created_at)
    )
    rows = await tx.execute(query, {"revisions": list(revision_ids)})
    return {row.revision_id: row.value for row in rows}


async def examples(tx: Tx, made: Backtest) -> Sequence[Example]:
    query = (
        select(
            queue_entries.c.comment_id, revisions.c.id, revisions.c.source, accounts.c.name, articles.c.title,
            revisions.c.created_at,
        )
        .select_from(
            revisions.join(queue_entries, queue_entries.c.revision_id == revisions.c.id)
            .join(accounts, accounts.c.id == queue_entries.c.author_id)
            .join(articles, articles.c.id == queue_entries.c.article_id)
        )
        .where(among(revisions.c.id, "revisions"))
        .order_by(revisions.c.created_at.desc())
    )  # fmt: skip
    return [Example(*row) for row in await tx.execute(query, {"revisions": list(made.examples)})]
