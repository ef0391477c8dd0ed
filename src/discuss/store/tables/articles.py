from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    desc,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from discuss.store.tables.metadata import INSTANT, metadata, site_column

COMMENTED = text("withdrawn_at IS NULL AND last_comment_at IS NOT NULL")
"""For finding the articles commented on last; a query must repeat these words to use the indexes."""

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
    Column(
        "last_bump_at",
        INSTANT,
        comment="When the last author began to be the last: what counts where one author alone may not bump.",
    ),
    Column("rating_up", Integer, nullable=False, server_default="0"),
    Column("rating_down", Integer, nullable=False, server_default="0"),
    Column(
        "views",
        BigInteger,
        nullable=False,
        server_default="0",
        comment="Outside the version: nobody is told of them.",
    ),
    Column("last_activity_at", INSTANT, Computed("greatest(published_at, last_comment_at)", persisted=True)),
    Column("bumped_at", INSTANT, Computed("greatest(published_at, last_bump_at)", persisted=True)),
    Column(
        "row_id",
        Uuid,
        Computed("coalesce(edition_group, id)", persisted=True),
        comment="The row of the feed it stands in: its own, or that of its editions.",
    ),
    Column("created_at", INSTANT, nullable=False),
    UniqueConstraint("site_id", "external_id"),
    Index("ix_articles_activity", "site_id", desc("last_activity_at"), desc("row_id")),
    Index("ix_articles_bumped", "site_id", desc("bumped_at"), desc("row_id")),
    Index(
        "ix_articles_commented", "site_id", desc("last_comment_at"), desc("id"), postgresql_where=COMMENTED
    ),
    Index(
        "ix_articles_commented_language",
        "site_id",
        "language",
        desc("last_comment_at"),
        desc("id"),
        postgresql_where=COMMENTED,
    ),
    Index("ix_articles_url", "site_id", "url"),
    Index("ix_articles_edition_group", "edition_group", postgresql_where=text("edition_group IS NOT NULL")),
)

article_votes = Table(
    "article_votes",
    metadata,
    Column("article_id", Uuid, ForeignKey("articles.id"), primary_key=True),
    Column("account_id", Uuid, ForeignKey("accounts.id"), primary_key=True),
    site_column(),
    Column("up", Boolean, nullable=False),
    Column("voted_at", INSTANT, nullable=False),
    Index("ix_article_votes_account_id", "account_id"),
)

article_views = Table(
    "article_views",
    metadata,
    Column("article_id", Uuid, ForeignKey("articles.id"), primary_key=True),
    Column("hour", INSTANT, primary_key=True),
    site_column(),
    Column("readers", Integer, nullable=False, comment="Different readers in that hour, as counted so far."),
    Index("ix_article_views_hour", "hour"),
)
