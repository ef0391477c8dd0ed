"""The worker is told to stop while it starts: whatever step it is at, it stops at once."""

import asyncio

import pytest

from discuss.settings import Settings
from discuss.usecases.services import Services
from workers.main import context, work

PATIENCE = 10.0
STEPS = range(40)
"""Turns of the event loop: by the last one, it is waiting for its first knock."""


@pytest.fixture
def stop() -> asyncio.Event:
    return asyncio.Event()


async def test_it_stops_at_any_step_of_its_start(
    configured: Settings, services: Services, stop: asyncio.Event
) -> None:
    for steps in STEPS:
        stop.clear()
        working = asyncio.create_task(work(configured, context(services, None), stop))
        for _ in range(steps):
            await asyncio.sleep(0)
        stop.set()
        await asyncio.wait([working], timeout=PATIENCE)
        assert working.done(), f"told to stop after {steps} steps, it goes on"
        assert working.exception() is None
