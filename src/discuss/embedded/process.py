"""Server processes: each in a session of its own, so that Ctrl-C in a terminal reaches only the process that started them."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypedDict, Unpack

from discuss.embedded.account import Account, Switch
from discuss.embedded.failure import refusals
from discuss.embedded.waiting import never, wait_until
from discuss.errors import SetupFailed

Child = subprocess.Popen[bytes]


class Options(TypedDict, total=False):
    env: Mapping[str, str]
    cwd: str


LOG_LIMIT = 10_000_000
START_SECONDS = 600.0  # crash recovery may take long; this only bounds a hang


def spawn(
    command: Sequence[str | Path],
    log: Path,
    *,
    account: Account | None = None,
    stdin: int = subprocess.DEVNULL,
    stdout: BinaryIO | None = None,
    **options: Unpack[Options],
) -> Child:
    """Start a process. Its output is appended to `log`, except standard output if `stdout` is given."""
    switch: Switch = account.switch if account else {}
    prefix = account.prefix if account else ()
    with refusals(log.parent), log.open("ab") as stream:
        try:
            return subprocess.Popen(  # noqa: S603  - commands are built here, never from input
                [*prefix, *command],
                stdin=stdin,
                stdout=stdout or stream,
                stderr=stream,
                start_new_session=True,
                **switch,
                **options,
            )
        except OSError as error:
            raise SetupFailed(
                f"{command[0]} cannot be started: {error}. It may be missing, not executable for this user, or made "
                "for another processor or C library."
            ) from error


def end(child: Child, polite: signal.Signals, seconds: float) -> None:
    """Ask, wait, then end the whole process group, so that nothing of it stays behind."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            child.send_signal(polite)
        wait_until(lambda: child.poll() is not None, seconds)
    end_group(child)


def end_group(child: Child) -> None:
    """Send SIGKILL to the process and what is left of its group, even if the process itself is gone."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def finish(child: Child, text: str = "", cancelled: Callable[[], bool] = never) -> int:
    """Wait for a process that ends by itself, and return its exit status. Its group is ended even if the wait is interrupted."""
    try:
        if child.stdin:
            with child.stdin, suppress(BrokenPipeError):
                child.stdin.write(text.encode())
        wait_until(lambda: child.poll() is not None, float("inf"), cancelled)
    finally:
        end_group(child)
    return child.returncode


def until_ready(child: Child, ready: Callable[[], bool], cancelled: Callable[[], bool]) -> bool:
    """Whether a server came up. Returns False as soon as it has ended instead."""
    wait_until(lambda: child.poll() is not None or ready(), START_SECONDS, cancelled)
    return child.poll() is None and ready()


def fresh_log(log: Path) -> int:
    """Set a log aside that has grown large. Returns the size of the current one, so that only what comes after is read."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_name(f"{log.name}.1"))
    return log.stat().st_size if log.exists() else 0
