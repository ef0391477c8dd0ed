"""Rings on their way to the worker: few jobs for any number of rings, and none lost."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from redis.asyncio import Redis

from discuss.settings import Settings
from workers.doorbell import ArqDoorbell
from workers.queue import AT_ONCE, KNOCK, QUEUE, SOON, Bell

Ring = Callable[[], None]


@pytest.fixture
async def bell(configured: Settings, redis: Redis) -> AsyncIterator[ArqDoorbell]:
    await redis.delete(QUEUE, KNOCK, AT_ONCE.flag, SOON.flag)
    doorbell = ArqDoorbell(configured.redis_url)
    doorbell.start()
    yield doorbell
    await doorbell.stop()
    await redis.delete(QUEUE, KNOCK, AT_ONCE.flag, SOON.flag)


def kinds(bell: ArqDoorbell) -> list[tuple[Ring, Bell]]:
    return [(bell.ring, AT_ONCE), (bell.ring_soon, SOON)]


async def until(redis: Redis, jobs: int) -> None:
    async with asyncio.timeout(10):
        while await redis.zcard(QUEUE) < jobs or await redis.llen(KNOCK) < jobs:  # type: ignore[misc]  # noqa: ASYNC110  - another program's state
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("kind", [0, 1])
async def test_many_rings_before_the_worker_answers_are_one_job_and_one_knock(
    bell: ArqDoorbell, redis: Redis, kind: int
) -> None:
    ring, rung = kinds(bell)[kind]
    for _ in range(20):
        ring()
        await asyncio.sleep(0)
    await until(redis, 1)
    ring()
    await asyncio.sleep(3 * SOON.rest)  # it would have been delivered by now
    assert await redis.zcard(QUEUE) == 1
    assert await redis.llen(KNOCK) == 1  # type: ignore[misc]
    assert await redis.exists(rung.flag)


@pytest.mark.parametrize("kind", [0, 1])
async def test_a_ring_after_the_worker_answered_is_another_job(
    bell: ArqDoorbell, redis: Redis, kind: int
) -> None:
    ring, rung = kinds(bell)[kind]
    ring()
    await until(redis, 1)
    await redis.delete(rung.flag)
    ring()
    await until(redis, 2)


async def test_a_bell_that_is_stopped_ends_at_whatever_step_of_a_ring(
    configured: Settings, redis: Redis
) -> None:
    """Also while it sends to Redis, where Python 3.11 may swallow a cancellation."""
    for turns in range(80):
        await redis.delete(AT_ONCE.flag)
        bell = ArqDoorbell(configured.redis_url)
        bell.start()
        bell.ring()
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(10):
            await bell.stop()
    await redis.delete(QUEUE, KNOCK, AT_ONCE.flag)


async def test_what_readers_are_to_see_at_once_does_not_wait_behind_new_texts(
    bell: ArqDoorbell, redis: Redis
) -> None:
    bell.ring_soon()
    bell.ring()
    await until(redis, 2)
