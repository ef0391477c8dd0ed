"""When an article was last active, derived from its visible comments: expressions for a statement about `articles`."""

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, func, literal, select
from sqlalchemy.dialects.postgresql import TIMESTAMP

from discuss.store.comments import seen
from discuss.store.tables import articles, comments

NEVER = literal("-infinity").cast(TIMESTAMP(timezone=True))


def _visible(comment: FromClause) -> Select[tuple[()]]:
    return select().where(comment.c.article_id == articles.c.id, seen(comment)).correlate(articles)


def newest_at() -> ScalarSelect[object]:
    """When the newest visible comment became visible; NULL where there is none."""
    newest = comments.alias("newest")
    return _visible(newest).add_columns(func.max(newest.c.first_visible_at)).scalar_subquery()


def bumped_at() -> ColumnElement[object]:
    """When the run of comments that ends with the newest one began.

    Comments by one author in a row count as one: the first of them bumps the article, the rest do not.
    """
    last, other, mine = comments.alias("last"), comments.alias("other"), comments.alias("mine")
    author = (
        _visible(last)
        .add_columns(last.c.author_id)
        .order_by(last.c.first_visible_at.desc(), last.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    others = (
        _visible(other)
        .add_columns(func.max(other.c.first_visible_at))
        .where(other.c.author_id != author)
        .scalar_subquery()
    )
    began = (
        _visible(mine)
        .add_columns(func.min(mine.c.first_visible_at))
        .where(mine.c.author_id == author, mine.c.first_visible_at > func.coalesce(others, NEVER))
        .scalar_subquery()
    )
    # `began` is NULL if somebody else's comment became visible at the very same moment.
    return func.coalesce(began, newest_at())
