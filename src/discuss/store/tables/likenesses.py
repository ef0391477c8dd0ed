from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table, Uuid

from discuss.store.tables.metadata import INSTANT, metadata, site_column

likenesses = Table(
    "likenesses",
    metadata,
    Column("revision_id", Uuid, ForeignKey("revisions.id"), primary_key=True),
    site_column(),
    Column("comment_id", Uuid, nullable=False),
    Column("article_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("signature", LargeBinary, nullable=False, comment="MinHash of the normalised text."),
    Column("created_at", INSTANT, nullable=False),
    Index("ix_likenesses_author", "author_id", "created_at"),
    Index("ix_likenesses_created_at", "created_at"),
)

bands = Table(
    "bands",
    metadata,
    Column(
        "band", BigInteger, nullable=False, comment="Texts of one site that are nearly the same share some."
    ),
    Column("created_at", INSTANT, nullable=False),
    Column("revision_id", Uuid, nullable=False),
    # The newest few of a band are read from here, however many a flood has left.
    PrimaryKeyConstraint("band", "created_at", "revision_id"),
    Index("ix_bands_created_at", "created_at"),
)
