"""What all kinds of tests share: one real stack a session, made when the first test asks for it."""

from collections.abc import Iterator

import pytest

from tests.stack import Stack


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """PostgreSQL, Valkey, the API and a worker, all of them real processes. Tests make sites of their own in it."""
    with Stack.running() as running:
        yield running
