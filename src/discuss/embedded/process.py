"""Server processes: each in a session of its own, so that Ctrl-C in a terminal reaches only who asked for them."""

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
START_SECONDS = 600.0  # crash recovery takes as long as it takes; this bounds only a hang


def spawn(
    command: Sequence[str | Path],
    log: Path,
    *,
    account: Account | None = None,
    stdin: int = subprocess.DEVNULL,
    stdout: BinaryIO | None = None,
    **options: Unpack[Options],
) -> Child:
    """Start a process; what it says is appended to `log`, except its standard output when that is wanted elsewhere."""
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
    """Ask, wait, then end the whole process group: nothing of it stays behind."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            child.send_signal(polite)
        wait_until(lambda: child.poll() is not None, seconds)
    end_group(child)


def end_group(child: Child) -> None:
    """SIGKILL for the process and for what is left of its group, also when the process itself is gone."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def finish(child: Child, text: str = "", cancelled: Callable[[], bool] = never) -> int:
    """Wait for a process that ends by itself; its exit status. Whatever interrupts the wait ends its group too."""
    try:
        if child.stdin:
            with child.stdin, suppress(BrokenPipeError):
                child.stdin.write(text.encode())
        wait_until(lambda: child.poll() is not None, float("inf"), cancelled)
    finally:
        end_group(child)
    return child.returncode


def until_ready(child: Child, ready: Callable[[], bool], cancelled: Callable[[], bool]) -> bool:
    """Whether a server came up; False as soon as it has ended instead."""
    wait_until(lambda: child.poll() is not None or ready(), START_SECONDS, cancelled)
    return child.poll() is None and ready()


def fresh_log(log: Path) -> int:
    """Set a grown log aside; the size of the present one, so that only what comes after is read."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_name(f"{log.name}.1"))
    return log.stat().st_size if log.exists() else 0
