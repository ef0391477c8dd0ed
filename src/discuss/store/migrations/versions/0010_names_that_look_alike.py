"""Find the names that look like a new one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LOOK = (
    "translate(name_key, 'авекмнорстухѕіјһԁԛԝӏзбёїαβεζηικμνορτυχ01|iı', "
    "'abekmhopctyxsljhdqwl36ëïabezhlkmvoptyxollll')"
)


def upgrade() -> None:
    op.create_index("ix_accounts_look", "accounts", ["site_id", sa.literal_column(LOOK)])


def downgrade() -> None:
    op.drop_index("ix_accounts_look", table_name="accounts")
