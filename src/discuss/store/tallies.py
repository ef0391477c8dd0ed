"""Hits of detectors, by the hour."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from discuss.domain.tallies import USUAL, Tally
from discuss.store import forgetting
from discuss.store.database import Tx
from discuss.store.tables import tallies

_ADD = insert(tallies)
ADD = _ADD.on_conflict_do_update(
    index_elements=["site_id", "subject", "hour"],
    set_={
        "seen": tallies.c.seen + _ADD.excluded.seen,
        "hits": tallies.c.hits + _ADD.excluded.hits,
    },
)


async def add(tx: Tx, counted: Sequence[Tally], at: datetime) -> None:
    """`counted` must be in the order of keys: workers that count the same then wait for each other without a deadlock."""
    if counted:
        hour = _hour(at)
        rows = [
            {"site_id": one.site_id, "subject": one.subject, "hour": hour, "seen": one.seen, "hits": one.hits}
            for one in counted
        ]
        await tx.execute(ADD, rows)


async def now_and_before(tx: Tx, at: datetime) -> Sequence[tuple[Tally, Tally]]:
    """For each detector that was asked in the current hour: that hour, and the days before it."""
    hour, old = _hour(at), tallies.alias("old")
    before = (
        select(func.coalesce(func.sum(old.c.seen), 0).label("seen"), func.coalesce(func.sum(old.c.hits), 0).label("hits"))
        .where(
            old.c.site_id == tallies.c.site_id, old.c.subject == tallies.c.subject,
            old.c.hour < hour, old.c.hour >= hour - USUAL,
        )
        .lateral("before")
    )  # fmt: skip
    query = select(tallies, before.c.seen.label("b_seen"), before.c.hits.label("b_hits")).where(
        tallies.c.hour == hour
    )
    return [
        (Tally(row.site_id, row.subject, row.seen, row.hits), Tally(row.site_id, row.subject, row.b_seen, row.b_hits))
        for row in await tx.execute(query)
    ]  # fmt: skip


async def forget(tx: Tx, before: datetime) -> int:
    return await forgetting.forget(tx, tallies.c.hour, before)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
