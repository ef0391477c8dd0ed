from sqlalchemy import Column, ForeignKey, Index, SmallInteger, Table, Text, UniqueConstraint, Uuid, text

from discuss.store.tables.metadata import INSTANT, metadata, site_column

VISIBLE = text("visible_revision_id IS NOT NULL AND deleted_at IS NULL")

comments = Table(
    "comments",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("article_id", Uuid, ForeignKey("articles.id"), nullable=False),
    Column("author_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("parent_id", Uuid, ForeignKey("comments.id")),
    Column("root_id", Uuid, nullable=False, comment="The comment that began the thread; a root is its own."),
    Column("depth", SmallInteger, nullable=False),
    Column("visible_revision_id", Uuid, comment="What readers see; none: nothing."),
    Column("first_visible_at", INSTANT),
    Column("deleted_at", INSTANT, comment="The author took it back; replies keep a tombstone."),
    Column("created_at", INSTANT, nullable=False),
    Index(
        "ix_comments_visible",
        "article_id",
        "first_visible_at",
        "id",
        postgresql_include=["author_id"],
        postgresql_where=VISIBLE,
    ),
    Index(
        "ix_comments_once_visible",
        "article_id",
        "first_visible_at",
        "id",
        postgresql_include=["author_id"],
        postgresql_where=text("first_visible_at IS NOT NULL"),
    ),
    Index(
        "ix_comments_thread",
        "article_id",
        "created_at",
        "id",
        postgresql_where=text("first_visible_at IS NOT NULL"),
    ),
    Index("ix_comments_author", "author_id", "created_at"),
    Index(
        "ix_comments_author_seen",
        "author_id",
        "created_at",
        postgresql_where=text("first_visible_at IS NOT NULL"),
    ),
    Index("ix_comments_parent", "parent_id", postgresql_where=text("parent_id IS NOT NULL")),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("comment_id", Uuid, ForeignKey("comments.id"), nullable=False),
    Column("number", SmallInteger, nullable=False, comment="1 for the first text, one more for each edit."),
    Column("source", Text, nullable=False, comment="As typed."),
    Column("html", Text, nullable=False, comment="Rendered and sanitised when written."),
    Column("normalised", Text, comment="As the classifier read it; none until scored."),
    Column("language", Text, comment="Judged from the text; none until scored."),
    Column("state", Text, nullable=False),
    Column("decision_id", Uuid, comment="The current decision; none while pending."),
    Column("created_at", INSTANT, nullable=False),
    UniqueConstraint("comment_id", "number"),
    Index(
        "ix_revisions_queue",
        "site_id",
        "state",
        "created_at",
        "id",
        postgresql_where=text("state <> 'published'"),
    ),
)
