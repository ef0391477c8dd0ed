"""Whatever happens in whatever order, at rest the feed says what the model says: on the projection, and through the whole stack."""

import os

import redis
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from discuss.settings import Settings
from tests.machines.projecting import ProjectionMachine

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
