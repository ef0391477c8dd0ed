"""What all kinds of tests share: one real stack a session, made when the first test asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import Stack

KINDS = ("unit", "integration", "contract", "e2e", "chaos", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick ones first. Browsers last: Playwright keeps a loop running in which no asynchronous test could run."""
    items.sort(key=lambda item: KINDS.index(item.path.relative_to(Path(__file__).parent).parts[0]))


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """PostgreSQL, Valkey, the API and a worker, all of them real processes. Tests make sites of their own in it."""
    with Stack.running() as running:
        yield running
