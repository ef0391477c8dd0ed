from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from discuss.store.tables.metadata import INSTANT, metadata, site_column

likenesses = Table(
    "likenesses",
    metadata,
    Column("revision_id", Uuid, ForeignKey("revisions.id"), primary_key=True),
    site_column(),
    Column("comment_id", Uuid, nullable=False),
    Column("article_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("signature", ARRAY(Integer), nullable=False, comment="MinHash of the normalised text."),
    Column(
        "bands",
        ARRAY(BigInteger),
        nullable=False,
        comment="Texts that are nearly the same share one of them.",
    ),
    Column("created_at", INSTANT, nullable=False),
    Index("ix_likenesses_bands", "bands", postgresql_using="gin"),
    Index("ix_likenesses_author", "author_id", "created_at"),
    Index("ix_likenesses_created_at", "created_at"),
)
