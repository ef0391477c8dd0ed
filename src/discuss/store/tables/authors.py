from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, Uuid, text

from discuss.store.tables.metadata import INSTANT, metadata, site_column

sanctions = Table(
    "sanctions",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("account_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("kind", Text, nullable=False, comment="warning, mute, ban, premoderate, trust or shadow."),
    Column("reason", Text, nullable=False),
    Column("words", Text, comment="What the author is told."),
    Column("until", INSTANT, comment="None: until it is lifted."),
    Column("actor_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("lifted_at", INSTANT),
    Column("lifted_by", Uuid, ForeignKey("accounts.id")),
    Index("ix_sanctions_account", "account_id", "site_id", "created_at"),
    Index("ix_sanctions_standing", "account_id", "site_id", postgresql_where=text("lifted_at IS NULL")),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("subject_id", Uuid, nullable=False, comment="The comment, or the author's account."),
    Column("actor_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Index("ix_notes_subject", "subject_id", "site_id", "created_at"),
)

removals = Table(
    "removals",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column(
        "account_id", Uuid, ForeignKey("accounts.id"), nullable=False, comment="Whose comments are removed."
    ),
    Column("actor_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text),
    Column("since", INSTANT, comment="Of comments written from then on; none: of all."),
    Column("until", INSTANT, comment="Of comments written before then; none: up to the request."),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("place", Uuid, comment="The comment taken up last: where a broken-off run goes on."),
    Column("created_at", INSTANT, nullable=False),
    Column("finished_at", INSTANT),
    Index("ix_removals_account", "account_id", "created_at"),
)
