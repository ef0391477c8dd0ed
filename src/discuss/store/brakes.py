"""Brakes: which rules and labels hold where they would reject, because they hit far more often than usual."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from discuss.store.database import Tx
from discuss.store.tables import brakes


async def subjects(tx: Tx, site_ids: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
    """By site, what a brake is on."""
    query = select(brakes.c.site_id, brakes.c.subject).where(
        brakes.c.site_id.in_(site_ids), brakes.c.released_at.is_(None)
    )
    found = defaultdict(set)
    for row in await tx.execute(query):
        found[row.site_id].add(row.subject)
    return {site_id: frozenset(found[site_id]) for site_id in site_ids}
