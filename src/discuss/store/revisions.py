"""Revisions as the worker and moderators need them: by state, with what it takes to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, Uuid, and_, exists, or_, select, update

from discuss.domain.articles import Commenting
from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.states import State
from discuss.errors import RevisionNotFound
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.given import Rows
from discuss.store.tables import articles, comments, decisions, reports, revisions
from discuss.store.tables.reports import OPEN


@dataclass(frozen=True, slots=True)
class Draft:
    """A revision that waits for its score. `stopped_before`: the comment waits for a person, whatever its text says now."""

    id: UUID
    site_id: UUID
    comment_id: UUID
    article_id: UUID
    author_id: UUID
    number: int
    source: str
    written_at: datetime
    premoderated: bool
    stopped_before: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a revision stands now, read under lock before it is decided. `reported`: its comment has open reports."""

    id: UUID
    site_id: UUID
    comment_id: UUID
    article_id: UUID
    number: int
    state: State
    decision_id: UUID | None
    decided_by: Source | None
    reported: bool


def _drafts() -> Select[Any]:
    return (
        select(
            revisions.c.id, revisions.c.site_id, revisions.c.comment_id, comments.c.article_id, comments.c.author_id,
            revisions.c.number, revisions.c.source, revisions.c.created_at, articles.c.commenting == Commenting.PREMODERATED,
            _stopped_before(),
        )
        .select_from(revisions.join(comments, revisions.c.comment_id == comments.c.id).join(articles))
        .where(among(revisions.c.id, "revisions"))
    )  # fmt: skip


def _stopped_before() -> ColumnElement[bool]:
    """A person rejected or held a text of the comment, or readers had one held and no person has decided since."""
    earlier, later, word = revisions.alias("earlier"), revisions.alias("later"), decisions.alias("word")
    by_person = and_(
        decisions.c.source == Source.PERSON,
        decisions.c.state.in_([State.REJECTED, State.HELD]),
        decisions.c.follows.is_(None),  # what follows from another decision stops nothing by itself
    )
    looked_at = exists().where(
        later.c.comment_id == earlier.c.comment_id,
        later.c.number > earlier.c.number,
        word.c.id == later.c.decision_id,
        word.c.source == Source.PERSON,
    )
    by_readers = and_(
        decisions.c.source == Source.POLICY,
        decisions.c.state == State.HELD,
        decisions.c.reasons.contains([Reason.REPORTED]),
        ~looked_at,
    )
    return exists().where(
        earlier.c.comment_id == revisions.c.comment_id,
        decisions.c.id == earlier.c.decision_id,
        or_(by_person, by_readers),
    )


# Built once: every batch of the worker runs them.
DRAFTS = _drafts()
ARTICLES_OF = (
    select(comments.c.article_id)
    .select_from(revisions.join(comments, revisions.c.comment_id == comments.c.id))
    .where(among(revisions.c.id, "revisions"))
    .distinct()
)
LOCK = (
    select(
        revisions.c.id, revisions.c.site_id, revisions.c.comment_id, comments.c.article_id, revisions.c.number,
        revisions.c.state, revisions.c.decision_id,
        select(decisions.c.source).where(decisions.c.id == revisions.c.decision_id).scalar_subquery().label("decided_by"),
        exists().where(reports.c.comment_id == comments.c.id, OPEN).label("reported"),
    )
    .select_from(revisions.join(comments, revisions.c.comment_id == comments.c.id))
    .where(among(revisions.c.id, "revisions"))
    .order_by(revisions.c.id)
    .with_for_update(of=revisions, key_share=True)
)  # fmt: skip
MOVED = Rows("moved", revision=Uuid, state=Text, decision=Uuid)
MOVE = (
    update(revisions)
    .where(revisions.c.id == MOVED.c.revision)
    .values(state=MOVED.c.state, decision_id=MOVED.c.decision)
)
READ = Rows("read", revision=Uuid, language=Text, normalised=Text)
DESCRIBE = (
    update(revisions)
    .where(revisions.c.id == READ.c.revision)
    .values(language=READ.c.language, normalised=READ.c.normalised)
)


async def drafts(tx: Tx, revision_ids: Sequence[UUID]) -> Sequence[Draft]:
    return [Draft(*row) for row in await tx.execute(DRAFTS, {"revisions": list(revision_ids)})]


async def articles_of(tx: Tx, revision_ids: Sequence[UUID]) -> Sequence[UUID]:
    """The articles to lock before these revisions."""
    return list(await tx.scalars(ARTICLES_OF, {"revisions": list(revision_ids)}))


async def article_of(tx: Tx, site_id: UUID, revision_id: UUID) -> UUID:
    """The article to lock before the revision. Raises `RevisionNotFound`, also for one of another site."""
    query = (
        select(comments.c.article_id)
        .select_from(revisions.join(comments, revisions.c.comment_id == comments.c.id))
        .where(revisions.c.id == revision_id, revisions.c.site_id == site_id)
    )
    found = await tx.scalar(query)
    if found is None:
        raise RevisionNotFound
    article_id: UUID = found
    return article_id


async def at_site(tx: Tx, site_id: UUID, revision_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """By revision, the article to lock before it. Revisions of other sites are left out."""
    query = (
        select(revisions.c.id, comments.c.article_id)
        .select_from(revisions.join(comments, revisions.c.comment_id == comments.c.id))
        .where(revisions.c.id.in_(revision_ids), revisions.c.site_id == site_id)
    )
    return {row.id: row.article_id for row in await tx.execute(query)}


async def lock(tx: Tx, revision_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Locks these revisions in the order of their ids and returns their standings. Nobody else can decide them until the transaction ends."""
    found = await tx.execute(LOCK, {"revisions": list(revision_ids)})
    return {row.id: _standing(row) for row in found}


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        row.id, row.site_id, row.comment_id, row.article_id, row.number, State(row.state), row.decision_id,
        row.decided_by and Source(row.decided_by), row.reported,
    )  # fmt: skip


async def move(tx: Tx, made: Sequence[Decision]) -> None:
    """Gives each revision the state of the decision made about it."""
    await tx.execute(MOVE, MOVED.given((d.revision_id, d.state, d.id) for d in made))


async def newest_scored(tx: Tx, comment_id: UUID) -> UUID | None:
    """The newest text of the comment that was scored."""
    query = (
        select(revisions.c.id)
        .where(revisions.c.comment_id == comment_id, revisions.c.normalised.is_not(None))
        .order_by(revisions.c.number.desc())
        .limit(1)
    )
    found: UUID | None = await tx.scalar(query)
    return found


async def as_read(tx: Tx, revision_id: UUID) -> str | None:
    """How the classifier read the text; None: it was not scored."""
    found: str | None = await tx.scalar(select(revisions.c.normalised).where(revisions.c.id == revision_id))
    return found


async def describe(tx: Tx, readings: Mapping[UUID, tuple[str, str]]) -> None:
    """Keeps how the classifier read each revision: its language and its normalised text."""
    if readings:
        await tx.execute(DESCRIBE, READ.given((revision, *read) for revision, read in readings.items()))
