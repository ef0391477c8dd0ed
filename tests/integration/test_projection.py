"""The feed in Redis: newer facts win, whatever the order and number of deliveries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from discuss.domain.articles import Article, Commenting
from discuss.domain.instants import to_micros
from discuss.feed import facts, keys
from discuss.feed.projection import Mark, Projection
from discuss.feed.reading import Delta, Reader
from discuss.feed.window import Window

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=10)
SLUGS = (f"projected-{number}" for number in count())
PLAIN = Article(
    UUID(int=1), UUID(int=9), "1", "https://example.org/1", "Танк / Tank", "ru", (), Commenting.OPEN, START, None, 1, 0, None
)  # fmt: skip


def fact(article: int, version: int) -> Article:
    """Each version of each article says something different; every fourth takes the article out of the feed."""
    activity = START + timedelta(minutes=(article * 7 + version * 13) % 5)
    gone = START if version % 4 == 0 else None
    return replace(
        PLAIN, id=UUID(int=article), version=version, comment_count=version, last_comment_at=activity, withdrawn_at=gone
    )  # fmt: skip


async def begun(redis: Redis, **sizes: int) -> tuple[str, Projection]:
    slug, projection = next(SLUGS), Projection(redis, **sizes)
    await projection.begin(slug, "epoch", joint=True)
    return slug, projection


async def finish(redis: Redis, slug: str, projection: Projection) -> bool:
    run_id = (await redis.info("server"))["run_id"]
    return await projection.finish(slug, "epoch", run_id, None)


async def deliver(slug: str, projection: Projection, *articles: Article) -> bool:
    mark = await projection.mark(slug)
    assert mark is not None
    return await projection.apply(slug, mark, articles, NOW, anti_bump=False)


async def whole(redis: Redis, slug: str) -> Delta:
    delta = await Reader(redis).read(slug)
    assert delta is not None
    return delta


def told(delta: Delta) -> list[tuple[facts.Facts, int]]:
    return [(row.placed[0].facts, row.at) for row in Window(delta).below(None)]


def truth(given_facts: list[Article]) -> list[tuple[facts.Facts, int]]:
    """What the feed must say when everything is delivered: the newest fact of each article, newest activity first."""
    newest = {article.id: article for article in sorted(given_facts, key=lambda a: a.version)}
    shown = [article for article in newest.values() if article.shown_at(NOW)]
    ordered = sorted(shown, key=lambda a: (a.last_activity_at, str(a.id)), reverse=True)
    return [(facts.of(article), to_micros(article.last_activity_at)) for article in ordered]


deliveries = st.lists(
    st.lists(st.builds(fact, st.integers(1, 6), st.integers(1, 9)), min_size=1, max_size=4), max_size=12
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries)
async def test_any_order_and_number_of_deliveries_ends_in_the_newest_facts(
    redis: Redis, batches: list[list[Article]]
) -> None:
    slug, projection = await begun(redis)
    for batch in batches:
        assert await deliver(slug, projection, *batch)
    assert await finish(redis, slug, projection)
    assert told(await whole(redis, slug)) == truth([article for batch in batches for article in batch])


async def test_a_feed_is_no_answer_before_it_is_built(redis: Redis) -> None:
    slug, projection = await begun(redis)
    await deliver(slug, projection, PLAIN)
    assert await Reader(redis).read(slug) is None
    assert await projection.unsound([slug]) == [slug]
    await finish(redis, slug, projection)
    assert await Reader(redis).read(slug) is not None
    assert await projection.unsound([slug]) == []


async def test_a_flush_while_a_feed_is_filled_keeps_it_unbuilt(redis: Redis) -> None:
    slug, projection = await begun(redis)
    await redis.delete(*keys.every(slug))
    assert not await finish(redis, slug, projection)
    assert await projection.unsound([slug]) == [slug]


async def test_a_feed_built_on_a_server_that_restarted_since_is_built_again(redis: Redis) -> None:
    slug, projection = await begun(redis)
    assert not await projection.finish(slug, "epoch", "another run of the server", None)
    await finish(redis, slug, projection)
    await redis.hset(keys.state(slug), "built", "another run of the server")
    assert await projection.unsound([slug]) == [slug]


@pytest.mark.parametrize("lost", range(len(keys.every(""))))
async def test_a_feed_that_lost_any_of_its_keys_is_found_unsound(redis: Redis, lost: int) -> None:
    slug, projection = await begun(redis)
    await deliver(slug, projection, fact(1, 1), fact(2, 1), fact(3, 4))
    await finish(redis, slug, projection)
    assert await projection.unsound([slug]) == []
    key = keys.every(slug)[lost]
    await redis.delete(key)
    assert await projection.unsound([slug]) == [slug]


async def test_a_reader_takes_only_what_changed_and_ends_with_the_same_rows(redis: Redis) -> None:
    slug, projection = await begun(redis)
    await deliver(slug, projection, fact(1, 1), fact(2, 1))
    await finish(redis, slug, projection)
    window = Window(await whole(redis, slug))
    await deliver(slug, projection, fact(2, 2), fact(3, 4), fact(1, 1))
    delta = await Reader(redis).read(slug, window.epoch, window.seq)
    assert delta is not None
    assert (delta.whole, [m.facts.id for m in delta.placed]) == (False, [str(UUID(int=2))])
    assert (dict(delta.gone), delta.unseen) == ({}, True)
    window.advance(delta)
    again = Window(await whole(redis, slug))
    assert [row.placed for row in window.below(None)] == [row.placed for row in again.below(None)]


async def test_the_id_of_an_article_that_was_never_shown_is_told_to_nobody(redis: Redis) -> None:
    slug, projection = await begun(redis)
    await deliver(slug, projection, fact(1, 1))
    assert await finish(redis, slug, projection)
    before = await whole(redis, slug)
    await deliver(slug, projection, fact(2, 4))
    await deliver(slug, projection, fact(2, 8))
    after = await Reader(redis).read(slug, before.epoch, before.seq)
    assert after is not None
    assert (after.placed, dict(after.gone), after.unseen) == ([], {}, True)
    await deliver(slug, projection, fact(2, 9))
    shown = await Reader(redis).read(slug, after.epoch, after.seq)
    assert shown is not None
    assert ([placed.facts.id for placed in shown.placed], shown.unseen) == ([str(UUID(int=2))], False)
    await deliver(slug, projection, fact(2, 12))
    left = await Reader(redis).read(slug, shown.epoch, shown.seq)
    assert left is not None
    assert list(left.gone) == [str(UUID(int=2))]


async def test_what_was_delivered_before_moves_nothing(redis: Redis) -> None:
    slug, projection = await begun(redis)
    await deliver(slug, projection, fact(1, 2))
    await finish(redis, slug, projection)
    before = await Reader(redis).seqs([slug])
    assert await deliver(slug, projection, fact(1, 2), fact(1, 1))
    assert await Reader(redis).seqs([slug]) == before


async def test_old_facts_of_an_article_that_was_forgotten_are_refused(redis: Redis) -> None:
    """Facts read before the feed forgot the article's age might be older than those it had."""
    slug, projection = await begun(redis, kept=2)
    await finish(redis, slug, projection)
    mark = await projection.mark(slug)
    assert mark is not None
    for number in range(1, 5):
        await deliver(slug, projection, fact(number, 4))
    assert not await projection.apply(slug, mark, [fact(1, 3)], NOW, anti_bump=False)
    assert not await projection.apply(slug, Mark("another epoch", 99), [fact(1, 5)], NOW, anti_bump=False)
    assert told(await whole(redis, slug)) == []


