"""How the tests are shared out among processes when there are several (`pytest -n 2`)."""

from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

KINDS = ("unit", "integration", "contract", "e2e", "chaos", "browser")
PART = "[part-"
"""So begins what a test is told that is cut in parts, each of which takes long enough to go its own way."""


class ByFile(LoadFileScheduling):
    """A file stays together, for its tests share what was set up for them. Files are given out as they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if PART in nodeid else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    config.option.loadscopereorder = False
    return ByFile(config, log)


def order(path: Path) -> int:
    """Browsers last: Playwright keeps a loop running in which no asynchronous test could run."""
    return KINDS.index(path.parts[0])
