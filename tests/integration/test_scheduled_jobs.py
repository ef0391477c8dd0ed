"""Both stores are away: what the worker does by the clock fails nowhere, and is done the next time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from arq.cron import CronJob

from discuss import settings, wiring
from discuss.classify import registry
from discuss.usecases.services import Services
from tests.stack import free_port
from workers.main import context
from workers.schedule import schedule
from workers.serving import Serving


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Services]:
    nowhere = settings.load(
        home=tmp_path,
        database_url=f"postgresql://discuss@127.0.0.1:{free_port()}/discuss",
        redis_url=f"redis://127.0.0.1:{free_port()}/0",
    )
    async with wiring.services(nowhere) as services:
        yield services


@pytest.mark.parametrize("job", schedule(), ids=lambda job: job.name)
async def test_no_job_fails_because_a_store_is_away(alone: Services, job: CronJob) -> None:
    serving = Serving(registry.default_models_dir(), 1)
    await job.coroutine(context(alone, serving))
