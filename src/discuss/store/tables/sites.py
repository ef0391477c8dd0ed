from sqlalchemy import Column, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from discuss.store.tables.metadata import INSTANT, metadata

sites = Table(
    "sites",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("languages", ARRAY(Text), nullable=False),
    Column("allowed_origins", ARRAY(Text), nullable=False),
    Column("settings", JSONB, nullable=False),
    Column("created_at", INSTANT, nullable=False),
)
