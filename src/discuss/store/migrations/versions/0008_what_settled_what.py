"""Reports know what settled them, decisions what took them along; rare entries of the record and what is to be forgotten are found."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The person's decision with that outcome, about the reported text or a later one, made when the report was settled.
SETTLED = """
UPDATE reports SET settled_by = (
  SELECT d.id
  FROM revisions AS reported
  JOIN revisions AS r ON r.comment_id = reported.comment_id AND r.number >= reported.number
  JOIN decisions AS d ON d.revision_id = r.id
  WHERE reported.id = reports.revision_id AND d.source = 'person' AND d.undoes IS NULL
    AND d.state = CASE reports.outcome WHEN 'upheld' THEN 'rejected' ELSE 'published' END
  ORDER BY abs(extract(epoch FROM d.created_at - reports.settled_at)), r.number DESC
  LIMIT 1
)
WHERE outcome IS NOT NULL
"""


# All at once and before anything else: a worker still running would wait for one of them while holding another.
LOCKED = "LOCK TABLE comments, decisions, reports, sessions, tallies, bands IN ACCESS EXCLUSIVE MODE"


def upgrade() -> None:
    op.execute(LOCKED)
    op.add_column(
        "reports",
        sa.Column("settled_by", sa.Uuid(), nullable=True, comment="The decision that its outcome is from."),
    )
    op.execute(SETTLED)
    op.add_column(
        "decisions",
        sa.Column(
            "follows",
            sa.Uuid(),
            nullable=True,
            comment="The decision about a later text of the comment that took this one along.",
        ),
    )
    _index_record()
    op.create_index(
        "ix_comments_author_seen",
        "comments",
        ["author_id", "created_at"],
        postgresql_where=sa.text("first_visible_at IS NOT NULL"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("ix_tallies_hour", "tallies", ["hour"])
    op.drop_index("ix_bands_created_at", table_name="bands")
    op.create_index("ix_bands_created_at", "bands", ["created_at"])


def _index_record() -> None:
    op.create_index(
        "ix_decisions_stopped",
        "decisions",
        ["site_id", "state", "created_at", "id"],
        postgresql_where=sa.text("state <> 'published'"),
    )
    op.create_index(
        "ix_decisions_reasons",
        "decisions",
        [sa.text("array_append(reasons, site_id::text)")],
        postgresql_using="gin",
        postgresql_where=sa.text("reasons <> '{clear}'::text[]"),
    )


def downgrade() -> None:
    op.drop_index("ix_bands_created_at", table_name="bands")
    op.create_index("ix_bands_created_at", "bands", ["created_at"], postgresql_using="brin")
    op.drop_index("ix_tallies_hour", table_name="tallies")
    op.drop_index("ix_sessions_expires_at", table_name="sessions")
    op.drop_index("ix_comments_author_seen", table_name="comments")
    op.drop_index("ix_decisions_reasons", table_name="decisions")
    op.drop_index("ix_decisions_stopped", table_name="decisions")
    op.drop_column("decisions", "follows")
    op.drop_column("reports", "settled_by")
