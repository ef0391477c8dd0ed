"""How far reporters are believed, from what became of their reports."""

from uuid import UUID

from sqlalchemy import ColumnElement, Float, FromClause, cast, func, select

from discuss.domain.authors import Reporting
from discuss.domain.reports import PRIOR, accuracy
from discuss.store.database import Tx
from discuss.store.tables import reporters, reports
from discuss.store.tables.reports import OPEN


def believed() -> ColumnElement[float]:
    """`domain.reports.accuracy` in SQL, of a row of `reporters` that may be missing."""
    upheld, dismissed = func.coalesce(reporters.c.upheld, 0), func.coalesce(reporters.c.dismissed, 0)
    share = (upheld + PRIOR) / cast(upheld + dismissed + 2 * PRIOR, Float)
    return cast(share, Float)


def with_reporters() -> FromClause:
    """Reports, each with what is known about its reporter."""
    known = (reporters.c.account_id == reports.c.reporter_id) & (reporters.c.site_id == reports.c.site_id)
    return reports.outerjoin(reporters, known)


async def of(tx: Tx, site_id: UUID, account_id: UUID) -> Reporting:
    settled = (
        await tx.execute(
            select(reporters.c.upheld, reporters.c.dismissed).where(
                reporters.c.account_id == account_id, reporters.c.site_id == site_id
            )
        )
    ).first()
    mine = (reports.c.reporter_id == account_id, reports.c.site_id == site_id, OPEN)
    still_open = await tx.scalar(select(func.count()).select_from(reports).where(*mine))
    upheld, dismissed = tuple(settled) if settled else (0, 0)
    return Reporting(upheld, dismissed, still_open or 0, accuracy(upheld, dismissed))
