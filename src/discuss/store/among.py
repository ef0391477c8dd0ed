"""Lists of ids as parameters of a statement.

A list is passed as one array: the statement's text is the same for any number of ids, so that both SQLAlchemy and
PostgreSQL prepare it once.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Uuid, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a column's value is among the ids given under this name."""
    return column == any_(bindparam(name, type_=ARRAY(Uuid)))


def among_numbers(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The same for ids that are numbers."""
    return column == any_(bindparam(name, type_=ARRAY(BigInteger)))
