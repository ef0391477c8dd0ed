"""Whatever happens in whatever order, at rest the feed says what the model says: for the projection, and through the whole stack."""

import asyncio
import os
from math import ceil

import pytest
import redis
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from discuss.settings import Settings
from discuss.usecases.services import Services
from discuss.wiring import connect_redis
from tests.machines import newsroom
from tests.machines.immediate import Immediate
from tests.machines.projecting import ProjectionMachine
from tests.machines.stack import StackMachine

RUNS = int(os.environ.get("DISCUSS_MACHINE_RUNS", "0"))
"""More on demand: this many runs instead of the usual ones, with new seeds each time."""

STEPS = 50
PARTS = 4
in_parts = pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part-{part + 1}")
"""Each part does its share of the runs, with seeds of its own. Processes that share the tests take one part at a time."""


def of(runs: int) -> settings:
    return settings(
        max_examples=ceil((RUNS or runs) / PARTS), stateful_step_count=STEPS, database=None, deadline=None,
        print_blob=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def first_seed(part: int) -> int:
    return int.from_bytes(os.urandom(8)) if RUNS else part


@in_parts
def test_the_projection_says_what_the_model_says(configured: Settings, part: int) -> None:
    @seed(first_seed(part))
    class Machine(ProjectionMachine):
        redis = Immediate(redis.Redis.from_url(configured.redis_url))

    run_state_machine_as_test(Machine, settings=of(2000))


@in_parts
async def test_the_whole_stack_says_what_the_model_says(
    configured: Settings, services: Services, part: int
) -> None:
    @seed(first_seed(part))
    class Machine(StackMachine):
        pass

    Machine.loop, Machine.services = asyncio.get_running_loop(), services
    Machine.people = await newsroom.people(services)
    async with connect_redis(configured.redis_url) as Machine.redis:
        await asyncio.to_thread(run_state_machine_as_test, Machine, settings=of(100))
