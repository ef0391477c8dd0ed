"""Confirming many comments at once: a person says what the machine said, or that reports are wrong, just as about a single comment."""

from collections.abc import Sequence

import pytest

from discuss.domain.accounts import Principal, Role
from discuss.domain.articles import Article
from discuss.domain.batches import Batch, Outcome, Selection, Target
from discuss.domain.comments import Comment
from discuss.domain.queue import Item, Queue, View
from discuss.domain.reports import Outcome as Judged
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.store import reports
from discuss.usecases.decide_many import decide_many
from discuss.usecases.read_queue import read_queue
from discuss.usecases.services import Services
from discuss.usecases.undo_many import undo_many
from tests.authors import Bench, person
from tests.judging import drain, write

PUBLISH = Ruling(State.PUBLISHED)
COMMENTS = 3


@pytest.fixture
async def written(services: Services, site: Site, reader: Principal, article: Article) -> Sequence[Comment]:
    """Comments that the machine published."""
    comments = [await write(services, site, reader, article, f"fine {number}") for number in range(COMMENTS)]
    await drain(services)
    return comments


@pytest.fixture
async def bench(services: Services, site: Site, written: Sequence[Comment]) -> Bench:
    return Bench(services, site, await person(services, site, Role.MODERATOR))


async def waiting(bench: Bench, queue: Queue) -> Sequence[Item]:
    page = await read_queue(bench.services, bench.moderator, bench.site.slug, View(queue), None, 100)
    return page.items


def selected(items: Sequence[Item]) -> Selection:
    return Selection([Target(item.revision_id, item.decision_id) for item in items if item.decision_id])


async def published(bench: Bench, selection: Selection) -> Batch:
    return await decide_many(bench.services, bench.moderator, bench.site.slug, PUBLISH, selection)


def outcomes(batch: Batch) -> list[Outcome]:
    return [result.outcome for result in batch.results]


async def judged(services: Services, written: Sequence[Comment]) -> list[Judged | None]:
    """What became of the reports about these comments."""
    async with services.database.reading() as tx:
        return [one.outcome for comment in written for one in (await reports.flood(tx, comment.id)).latest]


async def test_what_nobody_has_seen_is_confirmed_and_leaves_that_queue(bench: Bench) -> None:
    batch = await published(bench, selected(await waiting(bench, Queue.UNMODERATED)))
    assert outcomes(batch) == [Outcome.DECIDED] * COMMENTS
    assert await waiting(bench, Queue.UNMODERATED) == []
    again = await published(bench, selected(await waiting(bench, Queue.ALL)))
    assert outcomes(again) == [Outcome.POINTLESS] * COMMENTS


async def test_a_confirmation_is_taken_back_and_readers_see_what_they_saw(bench: Bench) -> None:
    batch = await published(bench, selected(await waiting(bench, Queue.UNMODERATED)))
    back = await undo_many(bench.services, bench.moderator, bench.site.slug, batch.id)
    assert outcomes(back) == [Outcome.DECIDED] * COMMENTS
    assert {item.state for item in await waiting(bench, Queue.ALL)} == {State.PUBLISHED}


async def test_reports_are_dismissed_also_if_a_person_had_published_the_comment(
    bench: Bench, written: Sequence[Comment]
) -> None:
    (seen, *_) = await waiting(bench, Queue.UNMODERATED)
    await published(bench, selected([seen]))
    (reporter,) = await bench.readers(1)
    for comment in written:
        await bench.report(reporter, comment)
    batch = await published(bench, selected(await waiting(bench, Queue.REPORTED)))
    assert outcomes(batch) == [Outcome.DECIDED] * COMMENTS
    assert await waiting(bench, Queue.REPORTED) == []
    assert await judged(bench.services, written) == [Judged.DISMISSED] * COMMENTS
