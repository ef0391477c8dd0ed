"""Comments written straight into the tables, each with one revision and the decision about it."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import asyncpg

from discuss.domain.decisions import Reason, Source
from discuss.domain.states import State
from discuss.wiring import new_id

_COMMENTS = (
    "id", "site_id", "article_id", "author_id", "parent_id", "root_id", "depth", "visible_revision_id",
    "first_visible_at", "created_at",
)  # fmt: skip
_REVISIONS = (
    "id", "site_id", "comment_id", "number", "source", "html", "normalised", "language", "state", "decision_id",
    "created_at",
)  # fmt: skip
_DECISIONS = (
    "id",
    "site_id",
    "revision_id",
    "state",
    "source",
    "reasons",
    "model",
    "author_id",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class Written:
    """`parent`: the root that it answers; None for a root. `shown`: published; otherwise it is held for a person."""

    article: UUID
    author: UUID
    text: str
    at: datetime
    parent: UUID | None = None
    shown: bool = True
    id: UUID = field(default_factory=new_id)
    revision: UUID = field(default_factory=new_id)
    decision: UUID = field(default_factory=new_id)

    @property
    def state(self) -> str:
        return str(State.PUBLISHED if self.shown else State.HELD)


async def add_comments(sql: asyncpg.Connection, site: UUID, written: Sequence[Written]) -> None:
    await sql.copy_records_to_table(
        "comments", columns=_COMMENTS,
        records=[
            (one.id, site, one.article, one.author, one.parent, one.parent or one.id, int(one.parent is not None),
             one.revision if one.shown else None, one.at if one.shown else None, one.at)
            for one in written
        ],
    )  # fmt: skip
    await sql.copy_records_to_table(
        "revisions", columns=_REVISIONS,
        records=[
            (one.revision, site, one.id, 1, one.text, f"<p>{html.escape(one.text)}</p>", one.text, None, one.state,
             one.decision, one.at)
            for one in written
        ],
    )  # fmt: skip
    await sql.copy_records_to_table(
        "decisions", columns=_DECISIONS,
        records=[
            (one.decision, site, one.revision, one.state, str(Source.POLICY),
             [str(Reason.CLEAR if one.shown else Reason.TOXIC)], "bench 1.0.0", one.author, one.at)
            for one in written
        ],
    )  # fmt: skip
