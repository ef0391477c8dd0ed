"""What rules look at besides the words of a text, as it was when the text was written. For the worker and for back-tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, ScalarSelect, Select, bindparam, func, select, true

from discuss.domain.authors import RECENT
from discuss.domain.states import State
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.tables import accounts, comments, revisions


@dataclass(frozen=True, slots=True)
class Known:
    """`before`: comments of the author before this one that readers have seen, up to as many as were asked for.

    `recent`: states of the latest decided ones before it, including those the author deleted: nobody can hide a rejection.
    """

    revision_id: UUID
    comment_id: UUID
    article_id: UUID
    author_id: UUID
    source: str
    normalised: str | None
    language: str | None
    written_at: datetime
    registered_at: datetime
    before: int
    recent: Sequence[State]


def _known() -> Select[Any]:
    return (
        select(
            revisions.c.id, revisions.c.comment_id, comments.c.article_id, comments.c.author_id, revisions.c.source, revisions.c.normalised,
            revisions.c.language, revisions.c.created_at, accounts.c.created_at.label("registered_at"),
            _before().label("before"), _recent().label("recent"),
        )
        .select_from(revisions.join(comments, comments.c.id == revisions.c.comment_id).join(accounts))
        .where(among(revisions.c.id, "revisions"))
    )  # fmt: skip


def _before() -> ScalarSelect[int]:
    earlier = comments.alias("earlier")
    few = (
        select(earlier.c.id)
        .where(
            earlier.c.author_id == comments.c.author_id,
            earlier.c.site_id == comments.c.site_id,
            earlier.c.created_at < comments.c.created_at,
            earlier.c.first_visible_at.is_not(None),
        )
        .limit(bindparam("most", type_=Integer))
        .correlate(comments)
        .subquery()
    )
    return select(func.count()).select_from(few).scalar_subquery()


def _recent() -> ScalarSelect[Any]:
    earlier, text = comments.alias("decided"), revisions.alias("text")
    newest = (
        select(text.c.state)
        .where(text.c.comment_id == earlier.c.id, text.c.decision_id.is_not(None))
        .order_by(text.c.number.desc())
        .limit(1)
        .lateral("newest")
    )
    latest = (
        select(newest.c.state)
        .select_from(earlier.join(newest, true()))
        .where(
            earlier.c.author_id == comments.c.author_id,
            earlier.c.site_id == comments.c.site_id,
            earlier.c.created_at < comments.c.created_at,
        )
        .order_by(earlier.c.created_at.desc())
        .limit(RECENT)
        .correlate(comments)
        .subquery()
    )
    return select(func.array_agg(latest.c.state)).scalar_subquery()


KNOWN = _known()


async def of(tx: Tx, revision_ids: Sequence[UUID], most: int) -> Mapping[UUID, Known]:
    """`most`: where to stop counting an author's earlier comments."""
    rows = await tx.execute(KNOWN, {"revisions": list(revision_ids), "most": most})
    return {row.id: _read(row) for row in rows}


def _read(row: Row[Any]) -> Known:
    return Known(
        row.id, row.comment_id, row.article_id, row.author_id, row.source, row.normalised, row.language, row.created_at,
        row.registered_at, row.before, tuple(map(State, row.recent or ())),
    )  # fmt: skip
