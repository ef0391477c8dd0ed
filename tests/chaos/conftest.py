"""A separate stack for every module here: these tests break things."""

from collections.abc import Iterator

import pytest

from tests.chaos.traffic import VICTIM, Traffic
from tests.stack import Stack


@pytest.fixture(scope="module")
def victim() -> Iterator[Stack]:
    with Stack.running(DISCUSS_API_PROCESSES="2", **VICTIM) as stack:
        yield stack


@pytest.fixture
def traffic(victim: Stack) -> Iterator[Traffic]:
    """Readers who post and pages that poll, until the test is over. Whatever a test broke is repaired afterwards."""
    with Traffic.flowing(victim) as flowing:
        yield flowing
    victim.start_stores()
    for process in (victim.api, victim.worker):
        if process.child is None:
            process.start()
    victim.wait_until_ready()
