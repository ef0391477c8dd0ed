"""Deletes old rows some at a time: a statement with too many to delete would run into its time limit, and start over for ever."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, any_, delete, func, literal_column, select

from discuss.store.database import Tx

PORTION = 10_000
"""Rows deleted at once, which takes a second or so."""


async def forget(tx: Tx, age: Column[datetime], before: datetime) -> int:
    """Deletes the oldest rows of the column's table and returns how many. Fewer than a portion: none are left."""
    older = age.table.alias("older")
    old = older.c[age.name]
    places: Select[Any] = (
        select(literal_column("older.ctid"))
        .select_from(older)
        .where(old < before)
        .order_by(old)
        .limit(PORTION)
    )
    # The age is checked again: a row that was renewed meanwhile has moved elsewhere, and stays.
    here = literal_column(f"{age.table.name}.ctid") == any_(func.array(places.scalar_subquery()))
    return (await tx.execute(delete(age.table).where(here, age < before))).rowcount
