"""Processes that the bench starts, and ends whatever happens."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from bench.processes import Failed

_PATIENCE, _POLITE, _PAUSE = 60.0, 10.0, 0.02


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Yields the process id. The process leads a group of its own, which is ended as a whole, granian's workers included."""
    with log.open("ab") as said:
        child = subprocess.Popen(  # noqa: S603  - commands are built here
            command, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield child.pid
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(_POLITE)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait_for(what: str, condition: Callable[[], bool], patience: float = _PATIENCE) -> None:
    """Raises `Failed`, naming what it waited for."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(f"waited {patience:g} s for {what}")
        time.sleep(_PAUSE)


def still_there(pid: int, log: Path) -> bool:
    """Raises `Failed` with the first error in its log, if it has ended by itself."""
    if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
        said = [line for line in log.read_text(errors="replace").splitlines() if "Error" in line]
        raise Failed(f"a process ended that should not: {said[0] if said else 'it did not say why'}")
    return True


def answers(url: str) -> bool:
    """Whether a GET is answered with anything below 400."""
    try:
        with urlopen(url, timeout=5):  # noqa: S310  - an address of our own
            return True
    except (URLError, OSError):
        return False


def accepts(port: int) -> bool:
    """Whether anything listens there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


def memory_mb(pid: int) -> list[float]:
    """Proportional memory of the process and of those it started: memory that two share counts half for each."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return [round(_own_bytes(one) / 2**20, 1) for one in family]


def _own_bytes(process: psutil.Process) -> int:
    """Only Linux knows the proportional figure; elsewhere this is the resident one."""
    found = process.memory_full_info()
    return int(getattr(found, "pss", found.rss))
