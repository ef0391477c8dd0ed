"""Columns of given values as a table, for one statement however many there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import cast, column, func, literal
from sqlalchemy.dialects.postgresql import ARRAY


def rows_of(kinds: Mapping[str, Any], *values: Sequence[object]) -> Any:
    """The names and types of the columns, and the values of each."""
    arrays = [
        cast(literal(list(given), ARRAY(kind)), ARRAY(kind))
        for kind, given in zip(kinds.values(), values, strict=True)
    ]
    columns = [column(name, kind) for name, kind in kinds.items()]
    return func.unnest(*arrays).table_valued(*columns, joins_implicitly=True).render_derived()
