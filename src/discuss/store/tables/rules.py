from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from discuss.store.tables.metadata import INSTANT, metadata, site_column

rules = Table(
    "rules",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Integer, nullable=False, comment="The version that counts."),
    Column("created_at", INSTANT, nullable=False),
    Column("retired_at", INSTANT),
    Index("ix_rules_site", "site_id", postgresql_where=text("retired_at IS NULL")),
)

rule_versions = Table(
    "rule_versions",
    metadata,
    Column("rule_id", Uuid, ForeignKey("rules.id"), nullable=False),
    Column("number", Integer, nullable=False),
    site_column(),
    Column("mode", Text, nullable=False, comment="on, shadow or off."),
    Column("action", Text, nullable=False, comment="hold or reject."),
    Column("spec", JSONB, nullable=False),
    Column("actor_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("rule_id", "number"),
)

backtests = Table(
    "backtests",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("kind", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("spec", JSONB, nullable=False),
    Column("days", Integer, nullable=False),
    Column("state", Text, nullable=False, comment="waiting, running, done, cancelled or failed."),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("seen", Integer, nullable=False, server_default="0"),
    Column("hits", Integer, nullable=False, server_default="0"),
    Column("examples", ARRAY(Uuid), nullable=False, server_default="{}", comment="Revisions, 20 at most."),
    Column("place", Uuid, comment="The comment looked at last: where a broken-off run goes on."),
    Column("place_at", INSTANT, comment="When that one was written."),
    Column("actor_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("finished_at", INSTANT),
    Index("ix_backtests_site", "site_id", "created_at"),
)

tallies = Table(
    "tallies",
    metadata,
    site_column(),
    Column("subject", Text, nullable=False, comment="A rule's id, or a label of the model."),
    Column("hour", INSTANT, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("hits", Integer, nullable=False),
    PrimaryKeyConstraint("site_id", "subject", "hour"),
    Index("ix_tallies_hour", "hour"),
)

brakes = Table(
    "brakes",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("subject", Text, nullable=False),
    Column("usual", Float, nullable=False, comment="The share of hits before."),
    Column("seen", Integer, nullable=False),
    Column("hits", Integer, nullable=False),
    Column("tripped_at", INSTANT, nullable=False),
    Column("released_at", INSTANT),
    Column("released_by", Uuid, ForeignKey("accounts.id")),
    Index("ix_brakes_on", "site_id", "subject", unique=True, postgresql_where=text("released_at IS NULL")),
)
