"""Compares Redis with PostgreSQL, and PostgreSQL with itself. Meaningful at rest: work under way shows up as waiting."""

from collections.abc import AsyncIterator
from uuid import UUID

from discuss.domain.articles import Article
from discuss.domain.instants import to_micros
from discuss.domain.sites import Site
from discuss.feed.projection import BUILD_PAGE
from discuss.feed.rows import render
from discuss.store import articles, sites, truth
from discuss.store.database import Tx
from discuss.usecases.services import Services


async def verify(services: Services) -> AsyncIterator[tuple[str, list[str]]]:
    """Each site's slug with its differences, in sentences. Raises `RedisError` or `Unavailable`."""
    async with services.database.reading() as tx:
        for site in await sites.every(tx):
            yield site.slug, [*await _record(tx, site), *await _feed(tx, services, site)]


async def _record(tx: Tx, site: Site) -> list[str]:
    waiting, lost = await truth.undecided(tx, site.id)
    found = [
        f"article {article}: its counters say {counter} comments, visible are {visible} (or the newest differs)"
        for article, counter, visible in await truth.wrong_counters(tx, site.id)
    ]
    found += [
        f"revision {revision}: state and decisions do not agree"
        for revision in await truth.badly_decided(tx, site.id)
    ]
    if waiting:
        found.append(f"{waiting} comments wait for their score (is a worker running?)")
    if lost:
        found.append(
            f"{lost} comments were never decided and nobody will: this is a defect, please report it"
        )
    return found


async def _feed(tx: Tx, services: Services, site: Site) -> list[str]:
    order, rows = await services.reader.everything(site.slug)
    scores, found = dict(order), []
    shown: list[Article] = []
    async for article in _articles(tx, site):
        if article.shown_at(services.clock()):
            shown.append(article)
            found += _row_differences(article, scores.get(str(article.id)), rows.get(str(article.id)))
    wanted = [str(a.id) for a in sorted(shown, key=lambda a: (a.last_activity_at, str(a.id)), reverse=True)]
    found += [
        f"article {name}: in the feed, but readers may not see it"
        for name in sorted(scores.keys() - set(wanted))
    ]
    if not found and wanted != [name for name, _ in order]:
        found.append("the feed is in another order than the database")
    return found


def _row_differences(article: Article, score: int | None, row: bytes | None) -> list[str]:
    if score is None or row is None:
        return [f"article {article.id}: missing from the feed"]
    if row != render(article):
        return [
            f"article {article.id}: the feed says {row.decode()}, the database {render(article).decode()}"
        ]
    if score != to_micros(article.last_activity_at):
        return [f"article {article.id}: stands in the feed at another time than its row says"]
    return []


async def _articles(tx: Tx, site: Site) -> AsyncIterator[Article]:
    after: UUID | None = None
    while page := await articles.of_site(tx, site.id, after, BUILD_PAGE):
        for article in page:
            yield article
        after = page[-1].id
