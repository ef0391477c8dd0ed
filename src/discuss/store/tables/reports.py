from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from discuss.store.tables.metadata import INSTANT, metadata, site_column

OPEN = text("withdrawn_at IS NULL AND outcome IS NULL")

reports = Table(
    "reports",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("comment_id", Uuid, ForeignKey("comments.id"), nullable=False),
    Column(
        "revision_id", Uuid, ForeignKey("revisions.id"), nullable=False, comment="The text that was reported."
    ),
    Column("author_id", Uuid, nullable=False, comment="Of the comment."),
    Column("reporter_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text, comment="What the reader added."),
    Column("created_at", INSTANT, nullable=False),
    Column("withdrawn_at", INSTANT),
    Column("outcome", Text, comment="upheld, dismissed or moot, by what a person decided; none: open."),
    Column("settled_at", INSTANT),
    Column("settled_by", Uuid, comment="The decision that its outcome is from."),
    UniqueConstraint("comment_id", "reporter_id"),
    Index("ix_reports_open", "comment_id", postgresql_where=OPEN),
    Index("ix_reports_reporter", "reporter_id", "created_at"),
    Index("ix_reports_author", "author_id", "outcome"),
)

reporters = Table(
    "reporters",
    metadata,
    site_column(),
    Column("account_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("upheld", Integer, nullable=False),
    Column("dismissed", Integer, nullable=False),
    PrimaryKeyConstraint("site_id", "account_id"),
)
