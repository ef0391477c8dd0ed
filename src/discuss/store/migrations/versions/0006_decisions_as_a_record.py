"""Decisions that are a record: words to the author, what takes back what, acts, whose comment it was."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AUTHORS = """
UPDATE decisions SET author_id = c.author_id
FROM revisions AS r JOIN comments AS c ON c.id = r.comment_id WHERE r.id = decisions.revision_id
"""


def upgrade() -> None:
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
        "ix_decisions_people",
        "decisions",
        ["site_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("source = 'person'"),
    )
    op.create_index("ix_decisions_site", "decisions", ["site_id", "created_at", "id"], unique=False)


def downgrade() -> None:
    for index in ("site", "people", "batch", "actor", "author"):
        op.drop_index(f"ix_decisions_{index}", table_name="decisions")
    op.alter_column(
        "decisions",
        "note",
        existing_type=sa.TEXT(),
        comment=None,
        existing_comment="For moderators.",
        existing_nullable=True,
    )
    for column in ("author_id", "batch_id", "undoes", "words"):
        op.drop_column("decisions", column)
