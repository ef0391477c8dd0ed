"""The schema, by noun. Everything carries its site."""

from discuss.store.tables.accounts import accounts, api_keys, grants, sessions
from discuss.store.tables.articles import article_views, article_votes, articles
from discuss.store.tables.authors import notes, removals, sanctions
from discuss.store.tables.comments import comments, revisions
from discuss.store.tables.decisions import decisions, signals
from discuss.store.tables.likenesses import bands, likenesses
from discuss.store.tables.metadata import metadata
from discuss.store.tables.outbox import idempotency, outbox
from discuss.store.tables.queue import claims, queue_entries
from discuss.store.tables.reports import reporters, reports
from discuss.store.tables.rules import backtests, brakes, rule_versions, rules, tallies
from discuss.store.tables.sites import sites

__all__ = [
    "accounts",
    "api_keys",
    "article_views",
    "article_votes",
    "articles",
    "backtests",
    "bands",
    "brakes",
    "claims",
    "comments",
    "decisions",
    "grants",
    "idempotency",
    "likenesses",
    "metadata",
    "notes",
    "outbox",
    "queue_entries",
    "removals",
    "reporters",
    "reports",
    "revisions",
    "rule_versions",
    "rules",
    "sanctions",
    "sessions",
    "signals",
    "sites",
    "tallies",
]
