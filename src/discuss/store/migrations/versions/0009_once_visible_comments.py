"""Find since when an author has written alone under an article, counting what was taken back, without reading all comments."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_comments_once_visible",
        "comments",
        ["article_id", "first_visible_at", "id"],
        postgresql_include=["author_id"],
        postgresql_where=sa.text("first_visible_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_comments_once_visible", table_name="comments")
