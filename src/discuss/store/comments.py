"""Comments and their revisions: writing them, and reading one or a page of them."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    Row,
    Select,
    Table,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from discuss.domain.comments import Comment, Revision
from discuss.domain.events import Fact, Topic
from discuss.domain.states import State
from discuss.domain.visibility import Showing
from discuss.errors import CommentNotFound
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.given import Rows
from discuss.store.tables import accounts, comments, outbox, revisions
from discuss.store.tables.metadata import INSTANT

COMMENT = [
    comments.c.id, comments.c.article_id, comments.c.parent_id, comments.c.root_id, comments.c.depth,
    comments.c.author_id, comments.c.created_at, comments.c.first_visible_at, comments.c.deleted_at,
    comments.c.visible_revision_id, accounts.c.name.label("author_name"),
]  # fmt: skip
REVISION = [
    revisions.c.id.label("revision_id"), revisions.c.number, revisions.c.source, revisions.c.html, revisions.c.language,
    revisions.c.state, revisions.c.decision_id, revisions.c.created_at.label("revised_at"),
]  # fmt: skip


def _written(table: Table, names: Sequence[str], prefix: str) -> Insert:
    """An INSERT whose values are parameters; the prefix keeps those of two tables apart in one statement."""
    return insert(table).values({name: bindparam(f"{prefix}_{name}") for name in names})


COMMENT_GIVEN = ("id", "article_id", "author_id", "parent_id", "root_id", "depth", "created_at")
REVISION_GIVEN = ("id", "comment_id", "number", "source", "html", "state", "created_at")
FACT_GIVEN = tuple(field.name for field in fields(Fact))

# Built once, and one round trip each: every new comment runs the second.
ADD_REVISION = _written(outbox, FACT_GIVEN, "fact").add_cte(
    _written(revisions, (*REVISION_GIVEN, "site_id"), "revision").cte("revision")
)
ADD_COMMENT = ADD_REVISION.add_cte(_written(comments, (*COMMENT_GIVEN, "site_id"), "comment").cte("comment"))


async def add(tx: Tx, site_id: UUID, comment: Comment, revision: Revision) -> None:
    """Writes comment, first revision and the fact that it waits for its score."""
    given = {f"comment_{name}": getattr(comment, name) for name in COMMENT_GIVEN}
    await tx.execute(ADD_COMMENT, _given(site_id, revision) | given | {"comment_site_id": site_id})


async def add_revision(tx: Tx, site_id: UUID, revision: Revision) -> None:
    """Writes a further revision and the fact that it waits for its score."""
    await tx.execute(ADD_REVISION, _given(site_id, revision))


def _given(site_id: UUID, revision: Revision) -> dict[str, Any]:
    fact = Fact.at_once(Topic.REVISION_SUBMITTED, site_id, revision.id, revision.created_at)
    given = {f"revision_{name}": getattr(revision, name) for name in REVISION_GIVEN}
    return (
        given | {"revision_site_id": site_id} | {f"fact_{name}": getattr(fact, name) for name in FACT_GIVEN}
    )


async def visible(tx: Tx, site_id: UUID, comment_id: UUID) -> Comment:
    """The comment with the revision that readers see, if they see one. Raises `CommentNotFound`."""
    return await _one(tx, _query(comments.c.visible_revision_id == revisions.c.id), site_id, comment_id)


async def newest(tx: Tx, site_id: UUID, comment_id: UUID, *, lock: bool = False) -> Comment:
    """The comment with its newest revision, whatever its state; `lock` keeps other edits out.

    Raises `CommentNotFound`.
    """
    if lock:
        # A statement of its own: one that waits for a lock goes on with the revisions it saw before.
        row = select(comments.c.id).where(comments.c.id == comment_id, comments.c.site_id == site_id)
        await tx.execute(row.with_for_update(key_share=True))
    query = _query(revisions.c.comment_id == comments.c.id).order_by(revisions.c.number.desc()).limit(1)
    return await _one(tx, query, site_id, comment_id)


async def of_author(tx: Tx, article_id: UUID, author_id: UUID, limit: int) -> Sequence[Comment]:
    """An author's comments on an article with their newest revisions, newest first, without deleted ones."""
    newer = revisions.alias("newer")
    superseded = exists().where(
        newer.c.comment_id == revisions.c.comment_id, newer.c.number > revisions.c.number
    )
    query = (
        _query(revisions.c.comment_id == comments.c.id)
        .where(comments.c.author_id == author_id, comments.c.article_id == article_id)
        .where(comments.c.deleted_at.is_(None), ~superseded)
        .order_by(comments.c.created_at.desc(), comments.c.id.desc())
        .limit(limit)
    )
    return [_comment(row) for row in await tx.execute(query)]


