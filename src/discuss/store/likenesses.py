"""What texts are looked up by to find near-duplicates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Insert,
    Integer,
    LargeBinary,
    Select,
    Text,
    Uuid,
    bindparam,
    func,
    insert,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from discuss.domain.likeness import Likeness
from discuss.store import forgetting
from discuss.store.database import Tx
from discuss.store.given import Rows
from discuss.store.tables import bands, comments, likenesses, revisions
from discuss.store.tables.metadata import INSTANT

MOST = 50
"""Texts looked at for each band, newest first, so that a flood of any size costs no more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that shares a band with one that was asked about; `asked` is the index of the latter.

    `created_at`: when it was written, which rules go by; among the targets of a moderator, when it was remembered.
    """

    asked: int
    revision_id: UUID
    comment_id: UUID
    article_id: UUID
    author_id: UUID
    signature: bytes
    created_at: datetime


SIGNED = Rows("signed", revision=Uuid, signature=LargeBinary)
KEYS = Rows("keys", revision=Uuid, band=BigInteger)
ASKED = Rows("asked", place=Integer, revision=Uuid, comment=Uuid, band=BigInteger)
SITES = Rows("sites", key=Text)


def _add() -> Insert:
    names = ["revision_id", "site_id", "comment_id", "article_id", "author_id", "signature", "created_at"]
    at = bindparam("at", type_=INSTANT)
    written = (
        select(
            SIGNED.c.revision, comments.c.site_id, comments.c.id, comments.c.article_id, comments.c.author_id,
            SIGNED.c.signature, at,
        )
        .select_from(
            SIGNED.table.join(revisions, revisions.c.id == SIGNED.c.revision).join(
                comments, comments.c.id == revisions.c.comment_id
            )
        )
    )  # fmt: skip
    new = (
        upsert(likenesses)
        .from_select(names, written)
        .on_conflict_do_nothing()
        .returning(likenesses.c.revision_id)
        .cte("new")
    )
    rows = select(KEYS.c.band, at, KEYS.c.revision).join(new, new.c.revision_id == KEYS.c.revision)
    return insert(bands).from_select(["band", "created_at", "revision_id"], rows)


def _candidates(*, earlier: bool) -> Select[Any]:
    asked, own = ASKED.table, likenesses.alias("own")
    found = select(bands.c.revision_id).where(
        bands.c.band == ASKED.c.band, bands.c.created_at >= bindparam("since")
    )
    if earlier:
        asked = asked.join(own, own.c.revision_id == ASKED.c.revision)
        place = tuple_(bands.c.created_at, bands.c.revision_id)
        found = found.where(place < tuple_(own.c.created_at, own.c.revision_id))
    newest = (
        found.order_by(bands.c.created_at.desc(), bands.c.revision_id.desc()).limit(MOST).lateral("newest")
    )
    pairs = select(ASKED.c.place, ASKED.c.comment, newest.c.revision_id)
    pair = pairs.select_from(asked.join(newest, true())).distinct().subquery("pair")
    # A subquery, because a join with so large a table might be made by reading it from end to end.
    written_at = select(revisions.c.created_at).where(revisions.c.id == likenesses.c.revision_id)
    return (
        select(
            pair.c.place, likenesses.c.revision_id, likenesses.c.comment_id, likenesses.c.article_id,
            likenesses.c.author_id, likenesses.c.signature, written_at.scalar_subquery(),
        )
        .join(pair, pair.c.revision_id == likenesses.c.revision_id)
        .where(likenesses.c.comment_id != pair.c.comment)
        .order_by(likenesses.c.created_at.desc(), likenesses.c.revision_id.desc())
    )  # fmt: skip


# Built once: every batch of the worker runs them.
ADD, CANDIDATES, EARLIER = _add(), _candidates(earlier=False), _candidates(earlier=True)
TAKE_TURNS = select(func.pg_advisory_xact_lock(func.hashtextextended(SITES.c.key, 0)))


async def add(tx: Tx, found: Sequence[Likeness], at: datetime) -> None:
    """Remembers these texts; those already remembered stay as they are."""
    if found:
        signed = SIGNED.given((one.revision_id, one.signature) for one in found)
        keys = KEYS.given((one.revision_id, band) for one in found for band in one.bands)
        await tx.execute(ADD, signed | keys | {"at": at})


async def take_turns(tx: Tx, site_ids: Collection[UUID]) -> None:
    """Locks these sites until the transaction ends, so that each batch finds what the one before it added.

    Sites are locked in the order of their ids, so that two transactions can never deadlock.
    """
    if site_ids:
        await tx.execute(TAKE_TURNS, SITES.given((f"repeats:{site_id}",) for site_id in sorted(site_ids)))


async def candidates(
    tx: Tx, asked: Sequence[Likeness], since: datetime, *, earlier: bool = False
) -> Sequence[Candidate]:
    """Texts of other comments that share a band with those asked about, in one statement for all of them.

    `since`: only texts remembered from then on, whenever they were written. `earlier`: only texts remembered before the one
    asked about, which must be remembered itself.
    """
    if not asked:
        return []
    keys = (
        (place, one.revision_id, one.comment_id, band)
        for place, one in enumerate(asked)
        for band in one.bands
    )
    query = EARLIER if earlier else CANDIDATES
    return [Candidate(*row) for row in await tx.execute(query, ASKED.given(keys) | {"since": since})]


async def forget(tx: Tx, before: datetime) -> int:
    return await forgetting.forget(tx, likenesses.c.created_at, before)


async def forget_bands(tx: Tx, before: datetime) -> int:
    return await forgetting.forget(tx, bands.c.created_at, before)
