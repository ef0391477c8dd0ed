"""The feed in Redis: newer facts win, whatever the order and number of deliveries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from discuss.domain.articles import Article, Commenting
from discuss.domain.instants import to_micros
from discuss.feed import keys
from discuss.feed.projection import Projection
from discuss.feed.reading import Reader
from discuss.feed.rows import render

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=10)
SLUGS = (f"projected-{number}" for number in count())
PLAIN = Article(
    UUID(int=1), UUID(int=9), "1", "https://example.org/1", "Танк / Tank", "ru", (), Commenting.OPEN, START, None, 1, 0, None
)  # fmt: skip


def fact(article: int, version: int) -> Article:
    """Each version of each article says something else; every fourth takes the article out of the feed."""
    activity = START + timedelta(minutes=(article * 7 + version * 13) % 5)
    gone = START if version % 4 == 0 else None
    return replace(
        PLAIN, id=UUID(int=article), version=version, comment_count=version, last_comment_at=activity, withdrawn_at=gone
    )  # fmt: skip


def truth(facts: list[Article]) -> list[bytes]:
    """What the feed must say when all is delivered: the newest fact of each article, newest activity first."""
    newest = {article.id: article for article in sorted(facts, key=lambda a: a.version)}
    shown = [article for article in newest.values() if article.shown_at(NOW)]
    return [render(a) for a in sorted(shown, key=lambda a: (a.last_activity_at, str(a.id)), reverse=True)]


deliveries = st.lists(
    st.lists(st.builds(fact, st.integers(1, 6), st.integers(1, 9)), min_size=1, max_size=4), max_size=12
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries)
async def test_any_order_and_number_of_deliveries_ends_in_the_newest_facts(
    redis: Redis, batches: list[list[Article]]
) -> None:
    slug, projection = next(SLUGS), Projection(redis)
    run_id = await projection.clear(slug, "epoch")
    for batch in batches:
        await projection.apply(slug, batch, NOW)
    assert await projection.finish(slug, "epoch", run_id)
    page = await Reader(redis).read(slug, 50)
    assert page is not None
    assert list(page.rows) == truth([article for batch in batches for article in batch])


async def test_a_feed_is_no_answer_before_it_is_built(redis: Redis) -> None:
    slug, projection, reader = next(SLUGS), Projection(redis), Reader(redis)
    run_id = await projection.clear(slug, "epoch")
    await projection.apply(slug, [PLAIN], NOW)
    assert await reader.read(slug, 15) is None
    assert await projection.unbuilt([slug]) == [slug]
    await projection.finish(slug, "epoch", run_id)
    assert await reader.read(slug, 15) is not None
    assert await projection.unbuilt([slug]) == []


async def test_a_flush_while_a_feed_is_filled_keeps_it_unbuilt(redis: Redis) -> None:
    slug, projection = next(SLUGS), Projection(redis)
    run_id = await projection.clear(slug, "epoch")
    await redis.delete(*keys.every(slug))
    assert not await projection.finish(slug, "epoch", run_id)
    assert await projection.unbuilt([slug]) == [slug]


async def test_a_feed_built_on_a_server_that_restarted_since_is_built_again(redis: Redis) -> None:
    slug, projection = next(SLUGS), Projection(redis)
    await projection.clear(slug, "epoch")
    await projection.finish(slug, "epoch", "another run of the server")
    assert await projection.unbuilt([slug]) == [slug]


async def test_the_mark_moves_with_every_change_and_only_then(redis: Redis) -> None:
    slug, projection, reader = next(SLUGS), Projection(redis), Reader(redis)
    run_id = await projection.clear(slug, "epoch")
    await projection.finish(slug, "epoch", run_id)
    marks = await reader.marks([slug])
    assert await projection.apply(slug, [fact(1, 2)], NOW) == 1
    moved = await reader.marks([slug])
    assert await projection.apply(slug, [fact(1, 2), fact(1, 1)], NOW) == 0
    assert marks != moved == await reader.marks([slug])


async def test_activity_is_kept_to_the_microsecond(redis: Redis) -> None:
    slug, projection = next(SLUGS), Projection(redis)
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    await projection.apply(slug, [replace(PLAIN, last_comment_at=at)], NOW)
    assert await redis.zscore(keys.order(slug), str(PLAIN.id)) == to_micros(at)
