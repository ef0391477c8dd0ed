"""The schema from day one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("allowed_origins", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("slug", name=op.f("uq_sites_slug")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True, comment="A reader's home; none: staff."),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "name_key",
            sa.Text(),
            nullable=False,
            comment="The name as it must be unique: capitals and forms folded.",
        ),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_accounts_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )
    op.create_index(
        "uq_accounts_email",
        "accounts",
        ["site_id", sa.literal_column("lower(email)")],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        "uq_accounts_name",
        "accounts",
        ["site_id", "name_key"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("revoked_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_api_keys_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_keys_token_hash")),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("commenting", sa.Text(), nullable=False),
        sa.Column(
            "edition_group",
            sa.Uuid(),
            nullable=True,
            comment="Articles that are translations of each other share it.",
        ),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("withdrawn_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "version",
            sa.BigInteger(),
            nullable=False,
            comment="Raised under the row's lock by every change readers could see.",
        ),
        sa.Column("comment_count", sa.Integer(), nullable=False, comment="Visible comments."),
        sa.Column(
            "last_comment_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="When the last visible comment first became visible.",
        ),
        sa.Column(
            "last_activity_at",
            postgresql.TIMESTAMP(timezone=True),
            sa.Computed("greatest(published_at, last_comment_at)", persisted=True),
            nullable=True,
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_articles_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("site_id", "external_id", name=op.f("uq_articles_site_id_external_id")),
    )
    op.create_index(
        "ix_articles_activity",
        "articles",
        ["site_id", sa.literal_column("last_activity_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index("ix_articles_url", "articles", ["site_id", "url"], unique=False)
    op.create_table(
        "idempotency",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False, comment="SHA-256 of the request body."),
        sa.Column(
            "subject_id",
            sa.Uuid(),
            nullable=False,
            comment="What the first request made; the answer is read from it again.",
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_idempotency_site_id")),
        sa.PrimaryKeyConstraint("site_id", "account_id", "route", "key", name=op.f("pk_idempotency")),
    )
    op.create_index("ix_idempotency_age", "idempotency", ["created_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_outbox_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_due", "outbox", ["topic", "due_at", "id"], unique=False)
    op.create_table(
        "comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "root_id",
            sa.Uuid(),
            nullable=False,
            comment="The comment that began the thread; a root is its own.",
        ),
        sa.Column("depth", sa.SmallInteger(), nullable=False),
        sa.Column(
            "visible_revision_id", sa.Uuid(), nullable=True, comment="What readers see; none: nothing."
        ),
        sa.Column("first_visible_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "deleted_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="The author took it back; replies keep a tombstone.",
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_comments_article_id")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_comments_author_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["comments.id"], name=op.f("fk_comments_parent_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_comments_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index("ix_comments_author", "comments", ["author_id", "created_at"], unique=False)
    op.create_index(
        "ix_comments_parent",
        "comments",
        ["parent_id"],
        unique=False,
        postgresql_where=sa.text("parent_id IS NOT NULL"),
    )
    op.create_index(
        "ix_comments_thread",
        "comments",
        ["article_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("first_visible_at IS NOT NULL"),
    )
    op.create_index(
        "ix_comments_visible",
        "comments",
        ["article_id", "first_visible_at", "id"],
        unique=False,
        postgresql_where=sa.text("visible_revision_id IS NOT NULL AND deleted_at IS NULL"),
    )
    op.create_table(
        "grants",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True, comment="None: every site."),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_grants_account_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_grants_site_id")),
        sa.UniqueConstraint(
            "account_id",
            "site_id",
            name=op.f("uq_grants_account_id_site_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "credential",
            sa.Text(),
            nullable=False,
            comment="cookie or bearer: neither opens the other's door.",
        ),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "number",
            sa.SmallInteger(),
            nullable=False,
            comment="1 for the first text, one more for each edit.",
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="As typed."),
        sa.Column("html", sa.Text(), nullable=False, comment="Rendered and sanitised when written."),
        sa.Column(
            "normalised", sa.Text(), nullable=True, comment="As the classifier read it; none until scored."
        ),
        sa.Column("language", sa.Text(), nullable=True, comment="Judged from the text; none until scored."),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "decision_id", sa.Uuid(), nullable=True, comment="The current decision; none while pending."
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_revisions_comment_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_revisions_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("comment_id", "number", name=op.f("uq_revisions_comment_id_number")),
    )
    op.create_index(
        "ix_revisions_queue",
        "revisions",
        ["site_id", "state", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'published'"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "previous_id",
            sa.Uuid(),
            nullable=True,
            comment="The decision this one replaces; none: the first.",
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True, comment="Name and version of the model that was heard."),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_decisions_actor_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_decisions_revision_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_decisions_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "revision_id",
            "previous_id",
            name=op.f("uq_decisions_revision_id_previous_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "signals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="classifier, rule, report or history."),
        sa.Column("name", sa.Text(), nullable=False, comment="The label, such as toxic."),
        sa.Column("value", sa.Float(), nullable=False, comment="A probability from 0 to 1."),
        sa.Column("version", sa.Text(), nullable=False, comment="Name and version of the model or rule."),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_signals_revision_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_signals_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals")),
    )
    op.create_index("ix_signals_revision", "signals", ["revision_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_signals_revision", table_name="signals")
    op.drop_table("signals")
    op.drop_table("decisions")
    op.drop_index(
        "ix_revisions_queue", table_name="revisions", postgresql_where=sa.text("state <> 'published'")
    )
    op.drop_table("revisions")
    op.drop_index(op.f("ix_sessions_account_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("grants")
    op.drop_index(
        "ix_comments_visible",
        table_name="comments",
        postgresql_where=sa.text("visible_revision_id IS NOT NULL AND deleted_at IS NULL"),
    )
    op.drop_index(
        "ix_comments_thread",
        table_name="comments",
        postgresql_where=sa.text("visible_revision_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_comments_parent", table_name="comments", postgresql_where=sa.text("parent_id IS NOT NULL")
    )
    op.drop_index("ix_comments_author", table_name="comments")
    op.drop_table("comments")
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("ix_idempotency_age", table_name="idempotency")
    op.drop_table("idempotency")
    op.drop_index("ix_articles_url", table_name="articles")
    op.drop_index("ix_articles_activity", table_name="articles")
    op.drop_table("articles")
    op.drop_table("api_keys")
    op.drop_index("uq_accounts_name", table_name="accounts", postgresql_nulls_not_distinct=True)
    op.drop_index("uq_accounts_email", table_name="accounts", postgresql_nulls_not_distinct=True)
    op.drop_table("accounts")
    op.drop_table("sites")
