"""Our own programs as real processes, forked from one that has imported everything, because importing takes seconds of processor time."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FORKS = multiprocessing.get_context("forkserver")
# None of these opens a connection or starts a thread on import, so a forked process begins as if it had imported them itself.
FORKS.set_forkserver_preload(["tests.processes", "discuss.app", "discuss.cli.serve", "discuss.cli.worker"])


class Child:
    """A process in a session of its own, so that a signal reaches everything it started and nothing else."""

    def __init__(self, verb: str, environment: Mapping[str, str], log: Path) -> None:
        self._process = FORKS.Process(target=become, args=(verb, dict(environment), log))
        self._process.start()
        self.pid = self._process.pid or 0
        while self._is_a_follower():
            time.sleep(0.001)

    def _is_a_follower(self) -> bool:
        with suppress(ProcessLookupError):  # it has ended already
            return os.getsid(self.pid) != self.pid
        return False

    def wait(self, seconds: float | None = None) -> int:
        """The exit status. Raises `TimeoutError` if the process is still running."""
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise TimeoutError
        return self._process.exitcode


def become(verb: str, environment: Mapping[str, str], log: Path) -> None:
    """Runs `discuss VERB` in a fresh process."""
    os.setsid()
    with log.open("ab") as said:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(said.fileno(), stream.fileno())
    os.environ.clear()
    os.environ.update(environment)
    multiprocessing.set_start_method("fork", force=True)  # the default where nobody chose another method
    sys.argv = ["discuss", verb]
    from discuss.cli.main import main  # noqa: PLC0415 - nothing of ours may log before this line

    main()


@dataclass
class Process:
    """One of our own processes, with its log."""

    verb: str
    environment: dict[str, str]
    log: Path
    child: Child | None = None

    def start(self) -> None:
        self.child = Child(self.verb, os.environ | self.environment, self.log)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Signals the whole process group, including granian's workers. Returns when all of it is gone."""
        if self.child is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, number)
        try:
            self.child.wait(20)
        except TimeoutError:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
        self.child = None
