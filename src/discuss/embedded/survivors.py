"""Find what a killed run left running, by a mark that every one of its processes carries.

A mark is made of the folder's inode: process ids are recycled and paths repeat between containers, but inodes do not.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from discuss.embedded.waiting import wait_until
from discuss.errors import SetupFailed

VARIABLE = "DISCUSS_RUN"
TITLES = ("postgres", "valkey")


def mark_of(folder: Path) -> str:
    """The mark of the processes that belong to a folder (which must exist)."""
    status = folder.stat()
    return f"discuss-{status.st_dev:x}-{status.st_ino:x}"


def survivors(mark: str) -> list[int]:
    """Living processes that carry the mark, in their title (the stores) or in their environment."""
    needle = f"{VARIABLE}={mark}\0".encode()
    return [pid for pid, title, environment in _processes() if _titled(title, mark) or needle in environment]


def _titled(title: str, mark: str) -> bool:
    program = title.split(" ", 1)[0].rsplit("/", 1)[-1]
    return program.startswith(TITLES) and mark in title.replace(":", " ").replace("=", " ").split()


def _processes() -> Iterator[tuple[int, str, bytes]]:
    if not Path("/proc/self/cmdline").exists():
        yield from _listed()
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            title = _read(entry / "cmdline").replace(b"\0", b" ").decode(errors="replace")
            if title:  # a zombie has none
                yield int(entry.name), title, _read(entry / "environ")


def is_postgres(pid: int) -> bool:
    """Whether a process number now belongs to some PostgreSQL; in doubt, yes."""
    return any(number == pid and "postgres" in title for number, title, _ in _processes())


def _read(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""


def _listed() -> Iterator[tuple[int, str, bytes]]:
    """For systems without /proc: titles only."""
    listing = subprocess.run(  # noqa: S603  - a fixed command
        [shutil.which("ps") or "/bin/ps", "-axwwo", "pid=,command="],
        capture_output=True,
        text=True,
        check=False,
    )
    for line in listing.stdout.splitlines():
        pid, _, title = line.strip().partition(" ")
        yield int(pid), title.strip(), b""


def end_survivors(
    mark: str, *, seconds: float, polite: signal.Signals | None, only: int | None = None
) -> None:
    """End the processes with the mark: politely first (only the process `only`, if the others follow it), then by force."""
    for pid in survivors(mark):
        if polite is not None and only in (None, pid):
            _signal(pid, polite)
    if not wait_until(lambda: not survivors(mark), seconds):
        for pid in survivors(mark):
            _signal(pid, signal.SIGKILL)
        wait_until(lambda: not survivors(mark), seconds)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
    except PermissionError as error:
        raise SetupFailed(
            f"Process {pid} of an earlier run still uses this folder and belongs to another user. Stop it first."
        ) from error
