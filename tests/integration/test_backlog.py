"""More comments wait than can be scored: the worker still does everything else, and nobody waits for a text that hangs."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from typing import cast
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from discuss.classify.protocol import Scored
from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.feed import keys
from discuss.settings import Settings
from discuss.usecases.services import Judge, Services
from tests.judging import BOMB, Fake, drain, state_of, write
from workers import jobs
from workers.jobs import Context, gather, sweep
from workers.main import context, work
from workers.queue import AT_ONCE, KNOCK, QUEUE, SOON, connect
from workers.serving import Serving

PATIENCE = 15.0
MANY = 8


class Hanging(Fake):
    """A classifier that does not answer until it is told to: to any text, or to one."""

    def __init__(self, at: str = "") -> None:
        self._at, self.began, self.go_on = at, threading.Semaphore(0), threading.Event()

    def score(self, texts: Sequence[str]) -> list[Scored]:
        if any(self._at in text for text in texts):
            self.began.release()
            assert self.go_on.wait(60)
        return [Scored("en", text, {"toxic": 0.0}) for text in texts]

    async def hangs(self, times: int = 1) -> None:
        for _ in range(times):
            assert await asyncio.to_thread(self.began.acquire, timeout=PATIENCE)


class Serves:
    """Takes one text per batch, so that a few texts are a backlog."""

    def __init__(self, classifier: Fake) -> None:
        self._judge = Judge(classifier, 1)
        self.rulebook = self._judge.rulebook

    async def judge(self) -> Judge:
        return self._judge

    async def follow(self) -> None:
        return None


def given(services: Services, classifier: Fake) -> Context:
    return context(services, cast("Serving", Serves(classifier)))


@pytest.fixture
async def queue(services: Services, redis: Redis) -> AsyncIterator[Redis]:
    """Redis without jobs; and nothing from other tests waits to be scored."""
    await drain(services)
    await redis.delete(QUEUE, KNOCK, AT_ONCE.flag, SOON.flag)
    yield redis
    await redis.delete(QUEUE, KNOCK, AT_ONCE.flag, SOON.flag)


async def until_built(redis: Redis, site: Site) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await redis.hexists(keys.state(site.slug), "built"):  # type: ignore[misc]  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)


async def test_a_lost_feed_is_built_while_all_that_waits_cannot_be_scored_however_often_it_rings(
    configured: Settings, services: Services, site: Site, reader: Principal, article: Article, queue: Redis
) -> None:
    for number in range(MANY):
        await write(services, site, reader, article, f"text {number}")
    stop, hanging = asyncio.Event(), Hanging()
    bell = connect(configured.redis_url)
    for _ in range(3 * MANY):
        await bell.enqueue_job(SOON.job, _job_id=uuid4().hex)
    await bell.aclose()
    working = asyncio.create_task(work(configured, given(services, hanging), stop))
    try:
        await hanging.hangs()
        await queue.delete(keys.state(site.slug))
        await until_built(queue, site)
    finally:
        hanging.go_on.set()
        stop.set()
        await working


async def test_jobs_that_score_take_four_slots_at_most(
    services: Services, site: Site, reader: Principal, article: Article, queue: Redis
) -> None:
    written = [await write(services, site, reader, article, f"text {number}") for number in range(MANY)]
    hanging = Hanging()
    ctx = given(services, hanging) | {"redis": queue}
    running = {asyncio.create_task(job(ctx)) for _ in range(MANY) for job in (gather, sweep)}
    await hanging.hangs(2)
    going = running
    async with asyncio.timeout(PATIENCE):
        while len(going) > 4:
            _, going = await asyncio.wait(going, return_when=asyncio.FIRST_COMPLETED)
    hanging.go_on.set()
    await asyncio.gather(*running)
    assert {await state_of(services, site, one) for one in written} == {State.PUBLISHED}


async def test_a_text_at_which_the_classifier_hangs_keeps_no_other_waiting(
    services: Services, site: Site, reader: Principal, article: Article, queue: Redis
) -> None:
    await write(services, site, reader, article, BOMB)
    hanging = Hanging(BOMB)
    ctx = given(services, hanging) | {"redis": queue}
    stuck = asyncio.create_task(gather(ctx))
    await hanging.hangs()
    fine = await write(services, site, reader, article, "fine")
    await sweep(ctx)
    assert await state_of(services, site, fine) is State.PUBLISHED
    hanging.go_on.set()
    await stuck


async def test_behind_a_long_backlog_one_job_leaves_the_rest_to_the_next(
    services: Services,
    site: Site,
    reader: Principal,
    article: Article,
    queue: Redis,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "LONGEST_TURN", 0.0)
    written = [await write(services, site, reader, article, f"text {number}") for number in range(3)]
    ctx = given(services, Fake()) | {"redis": queue}
    for done in range(1, 4):
        await sweep(ctx)
        states = [await state_of(services, site, one) for one in written]
        assert states.count(State.PUBLISHED) == done
