from sqlalchemy import BigInteger, Column, Computed, Index, Integer, Table, Text, UniqueConstraint, Uuid, desc
from sqlalchemy.dialects.postgresql import ARRAY

from discuss.store.tables.metadata import INSTANT, metadata, site_column

articles = Table(
    "articles",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("external_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("tags", ARRAY(Text), nullable=False),
    Column("commenting", Text, nullable=False),
    Column("edition_group", Uuid, comment="Articles that are translations of each other share it."),
    Column("published_at", INSTANT, nullable=False),
    Column("withdrawn_at", INSTANT),
    Column(
        "version",
        BigInteger,
        nullable=False,
        comment="Raised under the row's lock by every change readers could see.",
    ),
    Column("comment_count", Integer, nullable=False, comment="Visible comments."),
    Column("last_comment_at", INSTANT, comment="When the last visible comment first became visible."),
    Column("last_activity_at", INSTANT, Computed("greatest(published_at, last_comment_at)", persisted=True)),
    Column("created_at", INSTANT, nullable=False),
    UniqueConstraint("site_id", "external_id"),
    Index("ix_articles_activity", "site_id", desc("last_activity_at"), desc("id")),
    Index("ix_articles_url", "site_id", "url"),
)
