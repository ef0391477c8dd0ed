"""What all tables share: names of constraints, and the two column types used everywhere."""

from sqlalchemy import Column, ForeignKey, MetaData, Uuid
from sqlalchemy.dialects.postgresql import TIMESTAMP

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTANT = TIMESTAMP(timezone=True)


def site_column() -> Column[object]:
    """The site that a row belongs to."""
    return Column("site_id", Uuid, ForeignKey("sites.id"), nullable=False)
