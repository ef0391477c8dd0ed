from sqlalchemy import Column, Float, ForeignKey, Index, Integer, SmallInteger, Table, Text, Uuid, desc, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from discuss.store.tables.metadata import INSTANT, metadata, site_column

UNMODERATED = text("state = 'published' AND decided_by = 'policy'")
"""What the machine published and no person has seen; a query must say it in these words to use the indexes."""

REPORTED = text("reports > 0")

queue_entries = Table(
    "queue_entries",
    metadata,
    Column("comment_id", Uuid, ForeignKey("comments.id"), primary_key=True),
    site_column(),
    Column("article_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("revision_id", Uuid, nullable=False, comment="The newest revision that was decided."),
    Column("number", SmallInteger, nullable=False, comment="Of that revision."),
    Column("state", Text, nullable=False),
    Column("decision_id", Uuid, nullable=False),
    Column("decided_by", Text, nullable=False, comment="policy or person."),
    Column("language", Text),
    Column(
        "labels", ARRAY(Text), nullable=False, comment="What spoke against it: the reasons of its decision."
    ),
    Column("risk", Float, nullable=False, comment="From 0 to 1."),
    Column("uncertainty", Float, nullable=False, comment="From 0 to 1: 1 lies on the threshold."),
    Column(
        "reach",
        Integer,
        nullable=False,
        comment="Visible comments of its article, not always the latest number.",
    ),
    Column("reports", Integer, nullable=False, server_default="0", comment="Open ones."),
    Column(
        "report_weight",
        Float,
        nullable=False,
        server_default="0",
        comment="Open reports by their reporters' accuracy.",
    ),
    Column("created_at", INSTANT, nullable=False, comment="When the revision was written."),
    Column(
        "words", TSVECTOR, nullable=False, comment="For the search in its text, by Russian and English stems."
    ),
    Index("ix_queue_entries_oldest", "site_id", "state", "created_at", "comment_id"),
    Index("ix_queue_entries_risk", "site_id", "state", desc("risk"), "comment_id"),
    Index("ix_queue_entries_uncertainty", "site_id", "state", desc("uncertainty"), "comment_id"),
    Index("ix_queue_entries_reach", "site_id", "state", desc("reach"), "comment_id"),
    Index(
        "ix_queue_entries_unmoderated", "site_id", "created_at", "comment_id", postgresql_where=UNMODERATED
    ),
    Index(
        "ix_queue_entries_unmoderated_risk",
        "site_id",
        desc("risk"),
        "comment_id",
        postgresql_where=UNMODERATED,
    ),
    Index(
        "ix_queue_entries_reported", "site_id", desc("report_weight"), "comment_id", postgresql_where=REPORTED
    ),
    Index("ix_queue_entries_all", "site_id", "created_at", "comment_id"),
    Index("ix_queue_entries_article", "article_id", "state", "created_at"),
    Index("ix_queue_entries_author", "author_id", "state", "created_at"),
    Index("ix_queue_entries_words", "words", postgresql_using="gin"),
)

claims = Table(
    "claims",
    metadata,
    Column("comment_id", Uuid, ForeignKey("comments.id"), primary_key=True),
    site_column(),
    Column("account_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column(
        "until", INSTANT, nullable=False, comment="A moderator who left without a word holds it no longer."
    ),
    Index("ix_claims_account_id", "account_id"),
)
