"""Whatever happens in whatever order, at rest the feed says what the model says: on the projection, and through the whole stack."""

import asyncio
import os

import redis
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from discuss.settings import Settings
from discuss.usecases.services import Services
from discuss.wiring import connect_redis
from tests.machines import newsroom
from tests.machines.projecting import ProjectionMachine
from tests.machines.stack import StackMachine

RUNS = int(os.environ.get("DISCUSS_MACHINE_RUNS", "0"))
"""More on demand: so many runs instead of the usual ones, other ones each time."""

STEPS = 50


def of(runs: int) -> settings:
    return settings(
        max_examples=RUNS or runs, stateful_step_count=STEPS, derandomize=not RUNS, database=None, deadline=None,
        print_blob=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def test_the_projection_says_what_the_model_says(configured: Settings) -> None:
    class Machine(ProjectionMachine):
        redis = redis.Redis.from_url(configured.redis_url)

    run_state_machine_as_test(Machine, settings=of(2000))


async def test_the_whole_stack_says_what_the_model_says(configured: Settings, services: Services) -> None:
    class Machine(StackMachine):
        pass

    Machine.loop, Machine.services = asyncio.get_running_loop(), services
    Machine.people = await newsroom.people(services)
    async with connect_redis(configured.redis_url) as Machine.redis:
        await asyncio.to_thread(run_state_machine_as_test, Machine, settings=of(100))
