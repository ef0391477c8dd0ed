"""Entries of the queues know their week: what is looked for there may be looked for in the next weeks first."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BEFORE = "What it is filtered by, for the index: state and site, who decided, language, labels."
SINCE = "What it is filtered by, for the index: state and site, who decided, language, week, labels."

# In the order that `store/queue_entries.py` uses: an entry with its facets in another order would count as wrong.
WEEKS = """
UPDATE queue_entries SET facets =
  facets[1:cardinality(facets) - cardinality(labels)]
    || ARRAY['week:' || floor(extract(epoch FROM created_at) / 604800)::bigint]
    || labels
"""
NO_WEEKS = (
    "UPDATE queue_entries SET facets = facets[1:cardinality(facets) - cardinality(labels) - 1] || labels"
)


def upgrade() -> None:
    _say(SINCE, BEFORE)
    op.execute(WEEKS)


def downgrade() -> None:
    op.execute(NO_WEEKS)
    _say(BEFORE, SINCE)


def _say(now: str, before: str) -> None:
    op.alter_column(
        "queue_entries", "facets", existing_type=postgresql.ARRAY(sa.Text()), existing_nullable=False, comment=now,
        existing_comment=before,
    )  # fmt: skip
