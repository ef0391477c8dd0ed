"""Votes: one per reader, changeable, and a rating that is exactly their sum."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select, update

from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article
from discuss.domain.events import Topic
from discuss.domain.sites import Site
from discuss.domain.votes import Rating, Vote
from discuss.errors import ArticleNotFound, RateLimited
from discuss.store import accounts, articles, truth
from discuss.store.tables import articles as article_table
from discuss.store.tables import outbox
from discuss.usecases.services import Services
from discuss.usecases.vote import PER_MINUTE, Standing, read_vote, vote


async def stored(services: Services, article: Article) -> Article:
    async with services.database.reading() as tx:
        return await articles.by_id(tx, article.site_id, article.id)


async def told(services: Services, article: Article) -> int:
    """How many facts about the article wait to be taken to the feed."""
    waiting = select(func.count()).where(
        outbox.c.topic == Topic.ARTICLE_CHANGED, outbox.c.subject_id == article.id
    )
    async with services.database.reading() as tx:
        return await tx.scalar(waiting) or 0


async def test_a_vote_counts_changes_and_is_taken_back(services, site, reader, article) -> None:
    steps = [
        (Vote.UP, Rating(1, 0)),
        (Vote.DOWN, Rating(0, 1)),
        (None, Rating(0, 0)),
        (Vote.DOWN, Rating(0, 1)),
        (Vote.UP, Rating(1, 0)),
    ]
    facts = await told(services, article)
    for number, (wanted, rating) in enumerate(steps, start=1):
        standing = Standing(wanted, rating)
        assert await vote(services, reader, site.slug, article.id, wanted) == standing
        assert await read_vote(services, reader, site.slug, article.id) == standing
        expected = replace(
            article, version=article.version + number, rating_up=rating.up, rating_down=rating.down
        )
        assert await stored(services, article) == expected
        assert await told(services, article) == facts + number


@pytest.mark.parametrize("same", [Vote.UP, Vote.DOWN, None])
async def test_saying_the_same_again_changes_nothing_and_tells_nobody(
    services, site, reader, article, same
) -> None:
    first = await vote(services, reader, site.slug, article.id, same)
    before, facts = await stored(services, article), await told(services, article)
    assert await vote(services, reader, site.slug, article.id, same) == first
    assert (await stored(services, article), await told(services, article)) == (before, facts)


async def test_twenty_votes_of_one_reader_at_once_are_one_vote(services, site, reader, article) -> None:
    kinds = Random(7).choices([Vote.UP, Vote.DOWN, None], k=20)  # noqa: S311 - made up, not secret
    await asyncio.gather(*(vote(services, reader, site.slug, article.id, kind) for kind in kinds))
    mine = await read_vote(services, reader, site.slug, article.id)
    assert mine.rating == Rating(mine.vote is Vote.UP, mine.vote is Vote.DOWN)
    assert await contradictions(services, site) == []


async def test_twenty_readers_who_vote_and_change_their_minds_at_once_are_all_counted(
    services, site, article
) -> None:
    readers = [await voter(services, site, number) for number in range(20)]
    last = Random(11).choices([Vote.UP, Vote.DOWN, None], k=20)  # noqa: S311 - made up, not secret

    async def waver(reader: Principal, final: Vote | None) -> None:
        for kind in (Vote.UP, Vote.DOWN, final):
            await vote(services, reader, site.slug, article.id, kind)

    await asyncio.gather(*(waver(reader, final) for reader, final in zip(readers, last, strict=True)))
    after = await stored(services, article)
    assert (after.rating_up, after.rating_down) == (last.count(Vote.UP), last.count(Vote.DOWN))
    assert await contradictions(services, site) == []


async def voter(services: Services, site: Site, number: int) -> Principal:
    """An account without a password: hashing twenty passwords would take longer than the race."""
    account, name = services.new_id(), f"Voter {number}"
    async with services.database.transaction() as tx:
        await accounts.add(
            tx, account_id=account, site_id=site.id, name=name, email=f"voter{number}@example.org", password_hash="",
            at=services.clock(),
        )  # fmt: skip
    return Principal(Credential.BEARER, account, name=name, site_id=site.id)


async def contradictions(services: Services, site: Site) -> list[object]:
    async with services.database.reading() as tx:
        return list(await truth.wrong_ratings(tx, site.id))


async def test_a_rating_that_is_not_the_votes_is_found(services, site, reader, article) -> None:
    await vote(services, reader, site.slug, article.id, Vote.UP)
    async with services.database.transaction() as tx:
        await tx.execute(update(article_table).where(article_table.c.id == article.id).values(rating_down=2))
    assert await contradictions(services, site) == [(article.id, Rating(1, 2), Rating(1, 0))]


async def test_an_article_that_is_not_out_yet_has_no_votes(services, site, reader, article) -> None:
    early = replace(services, clock=lambda: article.published_at - timedelta(seconds=1))
    for asking in (
        vote(early, reader, site.slug, article.id, Vote.UP),
        read_vote(early, reader, site.slug, article.id),
    ):
        with pytest.raises(ArticleNotFound):
            await asking
    assert (await stored(services, article)).version == article.version


async def test_a_reader_who_votes_without_end_is_asked_to_wait(services, site, reader, article) -> None:
    for _ in range(PER_MINUTE):
        await vote(services, reader, site.slug, article.id, Vote.UP)
    with pytest.raises(RateLimited):
        await vote(services, reader, site.slug, article.id, Vote.DOWN)
    assert (await read_vote(services, reader, site.slug, article.id)).vote is Vote.UP
