from sqlalchemy import (
    BigInteger,
    Column,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)

from discuss.store.tables.metadata import INSTANT, metadata, site_column

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    site_column(),
    Column("topic", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", INSTANT, nullable=False),
    Index("ix_outbox_due", "topic", "due_at", "id"),
)

idempotency = Table(
    "idempotency",
    metadata,
    site_column(),
    Column("account_id", Uuid, nullable=False),
    Column("route", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False, comment="SHA-256 of the request body."),
    Column(
        "subject_id",
        Uuid,
        nullable=False,
        comment="What the first request made; the answer is read from it again.",
    ),
    Column("created_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("site_id", "account_id", "route", "key"),
    Index("ix_idempotency_age", "created_at"),
)
