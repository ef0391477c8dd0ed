"""The schema, by noun. Everything carries its site."""

from discuss.store.tables.accounts import accounts, api_keys, grants, sessions
from discuss.store.tables.articles import article_views, article_votes, articles
from discuss.store.tables.comments import comments, revisions
from discuss.store.tables.decisions import decisions, signals
from discuss.store.tables.metadata import metadata
from discuss.store.tables.outbox import idempotency, outbox
from discuss.store.tables.sites import sites

__all__ = [
    "accounts",
    "api_keys",
    "article_views",
    "article_votes",
    "articles",
    "comments",
    "decisions",
    "grants",
    "idempotency",
    "metadata",
    "outbox",
    "revisions",
    "sessions",
    "signals",
    "sites",
]
