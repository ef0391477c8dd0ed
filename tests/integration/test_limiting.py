"""How often something may be done, and how long to wait: counted together through Redis, alone without it."""

import time

import pytest
from redis.asyncio import Redis

from discuss import wiring
from discuss.errors import RateLimited
from discuss.limiting import Limit, Limiter


async def refusal(limiter: Limiter, limit: Limit) -> RateLimited:
    with pytest.raises(RateLimited) as refused:
        await limiter.check(limit)
    return refused.value


async def test_whoever_is_refused_is_told_when_the_oldest_one_is_forgotten(redis: Redis) -> None:
    limiter = Limiter(redis)
    limit = Limit("tests", f"somebody {time.time_ns()}", 3)
    for _ in range(3):
        await limiter.check(limit)
    assert 58 <= (await refusal(limiter, limit)).retry_after <= 60


async def test_asking_counts_nothing_and_counting_says_nothing(redis: Redis) -> None:
    limiter = Limiter(redis)
    limit = Limit("tests", f"somebody {time.time_ns()}", 2)
    for _ in range(5):
        await limiter.require(limit)
    for _ in range(5):
        await limiter.count(limit)
    with pytest.raises(RateLimited):
        await limiter.require(limit)


async def test_without_redis_each_process_counts_for_itself() -> None:
    limiter = Limiter(wiring.connect_redis("unix:///nowhere/at/all.sock"))
    limit = Limit("tests", "somebody", 2)
    for _ in range(2):
        await limiter.check(limit)
    assert (await refusal(limiter, limit)).retry_after > 0
