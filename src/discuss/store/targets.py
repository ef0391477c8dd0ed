"""What a decision about many comments covers: revisions, each with the decision that stands about it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, and_, select, true

from discuss.domain.batches import Target
from discuss.domain.decisions import Source
from discuss.domain.likeness import Likeness
from discuss.domain.states import State
from discuss.store.database import Tx
from discuss.store.given import Rows
from discuss.store.likenesses import Candidate
from discuss.store.tables import bands, likenesses, queue_entries


def left_by_the_machine(wanted: State) -> ColumnElement[bool]:
    """Entries that no person decided and that are not in the wanted state yet."""
    return and_(queue_entries.c.decided_by == Source.POLICY, queue_entries.c.state != wanted)


async def held_of(tx: Tx, site_id: UUID, author_id: UUID, most: int) -> Sequence[Target]:
    """Everything held of one author at this site, oldest first."""
    query = (
        select(queue_entries.c.revision_id, queue_entries.c.decision_id)
        .where(
            queue_entries.c.author_id == author_id,
            queue_entries.c.site_id == site_id,
            queue_entries.c.state == State.HELD,
        )
        .order_by(queue_entries.c.created_at, queue_entries.c.comment_id)
        .limit(most)
    )
    return [Target(*row) for row in await tx.execute(query)]


async def near(
    tx: Tx, one: Likeness, since: datetime, most: int, unlike: State | None
) -> Sequence[tuple[Candidate, Target]]:
    """Other comments whose newest decided text shares a band with this one: for each band the `most` newest.

    `unlike`: only comments that the machine left in another state than this.
    """
    keys = Rows("keys", band=BigInteger)
    entry = and_(
        queue_entries.c.comment_id == likenesses.c.comment_id,
        queue_entries.c.revision_id == likenesses.c.revision_id,
    )
    newest = (
        select(
            likenesses.c.revision_id, likenesses.c.comment_id, likenesses.c.article_id, likenesses.c.author_id,
            likenesses.c.signature, likenesses.c.created_at, queue_entries.c.decision_id,
        )
        .select_from(
            bands.join(likenesses, likenesses.c.revision_id == bands.c.revision_id).join(queue_entries, entry)
        )
        .where(
            bands.c.band == keys.c.band, bands.c.created_at >= since, likenesses.c.site_id == one.site_id,
            likenesses.c.comment_id != one.comment_id, true() if unlike is None else left_by_the_machine(unlike),
        )
        .order_by(bands.c.created_at.desc(), bands.c.revision_id.desc())
        .limit(most)
        .lateral("newest")
    )  # fmt: skip
    query = select(*newest.c).select_from(keys.table.join(newest, true())).distinct()
    query = query.order_by(newest.c.created_at.desc(), newest.c.revision_id.desc())
    found = await tx.execute(query, keys.given((band,) for band in one.bands))
    return [(Candidate(0, *row[:6]), Target(row.revision_id, row.decision_id)) for row in found]
