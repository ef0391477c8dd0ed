"""When an article was last active, asked of its comments: expressions for a statement about `articles`."""

from typing import TypeVar

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import TIMESTAMP

from discuss.store.comments import seen
from discuss.store.tables import articles, comments

T = TypeVar("T")
NEVER = literal("-infinity").cast(TIMESTAMP(timezone=True))


def _of_article(comment: FromClause) -> Select[tuple[()]]:
    return select().where(comment.c.article_id == articles.c.id).correlate(articles)


def _visible(comment: FromClause) -> Select[tuple[()]]:
    return _of_article(comment).where(seen(comment))


def _newest(comment: FromClause, column: ColumnElement[T], *where: ColumnElement[bool]) -> ScalarSelect[T]:
    """What the newest of the visible comments says there."""
    order = comment.c.first_visible_at.desc(), comment.c.id.desc()
    return _visible(comment).add_columns(column).where(*where).order_by(*order).limit(1).scalar_subquery()


def newest_at() -> ScalarSelect[object]:
    """When the newest visible comment became visible; NULL where there is none."""
    newest = comments.alias("newest")
    return _visible(newest).add_columns(func.max(newest.c.first_visible_at)).scalar_subquery()


def bumped_at() -> ScalarSelect[object]:
    """When the newest comment's author began to be the last to write; NULL where no comment is visible.

    Comments of one author in a row count as one; with nobody else in between the first of them bumps, the rest do not.
    Those that readers no longer see count too: otherwise, deleting the first and writing again would bump.
    """
    last, other, mine = comments.alias("last"), comments.alias("other"), comments.alias("mine")
    author = _newest(last, last.c.author_id)
    is_other = other.c.author_id != author
    others = tuple_(
        func.coalesce(_newest(other, other.c.first_visible_at, is_other), NEVER),
        _newest(other, other.c.id, is_other),
    )
    began = _of_article(mine).add_columns(func.min(mine.c.first_visible_at))
    return began.where(
        mine.c.author_id == author,
        mine.c.first_visible_at.is_not(None),  # for the index
        tuple_(mine.c.first_visible_at, mine.c.id) > others,
    ).scalar_subquery()