async def _one(tx: Tx, query: Select[Any], site_id: UUID, comment_id: UUID) -> Comment:
    row = (await tx.execute(query.where(comments.c.id == comment_id, comments.c.site_id == site_id))).first()
    if row is None:
        raise CommentNotFound
    return _comment(row)


def _query(joined: Any) -> Select[Any]:
    return select(*COMMENT, *REVISION).select_from(comments.join(accounts).outerjoin(revisions, joined))


def _comment(row: Row[Any]) -> Comment:
    revision = row.revision_id and Revision(
        row.revision_id,
        row.id,
        row.number,
        row.source,
        row.html,
        row.language,
        State(row.state),
        row.decision_id,
        row.revised_at,
    )
    return Comment(
        row.id, row.article_id, row.parent_id, row.root_id, row.depth, row.author_id, row.author_name, row.created_at,
        row.first_visible_at, row.deleted_at, row.visible_revision_id, revision,
    )  # fmt: skip


async def page(
    tx: Tx, article_id: UUID, after: tuple[datetime, UUID] | None, limit: int, *, newest_first: bool
) -> Sequence[Comment]:
    """Visible comments in the order they were written, and the tombstones that visible replies depend on."""
    shown = and_(comments.c.first_visible_at.is_not(None), or_(seen(comments), _answered()))
    query = _query(comments.c.visible_revision_id == revisions.c.id).where(
        comments.c.article_id == article_id, shown
    )
    keys = tuple_(comments.c.created_at, comments.c.id)
    if after is not None:
        query = query.where(keys < after if newest_first else keys > after)
    order = [
        column.desc() if newest_first else column.asc() for column in (comments.c.created_at, comments.c.id)
    ]
    return [_comment(row) for row in await tx.execute(query.order_by(*order).limit(limit))]


def seen(comment: FromClause) -> ColumnElement[bool]:
    """Whether readers may see a comment: the condition `VISIBLE`, for an alias."""
    return comment.c.visible_revision_id.is_not(None) & comment.c.deleted_at.is_(None)


def _answered() -> ColumnElement[bool]:
    """Whether a visible comment answers this one, directly or through any number of tombstones."""
    reply, deeper = comments.alias("reply"), comments.alias("deeper")
    replies = select(reply.c.id, seen(reply).label("seen")).where(reply.c.parent_id == comments.c.id)
    below = replies.correlate(comments).cte("below", recursive=True, nesting=True)
    below = below.union_all(
        select(deeper.c.id, seen(deeper)).where(deeper.c.parent_id == below.c.id, ~below.c.seen)
    )
    return select(below.c.id).where(below.c.seen).correlate(comments).exists()


# Built once: every batch of the worker runs them.
SHOWINGS = (
    select(
        comments.c.id, comments.c.article_id, comments.c.visible_revision_id, func.coalesce(revisions.c.number, 0),
        comments.c.first_visible_at, comments.c.deleted_at,
    )
    .select_from(comments.outerjoin(revisions, revisions.c.id == comments.c.visible_revision_id))
    .where(among(comments.c.id, "comments"))
)  # fmt: skip
SHOWN = Rows("shown", comment=Uuid, revision=Uuid, since=INSTANT, deleted_at=INSTANT)
SHOW = (
    update(comments)
    .where(comments.c.id == SHOWN.c.comment)
    .values(
        visible_revision_id=SHOWN.c.revision,
        first_visible_at=SHOWN.c.since,
        deleted_at=SHOWN.c.deleted_at,
    )
)


async def showings(tx: Tx, comment_ids: Sequence[UUID]) -> dict[UUID, Showing]:
    """What readers see of these comments. Read it under the lock of their articles."""
    found = await tx.execute(SHOWINGS, {"comments": list(comment_ids)})
    return {row[0]: Showing(*row) for row in found}


async def show(tx: Tx, changed: Sequence[Showing]) -> None:
    """Writes what readers see from now on. Call it only under the lock of the articles."""
    rows = ((s.comment_id, s.revision_id, s.first_visible_at, s.deleted_at) for s in changed)
    await tx.execute(SHOW, SHOWN.given(rows))
