from sqlalchemy import Column, Float, ForeignKey, Index, Integer, SmallInteger, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from discuss.store.tables.metadata import INSTANT, metadata, site_column

UNMODERATED = text("state = 'published' AND decided_by = 'policy'")
"""What the machine published and no person has seen; a query must repeat these words to use the indexes."""

REPORTED = text("reports > 0")
WAITING = text("waiting_since IS NOT NULL")

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
        "waiting_since",
        INSTANT,
        comment="When it was held, or its oldest open report came, whichever is longer ago; none: nobody waits.",
    ),
    Column(
        "facets",
        ARRAY(Text),
        nullable=False,
        comment="What it is filtered by, for the index: state and site, who decided, language, week, labels.",
    ),
    Column(
        "words", TSVECTOR, nullable=False, comment="For the search in its text, by Russian and English stems."
    ),
    # Each is read forwards and backwards; the id makes the order total, which keyset pagination needs.
    Index("ix_queue_entries_created_at", "site_id", "state", "created_at", "comment_id"),
    Index("ix_queue_entries_all", "site_id", "created_at", "comment_id"),
    Index("ix_queue_entries_risk", "site_id", "state", "risk", "comment_id"),
    Index("ix_queue_entries_uncertainty", "site_id", "state", "uncertainty", "comment_id"),
    Index("ix_queue_entries_reach", "site_id", "state", "reach", "comment_id"),
    *(
        Index(
            f"ix_queue_entries_unmoderated_{key}", "site_id", key, "comment_id", postgresql_where=UNMODERATED
        )
        for key in ("created_at", "risk", "uncertainty", "reach")
    ),
    Index("ix_queue_entries_reported_since", "site_id", "waiting_since", postgresql_where=REPORTED),
    Index("ix_queue_entries_reported", "site_id", "report_weight", "comment_id", postgresql_where=REPORTED),
    Index("ix_queue_entries_waiting", "site_id", "state", "waiting_since", postgresql_where=WAITING),
    Index("ix_queue_entries_reach_of", "article_id", postgresql_where=WAITING),
    Index("ix_queue_entries_article", "article_id", "site_id", "state", "created_at", "comment_id"),
    Index("ix_queue_entries_author", "author_id", "site_id", "state", "created_at", "comment_id"),
    Index("ix_queue_entries_search", "facets", "words", postgresql_using="gin"),
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
