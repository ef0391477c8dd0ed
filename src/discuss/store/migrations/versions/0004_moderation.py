"""What moderators work with: queues, claims, reports, authors' standing, rules, near-duplicates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# For what was decided before. One statement: the migration is one transaction whatever its parts, nobody sees a half of
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

AUTHORS = """
UPDATE decisions SET author_id = c.author_id
FROM revisions AS r JOIN comments AS c ON c.id = r.comment_id WHERE r.id = decisions.revision_id
"""


def upgrade() -> None:
    op.create_table(
        "rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="The version that counts."),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("retired_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_rules_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
    )
    op.create_index(
        "ix_rules_site", "rules", ["site_id"], unique=False, postgresql_where=sa.text("retired_at IS NULL")
    )
    op.create_table(
        "tallies",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False, comment="A rule's id, or a label of the model."),
        sa.Column("hour", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_tallies_site_id")),
        sa.PrimaryKeyConstraint("site_id", "subject", "hour", name=op.f("pk_tallies")),
    )
    op.create_table(
        "backtests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("spec", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="waiting, running, done, cancelled or failed."),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hits", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "examples",
            postgresql.ARRAY(sa.Uuid()),
            server_default="{}",
            nullable=False,
            comment="Revisions, 20 at most.",
        ),
        sa.Column(
            "place",
            sa.Uuid(),
            nullable=True,
            comment="The comment looked at last: where a broken-off run goes on.",
        ),
        sa.Column(
            "place_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="When that one was written.",
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_backtests_actor_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_backtests_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backtests")),
    )
    op.create_index("ix_backtests_site", "backtests", ["site_id", "created_at"], unique=False)
    op.create_table(
        "brakes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("usual", sa.Float(), nullable=False, comment="The share of hits before."),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("tripped_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("released_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["released_by"], ["accounts.id"], name=op.f("fk_brakes_released_by")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_brakes_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brakes")),
    )
    op.create_index(
        "ix_brakes_on",
        "brakes",
        ["site_id", "subject"],
        unique=True,
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False, comment="The comment, or the author's account."),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_notes_actor_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_notes_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index("ix_notes_subject", "notes", ["subject_id", "site_id", "created_at"], unique=False)
    op.create_table(
        "removals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False, comment="Whose comments are removed."),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column(
            "since",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="Of comments written from then on; none: of all.",
        ),
        sa.Column(
            "until",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="Of comments written before then; none: up to the request.",
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "place",
            sa.Uuid(),
            nullable=True,
            comment="The comment taken up last: where a broken-off run goes on.",
        ),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_removals_account_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_removals_actor_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_removals_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removals")),
    )
    op.create_index("ix_removals_account", "removals", ["account_id", "created_at"], unique=False)
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
    op.create_table(
        "rule_versions",
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False, comment="on, shadow or off."),
        sa.Column("action", sa.Text(), nullable=False, comment="hold or reject."),
        sa.Column("spec", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_rule_versions_actor_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["rules.id"], name=op.f("fk_rule_versions_rule_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_rule_versions_site_id")),
        sa.PrimaryKeyConstraint("rule_id", "number", name=op.f("pk_rule_versions")),
    )
    op.create_table(
        "sanctions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="warning, mute, ban, premoderate, trust or shadow."
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True, comment="What the author is told."),
        sa.Column(
            "until", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="None: until it is lifted."
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("lifted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sanctions_account_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_sanctions_actor_id")),
        sa.ForeignKeyConstraint(["lifted_by"], ["accounts.id"], name=op.f("fk_sanctions_lifted_by")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_sanctions_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions")),
    )
    op.create_index(
        "ix_sanctions_account", "sanctions", ["account_id", "site_id", "created_at"], unique=False
    )
    op.create_index(
        "ix_sanctions_standing",
        "sanctions",
        ["account_id", "site_id"],
        unique=False,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
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
    op.add_column("decisions", sa.Column("words", sa.Text(), nullable=True, comment="For the author."))
    op.add_column(
        "decisions",
        sa.Column("undoes", sa.Uuid(), nullable=True, comment="The decision that this one takes back."),
    )
    op.add_column(
        "decisions",
        sa.Column("batch_id", sa.Uuid(), nullable=True, comment="Shared by what was decided in one act."),
    )
    op.alter_column(
        "decisions", "note", existing_type=sa.TEXT(), comment="For moderators.", existing_nullable=True
    )
    op.add_column(
        "decisions", sa.Column("author_id", sa.Uuid(), nullable=True, comment="Whose comment it is.")
    )
    op.execute(AUTHORS)
    op.alter_column("decisions", "author_id", nullable=False)
    op.create_index("ix_decisions_author", "decisions", ["author_id", "created_at", "id"])
    op.create_index(
        "ix_decisions_actor",
        "decisions",
        ["actor_id", "created_at"],
        unique=False,
        postgresql_where=sa.text("actor_id IS NOT NULL"),
    )
    op.create_index(
        "ix_decisions_batch",
        "decisions",
        ["batch_id"],
        unique=False,
        postgresql_where=sa.text("batch_id IS NOT NULL"),
    )
    op.create_index(
        "ix_accounts_search",
        "accounts",
        ["site_id", "name_key", "id"],
        unique=False,
        postgresql_ops={"name_key": "text_pattern_ops"},
    )
    op.create_index(
        "ix_decisions_people",
        "decisions",
        ["site_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("source = 'person'"),
    )
    op.create_index("ix_decisions_site", "decisions", ["site_id", "created_at", "id"], unique=False)


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
    op.drop_index("ix_accounts_search", table_name="accounts")
    op.drop_index("ix_decisions_site", table_name="decisions")
    op.drop_index(
        "ix_decisions_people", table_name="decisions", postgresql_where=sa.text("source = 'person'")
    )
    op.drop_index(
        "ix_decisions_batch", table_name="decisions", postgresql_where=sa.text("batch_id IS NOT NULL")
    )
    op.drop_index(
        "ix_decisions_actor", table_name="decisions", postgresql_where=sa.text("actor_id IS NOT NULL")
    )
    op.alter_column(
        "decisions",
        "note",
        existing_type=sa.TEXT(),
        comment=None,
        existing_comment="For moderators.",
        existing_nullable=True,
    )
    op.drop_index("ix_decisions_author", table_name="decisions")
    op.drop_column("decisions", "author_id")
    op.drop_column("decisions", "batch_id")
    op.drop_column("decisions", "undoes")
    op.drop_column("decisions", "words")
    op.drop_index("ix_reports_author", table_name="reports")
    op.drop_index("ix_reports_reporter", table_name="reports")
    op.drop_index(
        "ix_reports_open",
        table_name="reports",
        postgresql_where=sa.text("withdrawn_at IS NULL AND outcome IS NULL"),
    )
    op.drop_table("reports")
    op.drop_index("ix_bands_created_at", table_name="bands", postgresql_using="brin")
    op.drop_table("bands")
    op.drop_index("ix_likenesses_created_at", table_name="likenesses")
    op.drop_index("ix_likenesses_author", table_name="likenesses")
    op.drop_table("likenesses")
    op.drop_table("queue_entries")
    op.drop_index("ix_claims_account_id", table_name="claims")
    op.drop_table("claims")
    op.drop_index(
        "ix_sanctions_standing", table_name="sanctions", postgresql_where=sa.text("lifted_at IS NULL")
    )
    op.drop_index("ix_sanctions_account", table_name="sanctions")
    op.drop_table("sanctions")
    op.drop_table("rule_versions")
    op.drop_table("reporters")
    op.drop_index("ix_removals_account", table_name="removals")
    op.drop_table("removals")
    op.drop_index("ix_notes_subject", table_name="notes")
    op.drop_table("notes")
    op.drop_index("ix_brakes_on", table_name="brakes", postgresql_where=sa.text("released_at IS NULL"))
    op.drop_table("brakes")
    op.drop_index("ix_backtests_site", table_name="backtests")
    op.drop_table("backtests")
    op.drop_table("tallies")
    op.drop_index("ix_rules_site", table_name="rules", postgresql_where=sa.text("retired_at IS NULL"))
    op.drop_table("rules")
