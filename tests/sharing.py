"""How the tests are shared out among processes when there are several (`pytest -n logical`)."""

import os
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

KINDS = ("unit", "integration", "contract", "e2e", "chaos", "browser")
PART = "[part-"
"""Prefix of the parameters of a test that is split into parts, each long enough to be distributed separately."""


LONGEST = "test_console"
"""Prefix of the names of the longest files. Started late, they would be all that is still running at the end."""


class ByFile(LoadFileScheduling):
    """Keeps the tests of a file together, because they share fixtures. Files are handed out in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if PART in nodeid else super()._split_scope(nodeid)


def pytest_xdist_auto_num_workers() -> int:
    """Three processes for every two processors: a test spends a third of its time waiting."""
    return (3 * (os.cpu_count() or 1) + 1) // 2


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    config.option.loadscopereorder = False
    return ByFile(config, log)


def order(path: Path) -> tuple[int, bool]:
    """Browser tests last: Playwright keeps an event loop running, in which no asynchronous test could run. Of each kind, the longest files go first."""
    return KINDS.index(path.parts[0]), not path.name.startswith(LONGEST)
