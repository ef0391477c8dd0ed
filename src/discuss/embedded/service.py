"""One of our own commands that should run all the time, such as the API."""

import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from discuss.embedded.process import Child, end, spawn
from discuss.embedded.waiting import never

GRACE_SECONDS = 5.0
"""Given to a service that says nothing else, from the polite signal until it is killed."""


class Service:
    """Has the same methods as the stores."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        environment: Mapping[str, str],
        grace: float = GRACE_SECONDS,
    ) -> None:
        self.name = name
        self.log = log
        self._command = command
        self._environment = environment
        self._grace = grace
        self._child: Child | None = None

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self, cancelled: Callable[[], bool] = never) -> None:
        del cancelled  # there is nothing to wait for
        self._child = spawn(self._command, self.log, env=self._environment)

    def stop(self) -> None:
        """Also needed when it has died by itself: its children may still be there."""
        if self._child is not None:
            end(self._child, signal.SIGTERM, self._grace)
            self._child = None
