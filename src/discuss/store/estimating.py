"""How many rows PostgreSQL expects of a query: from time to time it samples how frequent each word and facet is."""

from typing import Any

import msgspec
from sqlalchemy import ClauseElement, Executable, Select
from sqlalchemy.ext.compiler import compiles

from discuss.store.database import Tx


class _Explain(Executable, ClauseElement):
    inherit_cache = False

    def __init__(self, query: Select[Any]) -> None:
        self.query = query


@compiles(_Explain)
def _explain(element: _Explain, compiler: Any, **kwargs: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.query, **kwargs)}"


async def expected_rows(tx: Tx, query: Select[Any]) -> int:
    """Accurate for one word or facet; often too small for several that are related."""
    told = await tx.scalar(_Explain(query))
    (plan,) = msgspec.json.decode(told) if isinstance(told, str) else told
    return int(plan["Plan"]["Plan Rows"])
