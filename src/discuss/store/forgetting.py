"""Forgetting old rows some at a time: a statement with too many to delete is ended in its time limit, and begins anew for ever."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, any_, delete, func, literal_column, select

from discuss.store.database import Tx

PORTION = 10_000
"""Rows at once: a second or so."""


async def forget(tx: Tx, age: Column[datetime], before: datetime) -> int:
    """The oldest rows of the table of this column; how many there were. Fewer than a portion: none is left."""
    older = age.table.alias("older")
    old = older.c[age.name]
    places: Select[Any] = (
        select(literal_column("older.ctid"))
        .select_from(older)
        .where(old < before)
        .order_by(old)
        .limit(PORTION)
    )
    # The age is asked for again: a row that was renewed meanwhile stands elsewhere, and stays.
    here = literal_column(f"{age.table.name}.ctid") == any_(func.array(places.scalar_subquery()))
    return (await tx.execute(delete(age.table).where(here, age < before))).rowcount
