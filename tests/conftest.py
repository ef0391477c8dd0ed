"""What all kinds of tests share: one real stack per process, made when the first test asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.sharing import order, pytest_xdist_auto_num_workers, pytest_xdist_make_scheduler
from tests.stack import Stack

__all__ = ["pytest_xdist_auto_num_workers", "pytest_xdist_make_scheduler"]

# How long an example takes depends on how busy the machine is. What must be fast has tests that measure processor time.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: order(item.path.relative_to(Path(__file__).parent)))


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """PostgreSQL, Valkey, the API and a worker, all of them real processes. Each test makes its own sites in it."""
    with Stack.running() as running:
        yield running
