"""Brakes: which rules and labels hold what they would otherwise reject, because they hit far more often than usual."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert

from discuss.domain.brakes import Brake
from discuss.domain.tallies import Tally
from discuss.errors import BrakeNotFound
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.tables import brakes, rules

ON = brakes.c.released_at.is_(None)
SUBJECTS = select(brakes.c.site_id, brakes.c.subject).where(among(brakes.c.site_id, "sites"), ON)


async def subjects(tx: Tx, site_ids: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
    """By site, the subjects that are braked."""
    found = defaultdict(set)
    for row in await tx.execute(SUBJECTS, {"sites": list(site_ids)}):
        found[row.site_id].add(row.subject)
    return {site_id: frozenset(found[site_id]) for site_id in site_ids}


async def put(tx: Tx, wild: Sequence[tuple[UUID, Tally, Tally]], at: datetime) -> Sequence[Brake]:
    """Applies brakes, each given as (id, the current hour, the days before). Returns those that were applied now.

    A brake that a person released in this hour stays off: the same hits would apply it again at once. A rule that was retired
    in this hour needs none.
    """
    released = await _released(tx, at.replace(minute=0, second=0, microsecond=0))
    retired = await _retired(tx, [now.subject for _, now, _ in wild]) if wild else set()
    wanted = [
        Brake(brake_id, now.site_id, now.subject, None, before.share, now.seen, now.hits, at)
        for brake_id, now, before in wild
        if (now.site_id, now.subject) not in released and now.subject not in retired
    ]
    if not wanted:
        return []
    rows = [{name: value for name, value in asdict(one).items() if name != "rule"} for one in wanted]
    new = set(await tx.scalars(insert(brakes).values(rows).on_conflict_do_nothing().returning(brakes.c.id)))
    return [one for one in wanted if one.id in new]


async def _released(tx: Tx, since: datetime) -> set[tuple[UUID, str]]:
    recent = await tx.execute(select(brakes.c.site_id, brakes.c.subject).where(brakes.c.released_at >= since))
    return {(row.site_id, row.subject) for row in recent}


async def _retired(tx: Tx, subjects: Sequence[str]) -> set[str]:
    """Which of these are retired rules. The other rules cannot be retired until the transaction ends."""
    subject = cast(rules.c.id, Text).label("subject")
    query = select(subject, rules.c.retired_at).where(subject.in_(subjects))
    rows = await tx.execute(query.with_for_update(read=True))
    return {row.subject for row in rows if row.retired_at is not None}


async def of_site(tx: Tx, site_id: UUID) -> Sequence[Brake]:
    query = (
        select(
            brakes.c.id, brakes.c.site_id, brakes.c.subject, rules.c.name, brakes.c.usual, brakes.c.seen,
            brakes.c.hits, brakes.c.tripped_at,
        )
        .select_from(brakes.outerjoin(rules, cast(rules.c.id, Text) == brakes.c.subject))
        .where(brakes.c.site_id == site_id, ON)
        .order_by(brakes.c.tripped_at.desc())
    )  # fmt: skip
    return [Brake(*row) for row in await tx.execute(query)]


async def release(tx: Tx, site_id: UUID, brake_id: UUID, actor_id: UUID, at: datetime) -> None:
    """Raises `BrakeNotFound`."""
    query = update(brakes).where(brakes.c.id == brake_id, brakes.c.site_id == site_id, ON)
    released = await tx.execute(query.values(released_at=at, released_by=actor_id))
    if not released.rowcount:
        raise BrakeNotFound


async def release_rule(tx: Tx, site_id: UUID, rule_id: UUID, actor_id: UUID, at: datetime) -> None:
    """Releases the brake on this rule, if there is one. Call it under the lock of the rule."""
    query = update(brakes).where(brakes.c.site_id == site_id, brakes.c.subject == str(rule_id), ON)
    await tx.execute(query.values(released_at=at, released_by=actor_id))


async def count(tx: Tx) -> int:
    return await tx.scalar(select(func.count()).select_from(brakes).where(ON)) or 0
