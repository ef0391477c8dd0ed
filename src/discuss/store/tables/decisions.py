from sqlalchemy import Column, Float, ForeignKey, Index, Table, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from discuss.store.tables.metadata import INSTANT, metadata, site_column

signals = Table(
    "signals",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("revision_id", Uuid, ForeignKey("revisions.id"), nullable=False),
    Column("source", Text, nullable=False, comment="classifier, rule, report or history."),
    Column("name", Text, nullable=False, comment="The label, such as toxic."),
    Column("value", Float, nullable=False, comment="A probability from 0 to 1."),
    Column("version", Text, nullable=False, comment="Name and version of the model or rule."),
    Column("detail", JSONB, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Index("ix_signals_revision", "revision_id"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("revision_id", Uuid, ForeignKey("revisions.id"), nullable=False),
    Column("author_id", Uuid, nullable=False, comment="Whose comment it is."),
    Column("previous_id", Uuid, comment="The decision this one replaces; none: the first."),
    Column("state", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("actor_id", Uuid, ForeignKey("accounts.id")),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("note", Text, comment="For moderators."),
    Column("words", Text, comment="For the author."),
    Column("model", Text, comment="Name and version of the model that was heard."),
    Column("undoes", Uuid, comment="The decision that this one takes back."),
    Column("batch_id", Uuid, comment="Shared by what was decided in one act."),
    Column(
        "follows", Uuid, comment="The decision about a later text of the comment that took this one along."
    ),
    Column("created_at", INSTANT, nullable=False),
    Index("ix_decisions_site", "site_id", "created_at", "id"),
    Index(
        "ix_decisions_stopped",
        "site_id",
        "state",
        "created_at",
        "id",
        postgresql_where=text("state <> 'published'"),
    ),
    Index(
        "ix_decisions_reasons",
        text("array_append(reasons, site_id::text)"),
        postgresql_using="gin",
        postgresql_where=text("reasons <> '{clear}'::text[]"),
    ),
    Index("ix_decisions_people", "site_id", "created_at", "id", postgresql_where=text("source = 'person'")),
    Index("ix_decisions_actor", "actor_id", "created_at", postgresql_where=text("actor_id IS NOT NULL")),
    Index("ix_decisions_author", "author_id", "created_at", "id"),
    Index("ix_decisions_batch", "batch_id", postgresql_where=text("batch_id IS NOT NULL")),
    # The compare-and-set: one successor to each decision, one first decision to each revision.
    UniqueConstraint("revision_id", "previous_id", postgresql_nulls_not_distinct=True),
)
