"""The queues that moderators work through: entries, claims, reports, near-duplicates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# For decisions made before this migration. One statement: the migration is one transaction anyway, so nobody sees half of
# it, and batches would only read more. It comes before the indexes, which are then built once instead of row by row.
ENTRIES = """
INSERT INTO queue_entries (
  comment_id, site_id, article_id, author_id, revision_id, number, state, decision_id, decided_by, language,
  labels, risk, uncertainty, reach, created_at, waiting_since, facets, words
)
SELECT c.id, c.site_id, c.article_id, c.author_id, r.id, r.number, d.state, d.id, d.source, r.language,
  array_remove(d.reasons, 'clear'), coalesce(heard.most, 0.5), coalesce(1 - abs(2 * heard.most - 1), 1),
  a.comment_count, r.created_at, CASE d.state WHEN 'held' THEN d.created_at END,
  array_remove(ARRAY[d.state || '@' || right(c.site_id::text, 12), 'by:' || d.source, 'in:' || r.language], NULL)
    || array_remove(d.reasons, 'clear'),
  to_tsvector('russian', r.source)
FROM (
  SELECT DISTINCT ON (comment_id) * FROM revisions WHERE decision_id IS NOT NULL ORDER BY comment_id, number DESC
) AS r
JOIN comments AS c ON c.id = r.comment_id AND c.deleted_at IS NULL
JOIN decisions AS d ON d.id = r.decision_id
JOIN articles AS a ON a.id = c.article_id
LEFT JOIN (SELECT revision_id, max(value) AS most FROM signals GROUP BY revision_id) AS heard ON heard.revision_id = r.id
"""

# PostgreSQL must know the frequency of four thousand words instead of one thousand: of all others it expects so many
# that a search for one of them would walk through all entries (`store/queue.py`).
STATISTICS = "ALTER TABLE queue_entries ALTER COLUMN words SET STATISTICS 400"


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "until",
            postgresql.TIMESTAMP(timezone=True),
            nullable=False,
            comment="A moderator who left without a word holds it no longer.",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_claims_account_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_claims_comment_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_claims_site_id")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_claims")),
    )
    op.create_index("ix_claims_account_id", "claims", ["account_id"], unique=False)
    op.create_table(
        "queue_entries",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False, comment="The newest revision that was decided."),
        sa.Column("number", sa.SmallInteger(), nullable=False, comment="Of that revision."),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False, comment="policy or person."),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column(
            "labels",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="What spoke against it: the reasons of its decision.",
        ),
        sa.Column("risk", sa.Float(), nullable=False, comment="From 0 to 1."),
        sa.Column("uncertainty", sa.Float(), nullable=False, comment="From 0 to 1: 1 lies on the threshold."),
        sa.Column(
            "reach",
            sa.Integer(),
            nullable=False,
            comment="Visible comments of its article, not always the latest number.",
        ),
        sa.Column("reports", sa.Integer(), server_default="0", nullable=False, comment="Open ones."),
        sa.Column(
            "report_weight",
            sa.Float(),
            server_default="0",
            nullable=False,
            comment="Open reports by their reporters' accuracy.",
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=False,
            comment="When the revision was written.",
        ),
        sa.Column(
            "waiting_since",
            postgresql.TIMESTAMP(timezone=True),
            comment="When it was held, or its oldest open report came, whichever is longer ago; none: nobody waits.",
        ),
        sa.Column(
            "facets",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="What it is filtered by, for the index: state and site, who decided, language, labels.",
        ),
        sa.Column(
            "words",
            postgresql.TSVECTOR(),
            nullable=False,
            comment="For the search in its text, by Russian and English stems.",
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_queue_entries_comment_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_queue_entries_site_id")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_queue_entries")),
    )
    op.execute(STATISTICS)
    op.execute(ENTRIES)
    _index_entries()
    op.create_table(
        "likenesses",
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False, comment="MinHash of the normalised text."),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_likenesses_revision_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_likenesses_site_id")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_likenesses")),
    )
    op.create_index("ix_likenesses_author", "likenesses", ["author_id", "created_at"], unique=False)
    op.create_index("ix_likenesses_created_at", "likenesses", ["created_at"], unique=False)
    op.create_table(
        "bands",
        sa.Column(
            "band",
            sa.BigInteger(),
            nullable=False,
            comment="Texts of one site that are nearly the same share some.",
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("band", "created_at", "revision_id", name=op.f("pk_bands")),
    )
    op.create_index("ix_bands_created_at", "bands", ["created_at"], unique=False, postgresql_using="brin")
    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False, comment="The text that was reported."),
        sa.Column("author_id", sa.Uuid(), nullable=False, comment="Of the comment."),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True, comment="What the reader added."),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("withdrawn_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Text(),
            nullable=True,
            comment="upheld, dismissed or moot, by what a person decided; none: open.",
        ),
        sa.Column("settled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_reports_comment_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["accounts.id"], name=op.f("fk_reports_reporter_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_reports_revision_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_reports_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("comment_id", "reporter_id", name=op.f("uq_reports_comment_id_reporter_id")),
    )
    op.create_index(
        "ix_reports_open",
        "reports",
        ["comment_id"],
        unique=False,
        postgresql_where=sa.text("withdrawn_at IS NULL AND outcome IS NULL"),
    )
    op.create_index("ix_reports_reporter", "reports", ["reporter_id", "created_at"], unique=False)
    op.create_index("ix_reports_author", "reports", ["author_id", "outcome"], unique=False)
    op.create_table(
        "reporters",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("upheld", sa.Integer(), nullable=False),
        sa.Column("dismissed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_reporters_account_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_reporters_site_id")),
        sa.PrimaryKeyConstraint("site_id", "account_id", name=op.f("pk_reporters")),
    )


def _index_entries() -> None:
    op.create_index("ix_queue_entries_all", "queue_entries", ["site_id", "created_at", "comment_id"])
    for key in ("created_at", "risk", "uncertainty", "reach"):
        op.create_index(f"ix_queue_entries_{key}", "queue_entries", ["site_id", "state", key, "comment_id"])
        op.create_index(
            f"ix_queue_entries_unmoderated_{key}",
            "queue_entries",
            ["site_id", key, "comment_id"],
            postgresql_where=sa.text("state = 'published' AND decided_by = 'policy'"),
        )
    op.create_index(
        "ix_queue_entries_reported_since",
        "queue_entries",
        ["site_id", "waiting_since"],
        postgresql_where=sa.text("reports > 0"),
    )
    op.create_index(
        "ix_queue_entries_reported",
        "queue_entries",
        ["site_id", "report_weight", "comment_id"],
        postgresql_where=sa.text("reports > 0"),
    )
    op.create_index(
        "ix_queue_entries_waiting",
        "queue_entries",
        ["site_id", "state", "waiting_since"],
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )
    op.create_index(
        "ix_queue_entries_reach_of",
        "queue_entries",
        ["article_id"],
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )
    op.create_index(
        "ix_queue_entries_article",
        "queue_entries",
        ["article_id", "site_id", "state", "created_at", "comment_id"],
    )
    op.create_index(
        "ix_queue_entries_author",
        "queue_entries",
        ["author_id", "site_id", "state", "created_at", "comment_id"],
    )
    op.create_index("ix_queue_entries_search", "queue_entries", ["facets", "words"], postgresql_using="gin")


def downgrade() -> None:
    for table in ("reporters", "reports", "bands", "likenesses", "queue_entries", "claims"):
        op.drop_table(table)
