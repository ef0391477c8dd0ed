"""The lock file of PostgreSQL, which tells which process serves a data folder and whether it is ready."""

import os
from contextlib import suppress
from pathlib import Path

from discuss.embedded.survivors import is_postgres

PID, STATE = 0, 7  # lines of the file; `pg_ctl` reads the same ones


def leader(data: Path) -> int | None:
    """The process that the file names, dead or alive."""
    lines = _lines(data)
    return int(lines[PID]) if lines and lines[PID].isdigit() else None


def ready(data: Path, pid: int) -> bool:
    """Whether the server with this number accepts connections."""
    lines = _lines(data)
    return len(lines) > STATE and lines[PID] == str(pid) and lines[STATE].strip() == "ready"


def drop_stale(data: Path) -> None:
    """Remove a file that would stop PostgreSQL from starting for no reason: an empty one, or one with a recycled number.

    Only for a folder whose own processes are gone. A file that names a dead process stays: PostgreSQL itself checks that better.
    """
    path, pid = data / "postmaster.pid", leader(data)
    if pid is None or (_exists(pid) and not is_postgres(pid)):
        path.unlink(missing_ok=True)


def _lines(data: Path) -> list[str]:
    with suppress(FileNotFoundError):
        return (data / "postmaster.pid").read_text().splitlines()
    return []


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
