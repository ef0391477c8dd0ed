"""What the sidebar shows: views, ratings, editions, and when an article was last bumped by somebody else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = postgresql.TIMESTAMP(timezone=True)
VISIBLE = sa.text("visible_revision_id IS NOT NULL AND deleted_at IS NULL")

# For comments written before this migration: the first in the run of comments by the newest one's author.
BUMPS = """
UPDATE articles SET last_bump_at = (
  SELECT min(mine.first_visible_at)
  FROM (
    SELECT author_id, first_visible_at FROM comments
    WHERE article_id = articles.id AND visible_revision_id IS NOT NULL AND deleted_at IS NULL
    ORDER BY first_visible_at DESC, id DESC LIMIT 1
  ) AS newest
  JOIN comments AS mine
    ON mine.article_id = articles.id AND mine.author_id = newest.author_id
    AND mine.visible_revision_id IS NOT NULL AND mine.deleted_at IS NULL
  WHERE mine.first_visible_at = newest.first_visible_at OR mine.first_visible_at > coalesce((
    SELECT max(other.first_visible_at) FROM comments AS other
    WHERE other.article_id = articles.id AND other.author_id <> newest.author_id
      AND other.visible_revision_id IS NOT NULL AND other.deleted_at IS NULL
  ), '-infinity')
) WHERE comment_count > 0
"""


def upgrade() -> None:
    op.add_column(
        "articles",
        sa.Column(
            "last_bump_at",
            INSTANT,
            comment="When the last author began to be the last: what counts where one author alone may not bump.",
        ),
    )
    for name in ("rating_up", "rating_down"):
        op.add_column("articles", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "articles",
        sa.Column(
            "views",
            sa.BigInteger(),
            nullable=False,
            server_default="0",
            comment="Outside the version: nobody is told of them.",
        ),
    )
    bumped = sa.Computed("greatest(published_at, last_bump_at)", persisted=True)
    op.add_column("articles", sa.Column("bumped_at", INSTANT, bumped))
    op.add_column(
        "articles",
        sa.Column(
            "row_id",
            sa.Uuid(),
            sa.Computed("coalesce(edition_group, id)", persisted=True),
            comment="The row of the feed it stands in: its own, or that of its editions.",
        ),
    )
    op.drop_index("ix_comments_visible", "comments")
    op.create_index(
        "ix_comments_visible",
        "comments",
        ["article_id", "first_visible_at", "id"],
        postgresql_include=["author_id"],
        postgresql_where=VISIBLE,
    )
    # One statement: the columns above rewrote the table under the same lock, which batches would not shorten.
    op.execute(BUMPS)
    _index_articles()
    _create_votes()
    _create_views()


def _index_articles() -> None:
    op.drop_index("ix_articles_activity", "articles")
    for name, instant in (("ix_articles_activity", "last_activity_at"), ("ix_articles_bumped", "bumped_at")):
        op.create_index(
            name,
            "articles",
            ["site_id", sa.literal_column(f"{instant} DESC"), sa.literal_column("row_id DESC")],
        )
    op.create_index(
        "ix_articles_edition_group",
        "articles",
        ["edition_group"],
        postgresql_where=sa.text("edition_group IS NOT NULL"),
    )


def _create_votes() -> None:
    op.create_table(
        "article_votes",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("up", sa.Boolean(), nullable=False),
        sa.Column("voted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_votes_article_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_article_votes_account_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_article_votes_site_id")),
        sa.PrimaryKeyConstraint("article_id", "account_id", name=op.f("pk_article_votes")),
    )
    op.create_index("ix_article_votes_account_id", "article_votes", ["account_id"])


def _create_views() -> None:
    op.create_table(
        "article_views",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("hour", INSTANT, nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column(
            "readers",
            sa.Integer(),
            nullable=False,
            comment="Different readers in that hour, as counted so far.",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_views_article_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_article_views_site_id")),
        sa.PrimaryKeyConstraint("article_id", "hour", name=op.f("pk_article_views")),
    )
    op.create_index("ix_article_views_hour", "article_views", ["hour"])


def downgrade() -> None:
    op.drop_table("article_views")
    op.drop_table("article_votes")
    for name in ("ix_articles_edition_group", "ix_articles_bumped", "ix_articles_activity"):
        op.drop_index(name, "articles")
    op.drop_index("ix_comments_visible", "comments")
    for name in ("row_id", "bumped_at", "views", "rating_down", "rating_up", "last_bump_at"):
        op.drop_column("articles", name)
    op.create_index(
        "ix_comments_visible",
        "comments",
        ["article_id", "first_visible_at", "id"],
        postgresql_where=VISIBLE,
    )
    op.create_index(
        "ix_articles_activity",
        "articles",
        ["site_id", sa.literal_column("last_activity_at DESC"), sa.literal_column("id DESC")],
    )
