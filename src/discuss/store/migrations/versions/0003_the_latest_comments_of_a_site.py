"""Find the articles commented on last, of a site and of one of its languages, without reading the others."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COMMENTED = sa.text("withdrawn_at IS NULL AND last_comment_at IS NOT NULL")


def upgrade() -> None:
    for name, columns in (
        ("ix_articles_commented", ["site_id"]),
        ("ix_articles_commented_language", ["site_id", "language"]),
    ):
        op.create_index(
            name,
            "articles",
            [*columns, sa.literal_column("last_comment_at DESC"), sa.literal_column("id DESC")],
            postgresql_where=COMMENTED,
        )


def downgrade() -> None:
    op.drop_index("ix_articles_commented_language", "articles")
    op.drop_index("ix_articles_commented", "articles")
