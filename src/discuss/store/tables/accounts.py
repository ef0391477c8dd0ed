from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    literal_column,
)

from discuss.domain.text import LOOK_FROM, LOOK_TO
from discuss.store.tables.metadata import INSTANT, metadata, site_column

look: ColumnElement[str] = literal_column(f"translate(name_key, '{LOOK_FROM}', '{LOOK_TO}')")
"""`domain.text.name_look` of a name. A literal, without parameters, so that PostgreSQL finds the index."""

accounts = Table(
    "accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("site_id", Uuid, ForeignKey("sites.id"), comment="A reader's home; none: staff."),
    Column("name", Text, nullable=False),
    Column(
        "name_key", Text, nullable=False, comment="The name as it must be unique: capitals and forms folded."
    ),
    Column("email", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    # Character by character, whatever the database's collation: for searching by the beginning of a name.
    Index("ix_accounts_search", "site_id", "name_key", "id", postgresql_ops={"name_key": "text_pattern_ops"}),
)
Index(
    "uq_accounts_email",
    accounts.c.site_id,
    func.lower(accounts.c.email),
    unique=True,
    postgresql_nulls_not_distinct=True,
)
# Not unique: names that were registered before this was asked may look alike.
Index("ix_accounts_look", accounts.c.site_id, look)
Index(
    "uq_accounts_name",
    accounts.c.site_id,
    accounts.c.name_key,
    unique=True,
    postgresql_nulls_not_distinct=True,
)

grants = Table(
    "grants",
    metadata,
    Column("account_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("site_id", Uuid, ForeignKey("sites.id"), comment="None: every site."),
    Column("role", SmallInteger, nullable=False),
    UniqueConstraint("account_id", "site_id", postgresql_nulls_not_distinct=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("credential", Text, nullable=False, comment="cookie or bearer: neither opens the other's door."),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("created_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT, nullable=False, index=True),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    site_column(),
    Column("name", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("created_at", INSTANT, nullable=False),
    Column("revoked_at", INSTANT),
)
