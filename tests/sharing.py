"""How the tests are shared out among processes when there are several (`pytest -n logical`)."""

import os
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

KINDS = ("unit", "integration", "contract", "e2e", "chaos", "browser")
PART = "[part-"
"""So begins what a test is told that is cut in parts, each of which takes long enough to go its own way."""


LONGEST = "test_console"
"""So begin the names of the longest files. Begun late, they would be all that is still running."""


class ByFile(LoadFileScheduling):
    """A file stays together, for its tests share what was set up for them. Files are given out as they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if PART in nodeid else super()._split_scope(nodeid)


def pytest_xdist_auto_num_workers() -> int:
    """Three for every two processors: for a third of its time a test waits, while stores stop and moments pass."""
    return (3 * (os.cpu_count() or 1) + 1) // 2


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    config.option.loadscopereorder = False
    return ByFile(config, log)


def order(path: Path) -> tuple[int, bool]:
    """Browsers last: Playwright keeps a loop running in which no asynchronous test could run. Their longest files go first."""
    return KINDS.index(path.parts[0]), not path.name.startswith(LONGEST)
