"""Rows as parameters of a statement, which uses them as a table.

Each column is passed as one array: the statement's text is the same for any number of rows, so it is built and prepared
once, and one round trip does for all rows.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, column, func
from sqlalchemy.dialects.postgresql import ARRAY


class Rows:
    """A table of this name, with columns of these names and types."""

    def __init__(self, name: str, /, **kinds: Any) -> None:
        self._names = [f"{name}_{of}" for of in kinds]
        arrays = [
            bindparam(given, type_=ARRAY(kind))
            for given, kind in zip(self._names, kinds.values(), strict=True)
        ]
        columns = [column(of, kind) for of, kind in kinds.items()]
        unnested = func.unnest(*arrays).table_valued(*columns, joins_implicitly=True)
        self.table: Any = unnested.render_derived(name=name)
        self.c: Any = self.table.c

    def given(self, rows: Iterable[Sequence[object]]) -> dict[str, Any]:
        """The statement's parameters for these rows, each with its values in the order of the columns."""
        columns = list(zip(*rows, strict=True)) or [()] * len(self._names)
        return dict(zip(self._names, map(list, columns), strict=True))
