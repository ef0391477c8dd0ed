"""Where the feed in Redis ends, and what is done about a feed that lost a part of itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from redis.asyncio import Redis

from discuss.domain.articles import Article, Commenting
from discuss.domain.instants import to_micros
from discuss.feed import keys
from discuss.feed.facts import Position
from discuss.feed.projection import Mark, Projection
from discuss.feed.reading import Reader

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=10)
SLUGS = (f"edged-{number}" for number in count())


def article(number: int, hour: int, *, version: int = 1, hidden: bool = False) -> Article:
    at = START + timedelta(hours=hour)
    return Article(
        UUID(int=number), UUID(int=9), str(number), f"https://example.org/{number}", "Ice / Лёд", "en", (),
        Commenting.OPEN, at, at if hidden else None, version, 0, None,
    )  # fmt: skip


def standing(number: int, hour: int) -> Position:
    return to_micros(START + timedelta(hours=hour)), str(UUID(int=number))


async def edge(redis: Redis, slug: str) -> Position | None:
    delta = await Reader(redis).read(slug)
    assert delta is not None
    return delta.edge


async def deliver(projection: Projection, slug: str, *articles: Article) -> bool:
    return await projection.apply(slug, Mark("epoch", 10**6), articles, NOW, anti_bump=False)


async def test_the_edge_never_falls(redis: Redis) -> None:
    """A row from below the built part came in during the build; when it leaves, the rows above it are still missing."""
    slug, projection = next(SLUGS), Projection(redis, window=2)
    run_id = await projection.begin(slug, "epoch", joint=True)
    await deliver(projection, slug, article(1, 1))
    await deliver(projection, slug, article(5, 5, version=2, hidden=True))
    await deliver(projection, slug, article(5, 5), article(4, 4))
    assert await projection.finish(slug, "epoch", run_id, standing(3, 3))
    await deliver(projection, slug, article(9, 9))
    assert await edge(redis, slug) == standing(3, 3)


async def test_the_edge_of_an_archive_may_lie_before_1970(redis: Redis) -> None:
    slug, projection = next(SLUGS), Projection(redis, window=2)
    run_id = await projection.begin(slug, "epoch", joint=True)
    old = (to_micros(datetime(1901, 2, 3, tzinfo=UTC)), str(UUID(int=1)))
    assert await projection.finish(slug, "epoch", run_id, old)
    assert await edge(redis, slug) == old


@pytest.mark.parametrize("lost", [name for name in keys.every("") if name != keys.views("")])
async def test_what_is_delivered_to_a_damaged_feed_cannot_hide_the_damage(redis: Redis, lost: str) -> None:
    slug, projection = next(SLUGS), Projection(redis, window=2)
    run_id = await projection.begin(slug, "epoch", joint=True)
    facts = [article(1, 1), article(2, 2), article(3, 3, hidden=True)]
    await deliver(projection, slug, *facts)
    assert await projection.finish(slug, "epoch", run_id, None)
    await redis.delete(lost.replace("{}", f"{{{slug}}}"))
    assert not await deliver(projection, slug, *(replace(each, version=2) for each in facts))
    assert await projection.mark(slug) is None
    assert await projection.unsound([slug]) == [slug]
