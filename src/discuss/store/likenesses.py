"""What texts are looked up by when others are like them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Integer,
    LargeBinary,
    Uuid,
    delete,
    insert,
    literal,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from discuss.domain.likeness import Likeness
from discuss.store.database import Tx
from discuss.store.given import rows_of
from discuss.store.tables import bands, comments, likenesses, revisions

MOST = 50
"""Looked at for each band, the newest first: a flood of any size costs no more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Shares a band with the text that was asked about; `asked` is that one's place among those asked."""

    asked: int
    revision_id: UUID
    comment_id: UUID
    article_id: UUID
    author_id: UUID
    signature: bytes
    created_at: datetime


async def add(tx: Tx, found: Sequence[Likeness], at: datetime) -> None:
    """Remembers them; those that are remembered already stay as they are."""
    if not found:
        return
    given = rows_of(
        {"revision": Uuid, "signature": LargeBinary},
        [one.revision_id for one in found],
        [one.signature for one in found],
    )
    written = (
        select(
            given.c.revision, comments.c.site_id, comments.c.id, comments.c.article_id, comments.c.author_id,
            given.c.signature, literal(at),
        )
        .select_from(
            given.join(revisions, revisions.c.id == given.c.revision).join(
                comments, comments.c.id == revisions.c.comment_id
            )
        )
    )  # fmt: skip
    names = ["revision_id", "site_id", "comment_id", "article_id", "author_id", "signature", "created_at"]
    new = (
        upsert(likenesses)
        .from_select(names, written)
        .on_conflict_do_nothing()
        .returning(likenesses.c.revision_id)
        .cte("new")
    )
    keys = rows_of(
        {"revision": Uuid, "band": BigInteger},
        [one.revision_id for one in found for _ in one.bands],
        [band for one in found for band in one.bands],
    )
    rows = select(keys.c.band, literal(at), keys.c.revision).join(new, new.c.revision_id == keys.c.revision)
    await tx.execute(insert(bands).from_select(["band", "created_at", "revision_id"], rows))


async def candidates(tx: Tx, asked: Sequence[Likeness], since: datetime) -> Sequence[Candidate]:
    """Texts of other comments that share a band with those asked about, in one statement for all of them."""
    if not asked:
        return []
    keys = rows_of(
        {"asked": Integer, "comment": Uuid, "band": BigInteger},
        [place for place, one in enumerate(asked) for _ in one.bands],
        [one.comment_id for one in asked for _ in one.bands],
        [band for one in asked for band in one.bands],
    )
    newest = (
        select(bands.c.revision_id)
        .where(bands.c.band == keys.c.band, bands.c.created_at >= since)
        .order_by(bands.c.created_at.desc(), bands.c.revision_id.desc())
        .limit(MOST)
        .lateral("newest")
    )
    pairs = select(keys.c.asked, keys.c.comment, newest.c.revision_id).join(newest, true()).distinct()
    pair = pairs.subquery("pair")
    query = (
        select(
            pair.c.asked, likenesses.c.revision_id, likenesses.c.comment_id, likenesses.c.article_id,
            likenesses.c.author_id, likenesses.c.signature, likenesses.c.created_at,
        )
        .join(pair, pair.c.revision_id == likenesses.c.revision_id)
        .where(likenesses.c.comment_id != pair.c.comment)
        .order_by(likenesses.c.created_at.desc(), likenesses.c.revision_id.desc())
    )  # fmt: skip
    return [Candidate(*row) for row in await tx.execute(query)]


async def forget(tx: Tx, before: datetime) -> None:
    for table in (likenesses, bands):
        await tx.execute(delete(table).where(table.c.created_at < before))