async def test_rows_beyond_the_window_are_left_to_the_database(redis: Redis) -> None:
    slug, projection = await begun(redis, window=3)
    articles = [replace(PLAIN, id=UUID(int=n), published_at=START + timedelta(hours=n)) for n in range(1, 7)]
    for article in articles:
        await deliver(slug, projection, article)
    await finish(redis, slug, projection)
    delta = await whole(redis, slug)
    assert told(delta) == truth(articles)[:3]
    assert delta.edge == (to_micros(START + timedelta(hours=3)), str(UUID(int=3)))
    await deliver(slug, projection, replace(articles[0], version=2, comment_count=1))
    assert told(await whole(redis, slug)) == truth(articles)[:3]


async def test_an_edition_that_was_put_out_comes_back_with_its_row(redis: Redis) -> None:
    slug, projection = await begun(redis, window=2)
    pair = [replace(PLAIN, id=UUID(int=n), edition_group=UUID(int=99)) for n in (1, 2)]
    others = [replace(PLAIN, id=UUID(int=n), published_at=START + timedelta(hours=n)) for n in (3, 4)]
    await deliver(slug, projection, *pair)
    await deliver(slug, projection, *others)
    await finish(redis, slug, projection)
    assert [row.position[1] for row in Window(await whole(redis, slug)).below(None)] == [
        str(UUID(int=4)),
        str(UUID(int=3)),
    ]
    bumped = replace(pair[0], version=2, last_comment_at=START + timedelta(hours=9))
    await deliver(slug, projection, bumped, pair[1])
    top = next(Window(await whole(redis, slug)).below(None))
    assert [member.facts.id for member in top.placed] == [str(UUID(int=1)), str(UUID(int=2))]


async def test_activity_is_kept_to_the_microsecond(redis: Redis) -> None:
    slug, projection = await begun(redis)
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    await deliver(slug, projection, replace(PLAIN, last_comment_at=at))
    await finish(redis, slug, projection)
    assert told(await whole(redis, slug)) == [(facts.of(PLAIN), to_micros(at))]
    assert await redis.zscore(keys.order(slug), str(PLAIN.id)) == to_micros(at)
