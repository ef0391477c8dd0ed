"""A site to measure: articles and comments in Russian and English, people, and comments that wait for a moderator."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from bench import texts
from bench.feed.comments import Written, add_comments
from bench.feed.people import People, add_people
from bench.feed.stack import Stack
from discuss.domain.sites import Rates, SiteSettings
from discuss.store.tables import articles as articles_table
from discuss.usecases.register_site import register_site
from discuss.wiring import new_id

SLUG = "bench"
_SEED, _ROOTS, _TITLE = 20260101, 6, 60
_RATES = Rates(comments=100_000, log_ins=100_000, registrations=100_000)
_ARTICLES = (
    "id", "site_id", "external_id", "url", "title", "language", "tags", "commenting", "published_at", "version",
    "comment_count", "created_at",
)  # fmt: skip
_ARCHIVE = """
INSERT INTO articles (id, site_id, external_id, url, title, language, tags, commenting, published_at, version,
                      comment_count, created_at)
SELECT gen_random_uuid(), $1::uuid, 'archive-' || n, 'https://news.example/archive/' || n,
       CASE n % 2 WHEN 0 THEN 'Из архива: материал № ' ELSE 'From the archive: story no. ' END || n,
       CASE n % 2 WHEN 0 THEN 'ru' ELSE 'en' END, '{}', 'open', $2::timestamptz - n * interval '1 minute', 1, 0,
       $2::timestamptz - n * interval '1 minute'
FROM generate_series(1, $3::int) AS n
"""
_FILLED = (
    "sites", "accounts", "sessions", "grants", "articles", "comments", "revisions", "decisions",
)  # fmt: skip
"""The only tables to analyse. PostgreSQL expects a table that it has analysed empty to stay empty, and then reads all of it for every
comment, until it analyses it again a minute later. No site starts like that: a table that was never analysed is taken to hold some rows.
"""

_COUNT = """
UPDATE articles SET comment_count = found.number, last_comment_at = found.newest
FROM (SELECT article_id, count(*) AS number, max(first_visible_at) AS newest FROM comments
      WHERE visible_revision_id IS NOT NULL GROUP BY article_id) AS found
WHERE articles.id = found.article_id
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """`archive`: additional old articles, which nobody discusses. `long`: additional comments on the first article.

    `held`: comments that wait for a moderator, each on a different one of the articles that were discussed longest ago.
    """

    articles: int = 1000
    each: int = 10
    archive: int = 0
    long: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """`articles`: the most recently discussed come first. `held`: pairs of article and revision."""

    articles: Sequence[UUID]
    urls: Sequence[str]
    people: People
    held: Sequence[tuple[UUID, UUID]]


def fill(stack: Stack, plan: Plan) -> Filled:
    """To be called before the worker starts, which then finds a site without a feed and builds it."""
    generous = SiteSettings(rates=_RATES)
    site = stack.use(
        lambda services: register_site(services, SLUG, "Bench", languages=("ru", "en"), settings=generous)
    )
    return stack.sql(lambda sql: _fill(sql, site.id, plan, datetime.now(UTC)))


async def _fill(sql: asyncpg.Connection, site: UUID, plan: Plan, now: datetime) -> Filled:
    people = await add_people(sql, site, now)
    articles = await _add_articles(sql, site, plan.articles, now)
    await sql.execute(_ARCHIVE, site, now - timedelta(days=400), plan.archive, timeout=900)
    authors, written = itertools.cycle(people.readers), itertools.cycle(texts.comments(2000, _SEED))
    shown = [*_threads(articles, plan.each, authors, written, now)]
    shown += _long(articles[0], plan.long, authors, written, now)
    held = [
        Written(article, next(authors), next(written), now - timedelta(hours=2), shown=False)
        for article in articles[len(articles) - plan.held :]
    ]
    await add_comments(sql, site, [*shown, *held])
    await _count(sql)
    return Filled(
        articles, [_url(n) for n in range(plan.articles)], people, [(h.article, h.revision) for h in held]
    )


async def _add_articles(sql: asyncpg.Connection, site: UUID, number: int, now: datetime) -> list[UUID]:
    ids, published = [new_id() for _ in range(number)], now - timedelta(days=90)
    await sql.copy_records_to_table(
        "articles", columns=_ARTICLES,
        records=[
            (one, site, f"story-{n}", _url(n), title, language, [], "open", published - timedelta(minutes=n), 1, 0, now)
            for n, (one, (title, language)) in enumerate(zip(ids, _titles(number), strict=True))
        ],
    )  # fmt: skip
    return ids


def _url(number: int) -> str:
    return f"https://news.example/2026/01/story-{number}"


def _titles(number: int) -> Iterator[tuple[str, str]]:
    for text in texts.comments(number, _SEED + 1):
        title = text[:_TITLE].rsplit(" ", 1)[0]
        yield title, "en" if title.isascii() else "ru"


def _threads(
    articles: Sequence[UUID], each: int, authors: Iterator[UUID], written: Iterator[str], now: datetime
) -> Iterator[Written]:
    """On each article the first comments begin threads and the others answer them; each article was discussed longer ago than the one before it."""
    for number, article in enumerate(articles):
        roots: list[UUID] = []
        for place in range(each):
            at = now - timedelta(hours=3, seconds=10 * (number * each + each - place))
            parent = roots[place % _ROOTS] if place >= _ROOTS else None
            one = Written(article, next(authors), next(written), at, parent)
            roots.append(one.id)
            yield one


def _long(
    article: UUID, number: int, authors: Iterator[UUID], written: Iterator[str], now: datetime
) -> Iterator[Written]:
    """One in five begins a thread."""
    root: UUID | None = None
    for place in range(number):
        at = now - timedelta(days=30) + timedelta(seconds=place)
        one = Written(article, next(authors), next(written), at, root if place % 5 else None)
        root = root if place % 5 else one.id
        yield one


async def _count(sql: asyncpg.Connection) -> None:
    """Set the counters that Discuss itself would have kept. A store that tells bumps from comments has one more column."""
    await sql.execute(_COUNT)
    if "last_bump_at" in articles_table.c:
        await sql.execute("UPDATE articles SET last_bump_at = last_comment_at WHERE comment_count > 0")
    await sql.execute(f"ANALYZE {', '.join(_FILLED)}")
