"""Deciding many at once, in chunks: nothing beyond the limit, nothing twice, and the counters follow."""

import asyncio

import pytest

from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.batches import AllAlike, AllHeldOf, Batch, Outcome, Selection, Target
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import DecisionStale
from discuss.store import articles, decisions
from discuss.usecases.carry_out import CHUNK
from discuss.usecases.decide_many import MOST, decide_many
from discuss.usecases.read_comments import read_decisions
from discuss.usecases.services import Services
from discuss.usecases.undo_many import undo_many
from tests.judging import drain, moderator_of, state_of, write

PUBLISH = Ruling(State.PUBLISHED)


async def counted(services: Services, site: Site, article: Article) -> int:
    async with services.database.reading() as tx:
        return (await articles.by_id(tx, site.id, article.id)).comment_count


async def alike(services: Services, comment: Comment) -> AllAlike:
    """The comment's text as it stands, and its near-duplicates."""
    assert comment.revision is not None
    async with services.database.reading() as tx:
        last = (await decisions.of_revision(tx, comment.revision.id))[-1]
    return AllAlike(Target(comment.revision.id, last.id))


def decided(batch: Batch) -> int:
    return sum(result.outcome is Outcome.DECIDED for result in batch.results)


async def test_what_is_beyond_the_bound_is_said_and_the_same_request_goes_on(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    first = await write(services, site, reader, article, "a toxic flood of comments, each like the others")
    for number in range(MOST):
        await write(
            services, site, reader, article, f"a toxic flood of comments, each like the others {number % 7}"
        )
    await drain(services)
    moderator = moderator_of(site, reader)
    assert reader.account_id is not None
    one = await decide_many(services, moderator, site.slug, PUBLISH, AllHeldOf(reader.account_id))
    assert (decided(one), one.more) == (MOST, True)
    two = await decide_many(services, moderator, site.slug, PUBLISH, AllHeldOf(reader.account_id))
    assert (decided(two), two.more) == (1, False)
    assert await counted(services, site, article) == MOST + 1
    back = await undo_many(services, moderator, site.slug, one.id)
    assert (decided(back), await counted(services, site, article)) == (MOST, 1)
    # A person has decided all of these now, so "all alike" leaves them alone.
    reject = Ruling(State.REJECTED, Reason.SPAM)
    assert (
        await decide_many(services, moderator, site.slug, reject, await alike(services, first))
    ).results == []


async def test_all_of_a_flood_is_reached_however_large_it_is(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    written = [
        await write(services, site, reader, article, "a toxic flood of comments, each like the others")
        for _ in range(3 * CHUNK)
    ]
    await drain(services)
    reject = Ruling(State.REJECTED, Reason.SPAM)
    batch = await decide_many(
        services, moderator_of(site, reader), site.slug, reject, await alike(services, written[0])
    )
    assert (decided(batch), batch.more) == (3 * CHUNK, False)


async def test_a_text_is_decided_after_its_near_duplicates_so_that_the_same_request_goes_on(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    first, *_ = [
        await write(services, site, reader, article, "a toxic flood of comments, each like the others")
        for _ in range(MOST + 1)
    ]
    await drain(services)
    moderator, reject, flood = (
        moderator_of(site, reader),
        Ruling(State.REJECTED, Reason.SPAM),
        await alike(services, first),
    )
    one = await decide_many(services, moderator, site.slug, reject, flood)
    assert (decided(one), one.more) == (MOST, True)
    two = await decide_many(services, moderator, site.slug, reject, flood)
    assert (decided(two), two.more) == (1, False)
    assert await state_of(services, site, first) is State.REJECTED
    with pytest.raises(DecisionStale):
        await decide_many(services, moderator, site.slug, reject, flood)


async def test_of_many_who_decide_the_same_selection_at_once_each_item_has_one_winner(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    written = [await write(services, site, reader, article, f"toxic {number}") for number in range(40)]
    await drain(services)
    moderator = moderator_of(site, reader)
    targets = []
    for comment in written:
        assert comment.revision is not None
        (made,) = await read_decisions(services, moderator, site.slug, comment.revision.id)
        targets.append(Target(comment.revision.id, made.id))
    # In different orders, as different people would select them.
    batches = await asyncio.gather(
        *(
            decide_many(services, moderator, site.slug, PUBLISH, Selection(targets[n:] + targets[:n]))
            for n in range(0, 40, 5)
        )
    )
    assert sum(decided(batch) for batch in batches) == 40
    assert {result.outcome for batch in batches for result in batch.results} == {
        Outcome.DECIDED,
        Outcome.STALE,
    }
    assert await counted(services, site, article) == 40
